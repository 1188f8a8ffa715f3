using System.Buffers;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Aws.Stores;

/// <summary>What may be a path in a store. Verifying follows paths that stand in evidence, and whoever forged it chose them.</summary>
internal static class EvidencePath
{
    private const string DraftEnd = ".draft";
    private const int DraftLength = 1 + 32 + 6;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c), '\\', ':']);

    /// <exception cref="EvidenceException">It leads out of the store, or cannot be told from what does.</exception>
    public static string Checked(string path) =>
        path.AsSpan().ContainsAny(Forbidden) || path.Split('/').Any(part => part is "" or "." or ".." || IsDraft(part))
            ? throw new EvidenceException($"'{Printable.Of(path)}' cannot be the path of evidence; one is written like chain/0000000001.json")
            : path;

    /// <exception cref="EvidenceException">It is neither empty nor a path with a slash at its end.</exception>
    public static string CheckedPrefix(string prefix)
    {
        if (prefix.Length > 0)
            Checked(prefix.EndsWith('/') ? prefix[..^1] : $"{prefix}//");
        return prefix;
    }

    /// <summary>A name for a file that is still being written.</summary>
    public static string NewDraft() => $".{Guid.NewGuid():N}{DraftEnd}";

    /// <summary>Exactly as drafts are named: a looser rule would hide what somebody put there.</summary>
    public static bool IsDraft(string name) =>
        name.Length == DraftLength && name[0] == '.' && name.EndsWith(DraftEnd, StringComparison.Ordinal) && name.AsSpan(1, 32).IndexOfAnyExcept(Hex) < 0;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
}
