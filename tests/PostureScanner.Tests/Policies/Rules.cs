using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Policies.Yaml;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

/// <summary>Policies and waivers as values, for tests that are not about reading them.</summary>
internal static class Rules
{
    public static readonly Policy LidClosed = Policy("box-lid-closed");

    /// <param name="conditions">A list of conditions as a policy writes them.</param>
    public static Condition Condition(string conditions)
    {
        var problems = new List<Problem>();
        var root = YamlFile.Parse(conditions, "condition", problems);
        var condition = root is null ? null : new ConditionParser(new YamlReader("condition", problems), Boxes.Table).List(root, "require");
        Assert.That(problems, Is.Empty);
        return condition!;
    }

    public static Condition Comparison(Fact fact, Operator @operator, params FactValue[] operands) =>
        new Condition.Comparison(fact, @operator, [.. operands]);

    public static Policy Policy(
        string id,
        string? when = null,
        string require = "[{ fact: lid.closed, equals: true }]",
        Severity severity = Severity.High,
        PolicyMode mode = PolicyMode.Alert,
        string title = "Lids are closed",
        string because = "Dust gets in.",
        string fix = "close {name}") =>
        new(id, title, severity, mode, Boxes.Table, when is null ? null : Condition(when), Condition(require), because, fix, ["house-rules/1"], [], $"{id}.yaml", "");

    public static Policy Policy(string id, Condition? when, Condition require) =>
        new(id, "Lids are closed", Severity.High, PolicyMode.Alert, Boxes.Table, when, require, "Dust gets in.", "close {name}", [], [], $"{id}.yaml", "");

    public static Waiver Waiver(
        string policy = "box-lid-closed",
        string resource = "box-1",
        DateTimeOffset? expires = null,
        string because = "It is aired on purpose.",
        string owner = "ada@example.com",
        string? ticket = null,
        int number = 1) =>
        new(policy, resource, because, owner, expires ?? Boxes.Now.AddDays(100), ticket, "waivers.yaml", number, number);

    public static PolicySet Set(params Policy[] policies) => Set(policies, []);

    public static PolicySet Set(Policy[] policies, params Waiver[] waivers) =>
        new([.. policies.OrderBy(p => p.Id, StringComparer.Ordinal)], [.. waivers], []);
}
