using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using PostureScanner.Tests.Reporting;
using static PostureScanner.Tests.Scanning.FakeSource;

namespace PostureScanner.Tests.Scanning;

internal sealed class ScannerTests
{
    private static readonly Target Away = Boxes.Home with { Region = "south" };

    [Test]
    public async Task What_several_sources_say_is_one_report()
    {
        var report = await ScanAsync(
            Rules.Set(Rules.LidClosed),
            Of(Away, Box("beta", Away, [], ("lid.closed", true))),
            Of(Boxes.Home, Box("gamma", ("lid.closed", true)), Box("alpha", ("lid.closed", false)), Box("delta")));

        Assert.That(report.Findings.Select(f => (f.Resource.Name, f.Verdict)), Is.EqualTo(new[]
        {
            ("alpha", Verdict.Fail), ("delta", Verdict.Unknown), ("beta", Verdict.Pass), ("gamma", Verdict.Pass),
        }));
        Assert.That(report.Listings.Select(l => (l.Target, l.Listed)), Is.EqualTo(new[] { (Boxes.Home, 3), (Away, 1) }));
        Assert.That(report.Resources, Is.EqualTo(4));
        Assert.That(report.Complete, Is.True);
        Assert.That((report.ScanId, report.ToolVersion, report.StartedAt, report.FinishedAt), Is.EqualTo(("5ca9", "0.1.0", Boxes.Now, Boxes.Now)));
    }

    [Test]
    public async Task The_order_in_which_sources_speak_changes_no_byte()
    {
        var set = Rules.Set(Rules.LidClosed, Rules.Policy("box-owned", require: "[{ fact: tags.owner, exists: true }]"));
        var alpha = Of(Boxes.Home, Box("alpha", Boxes.Home, ["tags.Owner"], ("lid.closed", false)));
        var beta = Of(Away, Box("beta", Away, ["tags.OWNER"], ("lid.closed", true)));

        Assert.That((await ScanAsync(set, alpha, beta)).Json(), Is.EqualTo((await ScanAsync(set, beta, alpha)).Json()));
    }

    [Test]
    public async Task Only_the_facts_that_policies_name_are_asked_for()
    {
        var source = Of(Boxes.Home);

        await ScanAsync(Rules.Set(Rules.Policy("a", when: "[{ fact: tags.a, exists: true }]"), Rules.Policy("b", require: "[{ fact: box.age, at-most: 1d }]")), source);

        Assert.That(source.Wanted!.Facts.Select(f => f.Name), Is.EqualTo(new[] { "box.age", "lid.closed", "tags.a" }));
    }

    [Test]
    public async Task A_kind_that_no_policy_is_about_is_not_read()
    {
        var crates = new FakeSource(Listed(Boxes.Home, 7)) { Table = Boxes.Crates };

        var report = await ScanAsync(Rules.Set(Rules.LidClosed), Of(Boxes.Home), crates);

        Assert.That(crates.Wanted, Is.Null);
        Assert.That(report.Listings.Select(l => l.Kind), Is.EqualTo(new[] { Boxes.Kind }));
    }

    [Test]
    public async Task Listings_of_one_target_are_in_the_order_of_their_kinds()
    {
        var crates = new FakeSource(Listed(Boxes.Home, 7)) { Table = Boxes.Crates };

        var report = await ScanAsync(Rules.Set(Rules.LidClosed, Rules.Policy("crate-lid-closed") with { Table = Boxes.Crates }), crates, Of(Boxes.Home));

        Assert.That(report.Listings.Select(l => l.Kind), Is.EqualTo(new[] { Boxes.Kind, "Test::Crate" }));
    }

    [Test]
    public async Task The_one_resource_that_is_ordered_is_the_one_that_is_asked_for()
    {
        var source = Of(Boxes.Home);

        await ScannerOf(source).ScanAsync(new ScanOrder("5ca9", "0.1.0", Rules.Set(Rules.LidClosed), Only: "arn:box:beta"));

        Assert.That(source.Only, Is.EqualTo("arn:box:beta"));
    }

    [Test]
    public async Task A_target_that_could_not_be_listed_makes_the_scan_incomplete()
    {
        var report = await ScanAsync(
            Rules.Set(Rules.LidClosed),
            Of(Boxes.Home, Box("alpha", ("lid.closed", true))),
            new FakeSource(Listed(Away, 0, problem: "box:List was denied.")));

        Assert.That(report.Complete, Is.False);
        Assert.That(report.Listings.Single(l => !l.Complete).Problem, Is.EqualTo("box:List was denied."));
        Assert.That(report.Findings, Has.Length.EqualTo(1), "what was read is reported");
    }

