using System.Collections.Frozen;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>What is kept of a template, by logical id. The rest may hold secrets, and is never stored, logged or quoted.</summary>
/// <param name="IsUnresolved">It still holds intrinsic functions that make resources, such as <c>Fn::ForEach</c>: there may be more than are named.</param>
internal sealed record Template(FrozenDictionary<string, Retention> Resources, bool IsUnresolved)
{
    /// <summary>Levels of nesting; CloudFormation itself takes far fewer.</summary>
    public const int Deepest = 200;

    private const string Intrinsic = "Fn::";

    public static Template Of(IReadOnlyDictionary<string, Retention> resources) => new(
        resources.Where(r => !IsIntrinsic(r.Key)).ToFrozenDictionary(StringComparer.Ordinal),
        resources.Keys.Any(IsIntrinsic));

    private static bool IsIntrinsic(string logicalId) => logicalId.StartsWith(Intrinsic, StringComparison.Ordinal);
}

/// <summary>What happens to a resource when its stack is deleted or lets it go, and when an update puts another in its place.</summary>
/// <param name="DeletionPolicy">Null where the template has something else than a word there.</param>
/// <param name="UpdateReplacePolicy">The same.</param>
internal sealed record Retention(string? DeletionPolicy, string? UpdateReplacePolicy)
{
    public const string DeletionAttribute = "DeletionPolicy";
    public const string ReplacementAttribute = "UpdateReplacePolicy";

    /// <summary>CloudFormation's default for tables, buckets and keys.</summary>
    public static readonly Retention Default = new("Delete", "Delete");

    private const int LongestWord = 64;

    /// <summary>The same, with one attribute as a template has it; anything but these two changes nothing.</summary>
    /// <param name="value">Null where it is no plain text.</param>
    public Retention With(string attribute, string? value) => attribute switch
    {
        DeletionAttribute => this with { DeletionPolicy = Word(value) },
        ReplacementAttribute => this with { UpdateReplacePolicy = Word(value) },
        _ => this,
    };

    // Whatever else stands there is not repeated.
    private static string? Word(string? value) => value is { Length: > 0 and <= LongestWord } && value.All(char.IsAsciiLetter) ? value : null;
}
