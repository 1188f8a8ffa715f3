using System.Collections.Immutable;
using System.Text;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

/// <summary>Reports made of sheets, as a scan would make them.</summary>
internal static class Reports
{
    public static readonly Target Away = Boxes.Home with { Region = "south" };

    private static readonly NotRead Throttled = new("box:Weigh", "Throttling", "box:Weigh was throttled until the time was up.");

    /// <summary>One box, and all is well.</summary>
    public static Report AllWell { get; } = Of(Rules.Set(Rules.LidClosed), [Boxes.Sheet(("lid.closed", true))]);

    /// <summary>Every verdict, every type of fact, and everything else a report can say.</summary>
    public static Report Everything { get; } = Of(
        Rules.Set(
            [
                Rules.LidClosed,
                Rules.Policy("box-red", when: "[{ fact: box.places, contains: north }]", require: "[{ fact: box.colour, in: [red] }]", severity: Severity.Critical, title: "Boxes of the north are red"),
                Rules.Policy("box-young", require: "[{ fact: box.age, at-most: 1d }, { fact: lid.count, at-least: 1 }]", severity: Severity.Medium, title: "Boxes are young"),
                Rules.Policy("box-owned", require: "[{ fact: tags.owner, exists: true }]", severity: Severity.Low, title: "Boxes have an owner"),
                Rules.Policy("box-made-this-year", require: "[{ fact: box.made, at-least: 2026-01-01 }]", severity: Severity.Low, mode: PolicyMode.Report, title: "Boxes were made this year"),
                Rules.Policy("box-purple", when: "[{ fact: box.colour, equals: purple }]", title: "No box is purple"),
            ],
            Rules.Waiver(resource: "delta", ticket: "OPS-1")),
        [
            Sheet("alpha", Boxes.Home, closed: true, "red", ["north", "east"], TimeSpan.FromHours(6), 2, "ada"),
            Sheet("beta", Boxes.Home, closed: false, "blue", ["north"], TimeSpan.FromHours(30), 0, null),
            Sheet("gamma", Away, Boxes.Denied, Boxes.Denied, Boxes.Denied, Throttled, Throttled, Boxes.Denied),
            Sheet("delta", Away, closed: null, "", [], TimeSpan.FromDays(35), 1, "bob"),
        ]) with
    {
        Complete = false,
        Listings =
        [
            new Listing(Boxes.Home, Boxes.Kind, 2, Complete: true, Problem: null),
            new Listing(Away, Boxes.Kind, 2, Complete: true, Problem: null),
            new Listing(new Target("444455556666", "north"), Boxes.Kind, 0, Complete: false, "box:List was denied (AccessDenied): the role may not list."),
        ],
        OutOfScope = [new OutOfScope(Boxes.Home with { Region = "west" }, Boxes.Kind, 3)],
        ApiCalls = [("box:Describe", 12), ("box:List", 3)],
        Notices = ["box-owned reads tags.owner, which no resource has; did you mean 'tags.Owner'?"],
        Drift =
        [
            new Change(ChangeKind.Regressed, Severity.High, Boxes.Home, Boxes.Box("beta"), "box-lid-closed", null, "pass", "fail", "lid.closed is false, must equal true", Alerts: true),
            new Change(ChangeKind.Disappeared, Severity.High, Boxes.Home, Boxes.Box("omega"), null, null, null, null, "is no longer listed; nothing is known of a way back", Alerts: true),
            new Change(ChangeKind.TargetLost, Severity.High, Away, null, null, null, null, null, "Test::Box can no longer be listed: no answer", Alerts: true),
            new Change(ChangeKind.Weakened, Severity.Medium, Boxes.Home, Boxes.Box("alpha"), null, "lid.closed", "true", "false", "lid.closed was true, is false", Alerts: true),
            new Change(ChangeKind.LeftScope, Severity.Medium, Boxes.Home, Boxes.Box("beta"), "box-young", null, "pass", "not-applicable", "told already", Alerts: false),
        ],
    };

    public static Report Of(PolicySet set, IEnumerable<Sheet> sheets)
    {
        var all = sheets.ToList();
        ImmutableArray<Finding> findings = [.. all.SelectMany(s => Judge.Findings(set, s, Boxes.Now)).Order(FindingOrder.Instance)];
        return new Report(
            "5ca9",
            Boxes.Now,
            Boxes.Now.AddSeconds(1.25),
            "0.1.0",
            "d19e57",
            Complete: true,
            [new Listing(Boxes.Home, Boxes.Kind, all.Count, Complete: true, Problem: null)],
            [],
            [("box:Describe", all.Count), ("box:List", 1)],
            [.. set.Policies.Select(p => (p, findings.Count(f => f.Policy == p && f.Verdict != Verdict.NotApplicable)))],
            findings,
            [],
            []);
    }

    public static string Text(this Report report, bool colour = false) => Written(output => TextReport.Write(report, output, colour));

    public static string Json(this Report report) => Streamed(stream => JsonReport.Write(report, stream));

    public static string Csv(this Report report) => Written(output => CsvReport.Write(report, output));

    public static string Sarif(this Report report) => Streamed(stream => SarifReport.Write(report, stream));

    public static string JUnit(this Report report) => Streamed(stream => JUnitReport.Write(report, stream));

    public static string Html(this Report report, HtmlSettings? settings = null) => Written(output => HtmlReport.Write(report, settings ?? HtmlSettings.None, output));

    /// <summary>Every format there is; what must hold for all of them is tested over these.</summary>
    public static IEnumerable<(string Name, Func<Report, string> Write)> Formats =>
    [
        ("text", r => r.Text()), ("json", Json), ("csv", Csv), ("sarif", Sarif), ("junit", JUnit), ("html", r => r.Html()),
    ];

    private static string Streamed(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Written(Action<TextWriter> write)
    {
        using var output = new StringWriter { NewLine = "\r\n" };
        write(output);
        return output.ToString();
    }

    private static Sheet Sheet(string name, Target target, object? closed, object? colour, object? places, object? age, object? count, object? owner) => Boxes.SheetOf(
        Boxes.Box(name, target),
        ("lid.closed", closed),
        ("box.colour", colour),
        ("box.places", places),
        ("box.age", age),
        ("lid.count", count),
        ("tags.owner", owner),
        ("box.made", Boxes.Now.AddDays(-200)));

    private static Sheet Sheet(string name, Target target, bool? closed, string colour, string[] places, TimeSpan age, int count, string? owner) =>
        Sheet(name, target, closed, (object?)colour, places, age, count, owner);
}
