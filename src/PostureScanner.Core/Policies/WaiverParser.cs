using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies.Yaml;

namespace PostureScanner.Core.Policies;

/// <summary>Reads a waivers file, noting everything that is wrong with it.</summary>
internal sealed class WaiverParser(DateTimeOffset now, ICollection<Problem> problems)
{
    /// <summary>An exception nobody looks at again for over a year is a policy change.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly string[] FileKeys = ["waivers"];
    private static readonly string[] Keys = ["policy", "resource", "because", "owner", "expires", "ticket"];

    /// <param name="policyIds">Every loaded policy's id: a waiver for any other would never be used.</param>
    /// <param name="source">The file's text; empty where it could not be read.</param>
    public ImmutableArray<Waiver> Parse(string path, string shown, IReadOnlyCollection<string> policyIds, out string source)
    {
        source = YamlFile.ReadText(path, shown, problems) ?? "";
        return source.Length == 0 ? [] : ParseText(source, shown, policyIds);
    }

    /// <inheritdoc cref="Parse"/>
    public ImmutableArray<Waiver> ParseText(string source, string shown, IReadOnlyCollection<string> policyIds)
    {
        if (YamlFile.Parse(source, shown, problems) is not { } root)
            return [];

        var reader = new YamlReader(shown, problems);
        if (root is not YamlMapping mapping)
        {
            reader.Problem(root, "a waivers file is a mapping with the one key 'waivers:'");
            return [];
        }

        var entries = reader.Entries(mapping, "a waivers file", FileKeys);
        if (!entries.TryGetValue("waivers", out var list))
        {
            reader.Problem(mapping, "a waivers file needs 'waivers'; write 'waivers: []' for none");
            return [];
        }

        return reader.Sequence(list, "waivers") is { } sequence
            ? [.. sequence.Items.Select((item, i) => One(reader, item, i + 1, policyIds)).OfType<Waiver>()]
            : [];
    }

    private Waiver? One(YamlReader reader, YamlNode node, int number, IReadOnlyCollection<string> policyIds)
    {
        if (node is not YamlMapping mapping)
        {
            reader.Problem(node, "a waiver is a mapping with policy, resource, because, owner, expires");
            return null;
        }

        var entries = reader.Entries(mapping, "a waiver", Keys);
        var policy = reader.RequiredText(entries, "policy", mapping, "a waiver");
        var resource = reader.RequiredText(entries, "resource", mapping, "a waiver");
        var because = reader.RequiredText(entries, "because", mapping, "a waiver");
        var owner = reader.RequiredText(entries, "owner", mapping, "a waiver");
        var expires = reader.RequiredText(entries, "expires", mapping, "a waiver") is { } text ? Expires(reader, entries["expires"], text) : null;
        var ticket = entries.TryGetValue("ticket", out var ticketNode) ? reader.Text(ticketNode, "ticket") : null;

        if (policy is not null and not "*" && !policyIds.Contains(policy, StringComparer.Ordinal))
            reader.Problem(entries["policy"], $"no loaded policy is called '{policy}'{Nearest.Hint(policy, policyIds)}");
        if (policy == "*" && resource?[(resource.LastIndexOfAny([':', '/']) + 1)..].All(c => c is '*' or '?') == true)
            reader.Problem(entries["resource"], "a waiver for every policy on every resource would switch the scanner off; name the policy or the resource");

        return policy is null || resource is null || because is null || owner is null || expires is null
            ? null
            : new Waiver(policy, resource, because, owner, expires.Value, ticket, reader.File, node.Line, number);
    }

    private DateTimeOffset? Expires(YamlReader reader, YamlNode at, string text)
    {
        if (!Instants.TryParse(text, out var expires))
        {
            reader.Problem(at, $"'expires' is '{text}', must be a date such as 2026-12-31");
            return null;
        }

        if (expires - now > Longest)
        {
            reader.Problem(at, $"'expires' is more than {Longest.Days} days away; a longer exception is a change of policy");
            return null;
        }

        // A date holds to its end: who writes 31 December means that day, too.
        return text.Contains('T', StringComparison.Ordinal) ? expires : expires.AddDays(1);
    }
}
