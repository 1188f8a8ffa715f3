using PostureScanner.Tests.Architecture;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Lambda;

/// <summary>The function's package as far as policies go: one that ships, and what somebody put beside it.</summary>
internal static class PolicyPackage
{
    public const string Shipped = "dynamodb-pitr-enabled";

    private static readonly string Text = File.ReadAllText(SourceTree.Path("policies", "dynamodb", $"{Shipped}.yaml"));

    public static Folder Folder() => new Folder()
        .Write($"policies/{Shipped}.yaml", Text)
        .Write("our-policies/teams/ours.yaml", Named("ours"))
        .Write("our-policies/plans/gold/gold-lid.yaml", Named("gold-lid"))
        .Write("our-waivers.yaml", WaiverText.Good.With("policy", Shipped).Text);

    private static string Named(string id) => Text.Replace($"policy: {Shipped}", $"policy: {id}", StringComparison.Ordinal);
}
