using System.IO.Enumeration;

namespace PostureScanner.Sandbox;

internal static class Glob
{
    /// <summary>
    /// <c>*</c> is any run, <c>?</c> one character, nothing else is special. The framework's own <c>*</c> does not match the empty name of a listing.
    /// </summary>
    public static bool Matches(string pattern, string text) =>
        pattern == "*" || FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}
