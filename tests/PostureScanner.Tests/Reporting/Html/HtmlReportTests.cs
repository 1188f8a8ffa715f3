using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting.Html;

internal sealed partial class HtmlReportTests
{
    private static readonly NotRead Denied = Boxes.Denied;

    [Test]
    public void It_is_as_it_was() =>
        Golden.Verify("everything.html", Pages.Everything);

    [Test]
    public void When_all_is_well_it_is_short_and_green() =>
        Golden.Verify("all-well.html", Pages.AllWell);

    [Test]
    public void Its_policy_admits_its_own_style_and_script_and_nothing_else()
    {
        var admitted = Regex.Match(Pages.Everything, "Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.None, Patience).Groups["policy"].Value;

        Assert.That(System.Net.WebUtility.HtmlDecode(admitted), Is.EqualTo($"default-src 'none'; style-src {Hash("style")}; script-src {Hash("script")}; base-uri 'none'; form-action 'none'"));

        string Hash(string tag) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(Pages.Everything, $"<{tag}>(?<text>.*?)</{tag}>", RegexOptions.Singleline, Patience).Groups["text"].Value)))}'";
    }

    [Test]
    public void It_refers_to_nothing_outside_itself() =>
        Assert.That(Reference().Matches(Pages.Everything).Select(m => m.Groups["target"].Value), Is.All.Match("^(#[a-z-]+|url\\(#hatch\\))$"));

    [Test]
    public void Every_link_leads_somewhere()
    {
        var ids = Regex.Matches(Pages.Everything, " id=\"(?<id>[^\"]*)\"", RegexOptions.None, Patience).Select(m => m.Groups["id"].Value).ToList();

        Assert.That(ids, Is.Unique);
        Assert.That(Regex.Matches(Pages.Everything, "(href=\"#|labelledby=\")(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, Patience).Select(m => m.Groups["id"].Value).Distinct(StringComparer.Ordinal), Is.SubsetOf(ids));
    }

    private static IEnumerable<TestCaseData> Moods =>
    [
        new TestCaseData(Of(Boxes.Sheet(("lid.closed", true))), "good").SetArgDisplayNames("all passes"),
        new TestCaseData(Of(Boxes.Sheet(("lid.closed", true))) with { Complete = false }, "unsure").SetArgDisplayNames("all passes, but the scan is incomplete"),
        new TestCaseData(Of(Boxes.Sheet(("lid.closed", true)), Boxes.SheetOf(Boxes.Box("b"), ("lid.closed", Denied))), "unsure").SetArgDisplayNames("something is unknown"),
        new TestCaseData(Of(), "unsure").SetArgDisplayNames("nothing was there"),
        new TestCaseData(Of(Boxes.Sheet(("lid.closed", false)), Boxes.SheetOf(Boxes.Box("b"), ("lid.closed", Denied))), "bad").SetArgDisplayNames("something fails"),
        new TestCaseData(Reports.Of(Rules.Set([Rules.LidClosed], Rules.Waiver()), [Boxes.Sheet(("lid.closed", false))]), "unsure").SetArgDisplayNames("all is waived"),
        new TestCaseData(Reports.Of(Rules.Set(Rules.LidClosed, Rules.Policy("box-b", mode: PolicyMode.Report, require: "[{ fact: lid.count, at-least: 1 }]")), [Boxes.Sheet(("lid.closed", true), ("lid.count", 0))]), "good").SetArgDisplayNames("only a report-mode policy fails"),
    ];

    [TestCaseSource(nameof(Moods))]
    public void It_is_green_only_where_that_is_known(Report report, string mood) =>
        Assert.That(report.Html(), Does.Contain($"<section class=\"headline {mood}\""));

    [Test]
    public void It_says_in_words_what_could_not_be_recovered()
    {
        Assert.That(Pages.Everything, Does.Contain("2 resources could not be recovered as promised."));
        Assert.That(Pages.Everything, Does.Contain("5 promises are broken: 1 critical, 1 high, 2 medium, 1 low."));
        Assert.That(Pages.Everything, Does.Contain("5 promises on 1 resource could not be checked. Unknown is not a pass."));
        Assert.That(Pages.Everything, Does.Contain("The scan is incomplete: what is not named here is not proved to be well."));
    }

    [TestCase(2000, 2000)]
    [TestCase(2001, 2000)]
    public void What_does_not_fit_is_counted_and_pointed_to(int failing, int shown)
    {
        var page = Pages.Failing(failing).Html();

        Assert.That(Regex.Count(page, "<details class=\"finding\"", RegexOptions.None, Patience), Is.EqualTo(shown));
        Assert.That(page.Contains("This page shows 2,000 findings; 1 more are not on it.", StringComparison.Ordinal), Is.EqualTo(failing > shown));
    }

    [TestCase(1999, 1, "99.9 %")]
    [TestCase(2, 1, "66.6 %")]
    [TestCase(1, 0, "100 %")]
    [TestCase(0, 0, "–")]
    public void A_share_is_never_rounded_up(int pass, int fail, string percent) =>
        Assert.That(Bars.Percent(pass, fail, 0), Is.EqualTo(percent));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static Report Of(params Sheet[] sheets) => Reports.Of(Rules.Set(Rules.LidClosed), sheets);

    [GeneratedRegex("""\b(?:href|src|srcset|action|data|poster|fill|xlink:href)="(?<target>[^"]*)"|url\((?<target>[^)]*)\)|@import (?<target>\S+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();
}
