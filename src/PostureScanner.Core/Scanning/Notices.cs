using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Scanning;

/// <summary>Watches a scan for things that look mistaken: policies that apply to nothing, misspelt tags, forgotten waivers.</summary>
internal sealed class Notices(PolicySet set, DateTimeOffset now)
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    private readonly Dictionary<string, int> _applied = set.Policies.ToDictionary(p => p.Id, _ => 0, StringComparer.Ordinal);
    private readonly HashSet<Waiver> _used = [];

    // Family members that policies read, and the spellings in which resources have them.
    private readonly Dictionary<string, HashSet<string>> _spellings = set.Policies
        .SelectMany(p => p.Facts.Where(f => p.Table.Facts.All(row => row.Name != f.Name)).Select(f => f.Name))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToDictionary(name => name, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<(Policy Policy, int Applied)> Applied => [.. set.Policies.Select(p => (p, _applied[p.Id]))];

    public void See(Sheet sheet)
    {
        foreach (var member in sheet.Members)
        {
            if (_spellings.TryGetValue(member, out var spellings))
                spellings.Add(member);
        }
    }

    public void See(Finding finding)
    {
        if (finding.Verdict != Verdict.NotApplicable)
            _applied[finding.Policy.Id]++;
        // All that cover it, not only the first: none of them is forgotten.
        if (finding.Waiver is not null)
            _used.UnionWith(set.Waivers.Where(w => w.Covers(finding.Policy, finding.Resource, now)));
    }

    public ImmutableArray<string> Sentences =>
    [
        .. set.Policies.Where(p => _applied[p.Id] == 0).Select(p => $"{p.Id} applied to no resource"),
        .. MisspeltTags(),
        .. set.Waivers.Select(Waiver).OfType<string>(),
    ];

    private IEnumerable<string> MisspeltTags() =>
        from policy in set.Policies
        from fact in policy.Facts
        where _spellings.TryGetValue(fact.Name, out var seen) && seen.Count > 0 && !seen.Contains(fact.Name)
        select $"{policy.Id} reads {fact.Name}, which no resource has; did you mean '{_spellings[fact.Name].Order(StringComparer.Ordinal).First()}'?";

    private string? Waiver(Waiver waiver)
    {
        var subject = $"the waiver for {waiver.PolicyId} on {waiver.ResourcePattern} ({waiver.File}:{waiver.Line})";
        if (waiver.Expires <= now)
            return $"{subject} has expired and waives nothing; remove it, or let {waiver.Owner} decide again";
        if (!_used.Contains(waiver))
            return $"{subject} matches nothing that fails; remove it if it is no longer needed";
        return waiver.Expires - now <= ExpiresSoon ? $"{subject} expires on {Instants.Format(waiver.Expires)}; its owner is {waiver.Owner}" : null;
    }
}
