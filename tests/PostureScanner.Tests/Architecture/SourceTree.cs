namespace PostureScanner.Tests.Architecture;

/// <summary>The checkout that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The C# files below a folder, without what the compiler made.</summary>
    public static IEnumerable<string> Files(params string[] folder) => Directory
        .EnumerateFiles(Path(folder), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Split('/', '\\').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds PostureScanner.sln."),
        _ when File.Exists(System.IO.Path.Combine(folder.FullName, "PostureScanner.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
