using System.Buffers;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Aws.Stores;

/// <summary>What may be a path in a store. Verifying follows paths that stand in evidence, and whoever forged it chose them.</summary>
internal static class EvidencePath
{
    private const string DraftEnd = ".draft";

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

    public static bool IsDraft(string name) => name.StartsWith('.') && name.EndsWith(DraftEnd, StringComparison.Ordinal);
}
