using System.Diagnostics;
using System.Text;
using PostureScanner.Aws.Sources.Stacks;

namespace PostureScanner.Tests.Aws.Sources.Stacks;

internal sealed class TemplateTests
{
    private const int Megabyte = 1 << 20;

    private const string ShortForms = """
        AWSTemplateFormatVersion: 2010-09-09
        Conditions: { IsProd: !Equals [!Ref Stage, prod] }
        Resources:
          Orders:
            Type: AWS::DynamoDB::Table
            Condition: IsProd
            DeletionPolicy: Retain
            UpdateReplacePolicy: "Snapshot"   # with a comment
            Properties:
              TableName: !Sub "${AWS::StackName}-orders"
              KeySchema: !If [IsProd, [{ AttributeName: id }], !Ref AWS::NoValue]
              SSESpecification: { KMSMasterKeyId: !GetAtt Key.Arn }
              Import: !ImportValue { Fn::Sub: "${Net}-x" }
              UserData: !Base64 |
                DeletionPolicy: Delete
          Key: { Type: AWS::KMS::Key, DeletionPolicy: !!str RetainExceptOnCreate }
        Outputs:
          DeletionPolicy: { Value: !Join ["", [a, !Select [0, !Split [",", "x,y"]]]] }
        """;

    [Test]
    public void Short_forms_of_intrinsic_functions_are_passed_over() =>
        Assert.That(
            TemplateReader.Read(ShortForms)!.Resources,
            Is.EquivalentTo(new Dictionary<string, Retention>(StringComparer.Ordinal) { ["Orders"] = new("Retain", "Snapshot"), ["Key"] = new("RetainExceptOnCreate", "Delete") }));

    [TestCase("""{"Resources":{"T":{"DeletionPolicy":"Retain"}}}""", "Retain", "Delete", TestName = "JSON")]
    [TestCase("\uFEFF\n\t{\n\t\"Resources\":\t{\"T\":{\"UpdateReplacePolicy\":\"Retain\"}}}", "Delete", "Retain", TestName = "JSON with a byte order mark and tabs")]
    [TestCase("""{"Resources":{"T":{"DeletionPolicy":"Retain","DeletionPolicy":"Delete"}}}""", "Delete", "Delete", TestName = "JSON that says it twice")]
    [TestCase("{ Resources: { T: { DeletionPolicy: Retain } } }", "Retain", "Delete", TestName = "YAML in braces")]
    [TestCase("---\nResources:\n  T:\n    Type: X\n", "Delete", "Delete", TestName = "neither attribute")]
    [TestCase("Resources: { T: { DeletionPolicy: !Ref P } }", null, "Delete", TestName = "a short form")]
    [TestCase("Resources: { T: { DeletionPolicy: { Ref: P } } }", null, "Delete", TestName = "a long form")]
    [TestCase("""{"Resources":{"T":{"DeletionPolicy":{"Fn::If":["C","Retain","Delete"]}}}}""", null, "Delete", TestName = "a long form in JSON")]
    [TestCase("""{"Resources":{"T":{"UpdateReplacePolicy":null}}}""", "Delete", null, TestName = "null")]
    [TestCase("Resources: { T: { DeletionPolicy: } }", null, "Delete", TestName = "nothing")]
    [TestCase("Resources: { T: { DeletionPolicy: my secret } }", null, "Delete", TestName = "what is no word")]
    [TestCase("Resources: { S: { DeletionPolicy: &keep Retain }, T: { DeletionPolicy: *keep } }", null, "Delete", TestName = "an alias")]
    [TestCase("Resources: { S: &s { DeletionPolicy: Retain }, T: { <<: *s } }", null, null, TestName = "a merge")]
    [TestCase("Resources: { S: &s { DeletionPolicy: Retain }, T: *s }", null, null, TestName = "an alias for all of it")]
    [TestCase("""{"Resources":{"T":"x"}}""", null, null, TestName = "a text for all of it")]
    [TestCase("? [a, b]\n: c\nResources: { ? { x: y } : z, T: {} }", "Delete", "Delete", TestName = "keys that are no texts")]
    public void An_attribute_is_a_word_or_not_read(string body, string? deletion, string? replacement) =>
        Assert.That(TemplateReader.Read(body)!.Resources["T"], Is.EqualTo(new Retention(deletion, replacement)));

