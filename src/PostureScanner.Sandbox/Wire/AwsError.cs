using System.Collections.Immutable;

namespace PostureScanner.Sandbox.Wire;

/// <summary>An answer of AWS that says no; the protocol of the service gives it its form.</summary>
internal sealed class AwsError(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>Where the type of a JSON error lives, when not in the service's own namespace.</summary>
    public string? Namespace { get; init; }

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Further elements of an S3 error.</summary>
    public ImmutableDictionary<string, string> Details { get; init; } = ImmutableDictionary<string, string>.Empty;
}
