using System.Collections.Immutable;
using PostureScanner.Sandbox.Founding;

namespace PostureScanner.Sandbox;

internal sealed record Key
{
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Id { get; init; }
    public required DateTimeOffset Created { get; init; }
    public string Manager { get; init; } = "CUSTOMER";
    public string State { get; init; } = "Enabled";
    public DateTimeOffset? Deletion { get; init; }
    public string Description { get; init; } = "";

    /// <summary>PRIMARY, REPLICA, or null for a key of one region.</summary>
    public string? MultiRegion { get; init; }

    public bool Rotation { get; init; }
    public string Spec { get; init; } = KeyMaterial.Symmetric;
    public string Usage { get; init; } = KeyMaterial.Encrypts;

    /// <summary>PKCS#8 of a key that signs.</summary>
    public ImmutableArray<byte> Material { get; init; } = [];
    public ImmutableSortedSet<string> Aliases { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    public ImmutableHashSet<string> ReadableBy { get; init; } = [];

    public string Arn => $"arn:aws:kms:{Region}:{Account}:key/{Id}";
}
