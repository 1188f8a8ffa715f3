using System.Globalization;
using System.Xml.Linq;

namespace PostureScanner.Sandbox.S3;

internal static class LifecycleXml
{
    public static XElement? Of(IReadOnlyList<LifecycleRuleSpec> rules) =>
        rules.Count == 0 ? null : Xml.Of("LifecycleConfiguration", rules.Select((rule, index) => Rule(rule, index + 1)));

    private static XElement Rule(LifecycleRuleSpec rule, int number) => Xml.Of(
        "Rule",
        Xml.Of("ID", rule.Id ?? string.Create(CultureInfo.InvariantCulture, $"rule-{number}")),
        Xml.Of("Filter", Xml.Of("Prefix", rule.Prefix ?? "")),
        Xml.Of("Status", rule.Enabled ? "Enabled" : "Disabled"),
        rule.TransitionAfter is { } after ? Xml.Of("Transition", Days("Days", after), Xml.Of("StorageClass", rule.TransitionTo)) : null,
        rule.Expire is { } expire ? Xml.Of("Expiration", Days("Days", expire)) : null,
        rule.ExpireNoncurrent is { } noncurrent
            ? Xml.Of("NoncurrentVersionExpiration", Days("NoncurrentDays", noncurrent), Xml.OfAny("NewerNoncurrentVersions", rule.KeepNoncurrent))
            : null,
        rule.AbortUploads is { } abort ? Xml.Of("AbortIncompleteMultipartUpload", Days("DaysAfterInitiation", abort)) : null);

    private static XElement Days(string name, TimeSpan span) => Xml.Of(name, (int)span.TotalDays);
}
