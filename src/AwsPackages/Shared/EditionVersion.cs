using System.Reflection;

namespace PostureScanner.AwsPackages;

/// <summary>What a client says of itself in the user agent: our version, since the official number would be a lie.</summary>
internal static class EditionVersion
{
    public static string Text { get; } = typeof(EditionVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>().InformationalVersion;
}
