using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>One version of an object, or a delete marker, which has no body.</summary>
internal sealed record ObjectVersion(string Key, string Id, DateTimeOffset Written)
{
    /// <summary>The id of the one version that a key has while its bucket keeps no versions.</summary>
    public const string NoId = "null";

    public bool IsDeleteMarker { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>With its quotes.</summary>
    public string ETag { get; init; } = "";

    public Checksum? Checksum { get; init; }

    /// <summary>What was sent with it and is sent back: type, encoding, user metadata.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    public Retention? Retention { get; init; }
    public bool LegalHold { get; init; }
}

/// <summary>A checksum of S3, as <c>SHA256</c>, and its value in base 64.</summary>
internal sealed record Checksum(string Algorithm, string Value);

/// <summary>GOVERNANCE or COMPLIANCE, and until when.</summary>
internal sealed record Retention(string Mode, DateTimeOffset Until);
