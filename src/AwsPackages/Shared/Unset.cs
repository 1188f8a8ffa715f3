using Amazon;

namespace PostureScanner.AwsPackages;

/// <summary>What a collection is before anybody sets it: null, unless <see cref="AWSConfigs.InitializeCollections"/> asks for the older behaviour.</summary>
internal static class Unset
{
    public static List<T> List<T>() => AWSConfigs.InitializeCollections ? [] : null;

    public static Dictionary<string, T> Map<T>() => AWSConfigs.InitializeCollections ? new(StringComparer.Ordinal) : null;
}
