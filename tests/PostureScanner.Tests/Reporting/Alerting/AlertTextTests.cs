using System.Text.Json.Nodes;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Reporting.Alerting;

/// <summary>What people and machines read of an alert.</summary>
internal sealed class AlertTextTests
{
    private static IEnumerable<string> ChangeWords => Enum.GetValues<ChangeKind>().Select(k => k.Word()).Where(w => w is not ("waived" or "became-known"));

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public void An_email_says_what_happened_why_it_matters_and_what_to_do(string name, AlertMessage message) =>
        Golden.Verify($"alert-{name}.email.txt", $"Subject: {AlertText.Subject(message)}\n\n{AlertText.Body(message)}");

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public void A_machine_gets_everything(string name, AlertMessage message) =>
        Golden.Verify($"alert-{name}.json", JsonNode.Parse(AlertMessageJson.Of(message, shown: 5))!.ToString());

    [TestCaseSource(nameof(ChangeWords))]
    public void Every_change_has_a_headline_of_its_own(string word) =>
        Assert.That(Headlines.Of(SampleAlerts.Of(word, Severity.High, Boxes.Box("orders"), "m") with { PolicyId = "box-red", Fact = "lid.closed" }), Does.Not.EndWith($": {word}"));

    [TestCase("orders")]
    [TestCase("órders\n\r\t📦 <!channel> and a very long name indeed, which goes on and on and on and on and on and on until the end")]
    [TestCase("")]
    public void A_subject_is_a_line_of_printable_ascii(string name) =>
        Assert.That(AlertText.Subject(SampleAlerts.Named(name)), Does.Match(@"\A[A-Za-z][ -~]{0,98}\z"));

    [Test]
    public void Good_news_is_called_so() => Assert.That(AlertText.Subject(SampleAlerts.Recovery), Is.EqualTo("PostureScanner GOOD NEWS: orders passes box-lid-closed again"));

    [Test]
    public void What_a_machine_is_not_given_is_counted()
    {
        var json = JsonNode.Parse(AlertMessageJson.Of(SampleAlerts.Digest, shown: 5))!;
        Assert.That((json["changes"]!.AsArray().Count, (int)json["omitted"]!, (int)json["counts"]!["total"]!), Is.EqualTo((5, 59, 64)));
        Assert.That((int)json["counts"]!["byChange"]!["disappeared"]!, Is.EqualTo(60));
    }
}