    [Test]
    public async Task A_scan_that_was_told_to_stop_is_incomplete_and_reports_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        var source = new FakeSource(Listed(Boxes.Home, 2), Box("alpha", ("lid.closed", true)), Box("beta"))
        {
            Before = i =>
            {
                if (i == 2)
                    stop.Cancel();
            },
        };

        var report = await ScannerOf(source).ScanAsync(new ScanOrder("5ca9", "0.1.0", Rules.Set(Rules.LidClosed)), stopReading: stop.Token);

        Assert.That(report.Complete, Is.False);
        Assert.That(report.Findings.Select(f => f.Verdict), Is.EqualTo(new[] { Verdict.Unknown, Verdict.Pass }));
    }

    [Test]
    public async Task Resources_outside_the_scope_are_counted_and_no_findings()
    {
        var west = Boxes.Home with { Region = "west" };

        var report = await ScanAsync(
            Rules.Set(Rules.LidClosed),
            new FakeSource(Listed(Boxes.Home, 0), _ => new SourceItem.OutsideScope(new OutOfScope(west, Boxes.Kind, 3)), _ => new SourceItem.OutsideScope(new OutOfScope(Away, Boxes.Kind, 1))));

        Assert.That(report.OutOfScope, Is.EqualTo(new[] { new OutOfScope(Away, Boxes.Kind, 1), new OutOfScope(west, Boxes.Kind, 3) }));
        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Complete, Is.True);
    }

    [Test]
    public async Task Whoever_watches_sees_what_was_listed_and_what_was_asked()
    {
        var seen = new List<ScanProgress>();

        await ScannerOf(Of(Boxes.Home, Box("alpha"), Box("beta"))).ScanAsync(new ScanOrder("5ca9", "0.1.0", Rules.Set(Rules.LidClosed)), new Watcher(seen));

        Assert.That(seen, Is.EqualTo(new[] { new ScanProgress(2, 0), new ScanProgress(2, 1), new ScanProgress(2, 2) }));
    }

    [Test]
    public async Task More_resources_than_may_wait_at_once_are_all_judged()
    {
        var report = await ScanAsync(Rules.Set(Rules.LidClosed), [.. Enumerable.Range(0, 4).Select(s => Of(Boxes.Home, [.. Enumerable.Range(0, 500).Select(i => Box($"box-{s}-{i}", ("lid.closed", true)))]))]);

        Assert.That(report.Alert.Pass, Is.EqualTo(2_000));
    }

    [Test]
    public void A_source_that_breaks_its_word_breaks_the_scan_with_its_own_exception()
    {
        var broken = new FakeSource(Listed(Boxes.Home, 1)) { Before = _ => throw new NotSupportedException("box:List of north cannot be read.") };

        Assert.That(
            async () => await ScanAsync(Rules.Set(Rules.LidClosed), Of(Away, Box("alpha")), broken),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("box:List of north cannot be read."));
    }

    [Test]
    public async Task Requests_are_counted_by_operation_in_order()
    {
        var calls = new CallTally();
        foreach (var operation in new[] { "box:List", "box:Describe", "box:List" })
            calls.CountSent(operation);
        calls.CountThrottled();

        var report = await new Scanner([Of(Boxes.Home)], calls, new StillClock()).ScanAsync(new ScanOrder("5ca9", "0.1.0", Rules.Set(Rules.LidClosed)));

        Assert.That(report.ApiCalls, Is.EqualTo(new[] { ("box:Describe", 1), ("box:List", 2) }));
        Assert.That((calls.Throttled, report.ApiThrottles), Is.EqualTo((1, 1)));
    }

    internal static Task<Report> ScanAsync(PolicySet set, params IResourceSource[] sources) =>
        ScannerOf(sources).ScanAsync(new ScanOrder("5ca9", "0.1.0", set));

    private static Scanner ScannerOf(params IResourceSource[] sources) => new([.. sources], new CallTally(), new StillClock());

    /// <summary>Notes at once what it is told; <see cref="Progress{T}"/> would tell the thread pool.</summary>
    private sealed class Watcher(List<ScanProgress> seen) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => seen.Add(value);
    }
}
