using System.Globalization;
using System.Text;

namespace PostureScanner.Core.Reporting;

/// <summary>Text for a terminal: what strangers can name must not move the cursor, ring the bell, or turn the writing around.</summary>
public static class Printable
{
    public static string Of(string text)
    {
        if (!text.EnumerateRunes().Any(IsHarmful))
            return text;

        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHarmful(rune))
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                safe.Append(rune);
        }

        return safe.ToString();
    }

    /// <summary>On one line, whatever line breaks and indentation it was written with.</summary>
    public static string Flat(string text) => Of(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Cut to a number of characters, and never through one.</summary>
    /// <param name="end">Stands at the end of what was cut, and counts.</param>
    public static string Clip(string text, int longest, string end = "…")
    {
        if (text.Length <= longest)
            return text;
        var length = longest - end.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), end);
    }

    /// <summary>A count with its noun: <c>1 policy</c>, <c>2 policies</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : noun.EndsWith('y') ? $"{noun[..^1]}ies" : $"{noun}s")}");

    // Control: escape sequences and line breaks. Format: bidirectional overrides, invisible joiners.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse;
}
