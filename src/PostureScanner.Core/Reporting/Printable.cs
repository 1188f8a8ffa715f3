using System.Globalization;
using System.Text;

namespace PostureScanner.Core.Reporting;

/// <summary>Text for a terminal: what strangers can name must not move the cursor, ring the bell, or turn the writing around.</summary>
internal static class Printable
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

    // Control: escape sequences and line breaks. Format: bidirectional overrides, invisible joiners. Surrogate: broken text.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse;
}
