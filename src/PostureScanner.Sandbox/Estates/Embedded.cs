namespace PostureScanner.Sandbox;

internal static class Embedded
{
    public static string Text(string name)
    {
        using var stream = typeof(Embedded).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly does not embed {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
