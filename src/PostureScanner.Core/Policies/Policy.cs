using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Policies;

/// <summary>One declarative promise about one kind of resource, as read from its file.</summary>
/// <param name="When">Where the policy applies; null = everywhere.</param>
/// <param name="Fix">What to do, with <c>{name}</c>, <c>{arn}</c>, <c>{region}</c>, <c>{account}</c> standing for the resource's.</param>
/// <param name="File">As it is shown to people.</param>
/// <param name="Source">The file's text: its bytes are this in UTF-8.</param>
public sealed record Policy(
    string Id,
    string Title,
    Severity Severity,
    PolicyMode Mode,
    FactTable Table,
    Condition? When,
    Condition Require,
    string Because,
    string Fix,
    ImmutableArray<string> Controls,
    ImmutableArray<Example> Examples,
    string File,
    string Source)
{
    public string Kind => Table.Kind;

    /// <summary>The facts the policy reads, in the order it names them, each once.</summary>
    public ImmutableArray<Fact> Facts { get; } =
        [.. (When?.Facts ?? []).Concat(Require.Facts).DistinctBy(f => f.Name, StringComparer.Ordinal)];

    public bool Equals(Policy? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}

/// <summary>A sheet in small, and the verdict it must get. Facts not named are Unknown.</summary>
public sealed record Example(Sheet Sheet, Verdict Verdict, int Line, int Column);
