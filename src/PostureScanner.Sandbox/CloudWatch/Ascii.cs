namespace PostureScanner.Sandbox.CloudWatch;

internal static class Ascii
{
    /// <summary>Only characters one can print, and not only blanks.</summary>
    public static bool IsPrintable(string text) => text.All(letter => letter is >= ' ' and <= '~') && !string.IsNullOrWhiteSpace(text);
}
