using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evaluation;

/// <summary>Fills a policy's fix in for one resource.</summary>
internal static class FixText
{
    public static string For(string fix, Resource resource) => PolicyParser.Placeholder().Replace(fix, match => Quote(match.Groups["word"].Value switch
    {
        "name" => resource.Name,
        "arn" => resource.Arn,
        "region" => resource.Target.Region,
        _ => resource.Target.Account,
    }));

    // The fix is pasted into shells: whoever names a table must not be able to name a command.
    private static string Quote(string value) => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:".Contains(c, StringComparison.Ordinal))
        ? value
        : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
