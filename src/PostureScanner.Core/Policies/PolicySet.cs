using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Policies;

/// <summary>The policies and waivers of one scan.</summary>
/// <param name="Policies">In the order of their ids.</param>
/// <param name="WaiverSources">Path and text of each waivers file.</param>
public sealed record PolicySet(ImmutableArray<Policy> Policies, ImmutableArray<Waiver> Waivers, ImmutableArray<(string File, string Source)> WaiverSources)
{
    /// <summary>SHA-256 over ids and texts, in lower-case hex: two scans with the same digest judged by the same rules.</summary>
    public string Digest => Hash(Policies, WaiverSources);

    /// <summary>The facts of one kind that some policy reads, and what drift can have beside them; null where no policy is about that kind.</summary>
    public FactSelection? Select(FactTable table)
    {
        var policies = Policies.Where(p => p.Kind == table.Kind).ToList();
        return policies.Count == 0 ? null : new FactSelection(table, policies.SelectMany(p => p.Facts)).WithWatched();
    }

    private static string Hash(ImmutableArray<Policy> policies, ImmutableArray<(string File, string Source)> waivers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Lengths go in too, so that moving text from one file to the next is another digest.
        foreach (var text in policies.SelectMany(p => new[] { p.Id, p.Source }).Concat(waivers.Select(w => w.Source)))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
