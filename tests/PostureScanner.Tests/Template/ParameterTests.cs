using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Aws;
using PostureScanner.Lambda;
using PostureScanner.Tests.Lambda;
using PostureScanner.Tests.Policies;
using PostureScanner.Tests.Scanning;

namespace PostureScanner.Tests.Template;

/// <summary>What the stack lets in, the function takes: what a pattern lets through is otherwise found out by a function that does not start.</summary>
internal sealed class ParameterTests
{
    private const string Role = "arn:aws:iam::111122223333:role/Reader";
    private const string AnyRole = "arn:aws:iam::*:role/Reader";

    /// <summary>Of every parameter that becomes a variable: what must be let in, and what must not.</summary>
    private static readonly Sample[] Samples =
    [
        new("Regions", ["eu-west-1", "all", "us-gov-west-1,ap-southeast-2", "eu-west-1,eu-west-1"],
            ["europe", "eu-west", "eu_west_1", "EU-WEST-1", "eu-west-1,", ",", " ", "all,eu-west-1", "eu-west-1,all", "eu-west-100", "eu--1"]),
        new("ReaderRoleArns", [Role, AnyRole, $"{Role},{AnyRole}", $"{Role}, arn:aws-cn:iam::444455556666:role/a/path/Reader+=.@-_"],
            ["admin", "arn:aws:iam::1:role/Reader", "arn:aws:iam::111122223333:user/Reader", "arn:aws:iam::1*:role/Reader", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/", $"{Role}/", $"{Role},x"]),
        new("ReaderAccounts", ["111122223333", "111122223333,444455556666", "111122223333,111122223333"], ["1", ",", " ", "111122223333,", "1111222233334", "11112222333a", "*"]),
        new("Policies", ["policies", "policies,our-policies", "our-policies/teams", "./our-policies/", "our-policies/teams/ours.yaml"], [",", " ", "policies,", "a b", "ü", "s3://bucket/policies"]),
        new("Plans", ["gold", "gold,gold"], [",", " ", "gold,", "plans/gold", "a b"]),
        new("Waivers", ["our-waivers.yaml", "our-waivers.yaml,./our-waivers.yaml"], [",", " ", "our-waivers.yaml,", "a b", "s3://bucket/waivers.yaml"]),
        new("ScannerName", ["posture", "a", "eu.main_2-b", new string('x', 255)], ["", " ", "ü", "a b", "a/b", new string('x', 256)]),
        new("MetricNamespace", ["PostureScanner", "Our/Posture", "AWS", "AWSome/Posture", "_", new string('x', 255)], ["", "AWS/Mine", "AWS/", "/AWS", ":a", "a b", "ü", new string('x', 256)]),
        new("ResourceMetrics", ["orders-*", "orders,users-?", "arn:aws:dynamodb:*:*:table/*"], [",", " ", "a,", "a,,b", "a b"]),
        new("Grace", ["0s", "0h", "1s", "9999s", "1m", "9999m", "1h", "25h", "720h", "1d", "30d"], ["", "soon", "00s", "721h", "31d", "0", "1", "-1h", "1.5h", "PT1H"]),
        new("RemindAfter", ["1s", "9999s", "1m", "9999m", "1h", "25h", "999h", "1d", "7d", "366d"], ["", "soon", "0s", "0h", "8785h", "367d", "1", "-1h", "1.5h", "PT1H"]),
        new("Pace", ["documented", "full", "off"], ["", "slow", "Full", "false"]),
        new("RetainEvidence", ["1d", "400d", "9999d"], ["forever", "0d", "400", "1h", "36526d"]),
        new("RetentionMode", ["governance", "compliance"], ["", "strict", "GOVERNANCE"]),
    ];

    /// <summary>All but what names files: no pattern knows which are in the package.</summary>
    private static readonly IEnumerable<Sample> Words = Samples.Where(s => s.Parameter is not ("Policies" or "Plans" or "Waivers"));

    private readonly Folder _package = PolicyPackage.Folder();

    private static SamTemplate Template => SamTemplate.Scanner;

    private static JsonObject Variables => Template.Properties("Scanner")["Environment"]![nameof(Variables)]!.AsObject();

    [OneTimeTearDown]
    public void Stop() => _package.Dispose();

    [Test]
    public void Every_parameter_that_becomes_a_variable_has_samples() =>
        Assert.That(Samples.Select(s => s.Parameter), Is.EquivalentTo(Variables.SelectMany(v => SamTemplate.References(v.Value!)).Where(Template.Parameters.ContainsKey)));

    [TestCaseSource(nameof(Samples))]
    public void What_is_right_is_let_in_and_taken(Sample sample)
    {
        Assert.That(sample.Right.Append((string?)sample.Declared["Default"]).Where(v => !IsLetIn(sample.Declared, v!)), Is.Empty, "not let in");
        Assert.That(sample.Right.Select(v => ProblemOf(sample.Parameter, v)).OfType<string>(), Is.Empty);
    }

    [TestCaseSource(nameof(Samples))]
    public void What_is_wrong_is_not_let_in(Sample sample) => Assert.That(sample.Wrong.Where(v => IsLetIn(sample.Declared, v)), Is.Empty);

    [TestCaseSource(nameof(Words))]
    public void What_is_nearly_right_is_taken_where_it_is_let_in(Sample sample) =>
        Assert.That(sample.Right.SelectMany(Slips).Distinct().Where(v => IsLetIn(sample.Declared, v)).Select(v => ProblemOf(sample.Parameter, v)).OfType<string>(), Is.Empty);

    [TestCase("ScannerRoleArn", "arn:aws:iam::111122223333:role/a/path/Scanner", true)]
    [TestCase("ScannerRoleArn", "arn:aws:iam::111122223333:role/*", false)]
    [TestCase("ScannerRoleArn", "arn:aws:iam::111122223333:role/Scanne?", false)]
    [TestCase("OperatorArn", "arn:aws-cn:iam::111122223333:user/ada", true)]
    [TestCase("OperatorArn", "arn:aws:iam::111122223333:role/*", false)]
    [TestCase("OperatorArn", "arn:aws:iam::111122223333:role/Operato?", false)]
    [TestCase("OperatorArn", "arn:aws:sts::111122223333:assumed-role/Operator/ada", false)]
    [TestCase("RoleName", "PostureReader", true)]
    [TestCase("RoleName", "path/PostureReader", false)]
    public void A_reader_trusts_whom_it_names_and_nobody_like_it(string parameter, string value, bool isLetIn) =>
        Assert.That(IsLetIn(SamTemplate.Reader.Parameters[parameter]!, value), Is.EqualTo(isLetIn));

    /// <summary>By the template, as CloudFormation does: a pattern is held against the whole of a text, and against each item of a list.</summary>
    private static bool IsLetIn(JsonNode declared, string value)
    {
        if (declared["AllowedValues"] is JsonArray allowed)
            return allowed.Any(a => (string)a! == value);
        var pattern = new Regex($@"\A(?:{declared["AllowedPattern"]})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return ((string)declared["Type"]! == "CommaDelimitedList" ? value.Split(',', StringSplitOptions.TrimEntries) : [value]).All(pattern.IsMatch);
    }

    /// <summary>What the function says of it at its start; null for nothing.</summary>
    private string? ProblemOf(string parameter, string value)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTURE_REGIONS"] = "eu-west-1", ["POSTURE_ROLE_ARNS"] = AnyRole, ["POSTURE_POLICIES"] = "policies,our-policies",
            ["POSTURE_EVIDENCE"] = "s3://evidence/posture", ["POSTURE_RETAIN_EVIDENCE"] = "1d",
        };
        environment[Variables.Single(v => SamTemplate.References(v.Value!).Contains(parameter)).Key] = value;
        // No pattern knows whether two parameters fit together; the function says so.
        if (environment["POSTURE_ROLE_ARNS"].Contains('*', StringComparison.Ordinal))
            environment.TryAdd("POSTURE_ACCOUNTS", "777788889999");
        try
        {
            _ = FunctionSettings.Of(environment, _package.Root, new StillClock());
            return null;
        }
        catch (SettingsException exception)
        {
            return $"'{value}': {exception.Message}";
        }
    }

    /// <summary>The value with a character too many, and with one too few.</summary>
    private static IEnumerable<string> Slips(string value) => Enumerable.Range(0, Math.Min(value.Length, 40)).SelectMany(i => " ,:/*.-9aA\n".Select(c => value.Insert(i, $"{c}")).Append(value.Remove(i, 1)));

    public sealed record Sample(string Parameter, string[] Right, string[] Wrong)
    {
        public JsonNode Declared => Template.Parameters[Parameter]!;

        public override string ToString() => Parameter;
    }
}