    [TestCase("Resources: { 'Fn::ForEach::Tables': [N, [a], {}] }", true)]
    [TestCase("""{"Resources":{"Fn::ForEach::Tables":["N",["a"],{}]}}""", true)]
    [TestCase("Resources: { Tables: {} }", false)]
    public void A_template_that_has_a_loop_left_may_make_more_than_it_names(string body, bool isUnresolved) =>
        Assert.That(TemplateReader.Read(body)!.IsUnresolved, Is.EqualTo(isUnresolved));

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("Resources")]
    [TestCase("Resources: x")]
    [TestCase("""{"Resources":[]}""")]
    [TestCase("""{"Resources":{"\uD800":{}}}""")]
    [TestCase("Resources:\n\tT: {}")]
    [TestCase("Resources: { T: { 'a }")]
    [TestCase("<html>Sign in</html>")]
    [TestCase("%YAML 9.9\n---\nx: !<")]
    public void What_is_no_template_is_not_read(string body) => Assert.That(TemplateReader.Read(body), Is.Null);

    private static IEnumerable<TestCaseData> Monsters =>
    [
        Monster("brackets", new string('[', Megabyte)),
        Monster("JSON nested deeply", string.Concat(Enumerable.Repeat("{\"a\":", Megabyte / 5))),
        Monster("YAML nested deeply", "Resources: {T: {P: " + new string('[', Megabyte)),
        Monster("mappings in braces", string.Concat(Enumerable.Repeat("{a: ", Megabyte / 4))),
        Monster("sequences on one line", string.Concat(Enumerable.Repeat("- ", Megabyte / 2))),
        Monster("explicit keys", string.Concat(Enumerable.Repeat("? ", Megabyte / 2))),
        Monster("indentation", string.Concat(Enumerable.Range(0, 1400).Select(i => new string(' ', i) + "a:\n"))),
        Monster("tags", string.Concat(Enumerable.Repeat("!a ", Megabyte / 3))),
        Monster("anchors", string.Concat(Enumerable.Repeat("&a ", Megabyte / 3))),
        Monster("a quote that never ends", "Resources: \"" + new string('a', Megabyte)),
        Monster("a word that never ends", new string('a', Megabyte)),
    ];

    [TestCaseSource(nameof(Monsters)), CancelAfter(20_000)]
    public void A_monster_is_given_up_soon(string body)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.That(TemplateReader.Read(body), Is.Null);
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test, CancelAfter(20_000)]
    public void Aliases_are_not_followed_however_many_they_stand_for()
    {
        var body = new StringBuilder("Metadata:\n  a0: &a0 [x]\n");
        for (var i = 1; i < 60; i++)
            body.Append(null, $"  a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        body.Append("Resources: { T: { DeletionPolicy: Retain, Properties: *a59 } }\n");
        Assert.That(TemplateReader.Read(body.ToString())!.Resources["T"], Is.EqualTo(new Retention("Retain", "Delete")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_template_of_the_largest_size_is_read(bool isJson)
    {
        var body = isJson
            ? "{\"Resources\":{" + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"T{i}\":{{\"DeletionPolicy\":\"Retain\",\"Properties\":{{\"A\":\"{new string('x', 1900)}\"}}}}")) + "}}"
            : "Resources:\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"  T{i}:\n    DeletionPolicy: Retain\n    Properties: {{ A: !Sub '{new string('x', 1900)}' }}\n"));
        Assert.That(TemplateReader.Read(body)!.Resources, Has.Count.EqualTo(500));
    }

    private static TestCaseData Monster(string name, string body) => new TestCaseData(body).SetArgDisplayNames(name);
}
