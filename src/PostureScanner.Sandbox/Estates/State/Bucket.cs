using System.Collections.Immutable;
using System.Xml.Linq;

namespace PostureScanner.Sandbox;

internal sealed record Bucket
{
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset Created { get; init; }
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    public ImmutableHashSet<string> ReadableBy { get; init; } = [];

    /// <summary>What was put, verbatim, by subresource; an element is never changed once it stands here.</summary>
    public ImmutableDictionary<string, XElement> Settings { get; init; } = ImmutableDictionary<string, XElement>.Empty;

    /// <summary>The versions of each key, the newest last.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<ObjectVersion>> Objects { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableList<ObjectVersion>>(StringComparer.Ordinal);

    public Bucket With(string subresource, XElement? value) =>
        this with { Settings = value is null ? Settings.Remove(subresource) : Settings.SetItem(subresource, value) };

    public bool IsReadableBy(string account) => account == Account || ReadableBy.Contains(account);
}
