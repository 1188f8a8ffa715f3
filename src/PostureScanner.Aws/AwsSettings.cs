using System.Collections.Immutable;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws;

/// <summary>Which part of AWS a scan looks at, and how.</summary>
/// <param name="Regions">Empty for the configured one.</param>
/// <param name="RoleArns">Roles to assume, one per account; empty for the caller's own account.</param>
/// <param name="Patience">How long a call may go without an answer.</param>
/// <param name="Endpoint">Where all services are to be found, with any credentials; null for AWS, or for what the SDK's settings say.</param>
public sealed record AwsSettings(
    ImmutableArray<string> Regions, ImmutableArray<string> RoleArns, Pace Pace, TimeSpan Patience, Uri? Endpoint = null)
{
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    /// <summary>The same with one region more, beside those that are named or, where none is, the configured one.</summary>
    public AwsSettings Also(string region)
    {
        ImmutableArray<string> named = !Regions.IsEmpty ? Regions : Login.ConfiguredRegion() is { } configured ? [configured] : [];
        return named is [Target.AllRegions] ? this : this with { Regions = [.. named.Append(region).Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>The only accounts to scan, each with its regions, where those are none of <see cref="Regions"/>; empty for all.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Only { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>A setting with which no scan can begin: no credentials, no region, a role that is no role.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
