using System.Collections.Immutable;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Sinks;
using PostureScanner.Aws.Stores;

namespace PostureScanner.Aws;

/// <summary>Says of settings, without asking AWS, whether a run could be opened with them: for a host that wants to hear of all its mistakes at once.</summary>
public static class SettingChecks
{
    /// <exception cref="SettingsException">A name is no region's, or none is configured.</exception>
    public static void Regions(ImmutableArray<string> regions) => _ = Clients.Regions.Of(regions);

    /// <exception cref="SettingsException">An ARN is no role's, or two roles are of one account.</exception>
    public static void Roles(ImmutableArray<string> roleArns) => _ = Login.RolesOf(roleArns);

    /// <exception cref="SettingsException">The ARN is no standard topic's.</exception>
    public static void Topic(string arn) => _ = SnsSink.RegionOf(arn);

    /// <exception cref="SettingsException">The ARN is no secret's.</exception>
    public static void Secret(string arn) => _ = SlackSecret.RegionOf(arn);

    /// <exception cref="SettingsException">It cannot be a namespace of metrics.</exception>
    public static void Namespace(string name) => CloudWatchMetrics.CheckNamespace(name);

    /// <exception cref="SettingsException">It begins like a place in S3 and names no bucket.</exception>
    public static void Place(string place) => _ = S3Place.Of(place);
}
