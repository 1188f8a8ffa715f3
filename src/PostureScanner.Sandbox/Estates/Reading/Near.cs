namespace PostureScanner.Sandbox.Reading;

internal static class Near
{
    private const int MostEdits = 3;

    /// <summary>", did you mean x?" when one of the known words is close, else nothing.</summary>
    public static string To(string word, IEnumerable<string> known)
    {
        var near = known.Order(StringComparer.Ordinal).MinBy(candidate => Edits(word, candidate));
        return near is not null && Edits(word, near) <= Math.Min(MostEdits, near.Length / 2) ? $", did you mean \"{near}\"?" : "";
    }

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
