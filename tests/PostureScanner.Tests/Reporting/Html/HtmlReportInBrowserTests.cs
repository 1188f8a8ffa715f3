using Microsoft.Playwright;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.EndToEnd;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting.Html;

/// <summary>The page as a reader has it: in a browser, by keyboard, in the dark, on a telephone, on paper.</summary>
internal sealed class HtmlReportInBrowserTests
{
    private const string Shown = ".finding:not([hidden])";

    private Chromium _chromium = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _chromium = await Chromium.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        // Null where the tests were skipped.
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    [Test]
    public async Task The_headline_and_the_counts_stand_on_top()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);

        Assert.That(await open.Page.InnerTextAsync("h1"), Is.EqualTo("2 resources could not be recovered as promised."));
        Assert.That(await open.EvaluateAsync<string[]>("[...document.querySelectorAll('.tile')].map(t => t.textContent)"), Is.EqualTo(new[] { "critical1", "high1", "medium2", "low1", "unknown5", "waived1", "pass5" }));
        Assert.That((await open.Page.Locator(".tiles").BoundingBoxAsync())!.Y, Is.LessThan(500));
    }

    [TestCase("search", "delta", 2, "2 of 11 findings")]
    [TestCase("search", "box-young beta", 1, "1 of 11 findings")]
    [TestCase("search", "TAGS.OWNER", 2, "2 of 11 findings")]
    [TestCase("search", "no such thing", 0, "0 of 11 findings")]
    [TestCase("severity", "critical", 2, "2 of 11 findings")]
    [TestCase("verdict", "unknown", 5, "5 of 11 findings")]
    [TestCase("verdict", "waived", 1, "1 of 11 findings")]
    public async Task A_filter_shows_what_matches_and_announces_how_many(string field, string value, int shown, string announced)
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);
        Assert.That(await open.Page.InnerTextAsync("#count"), Is.EqualTo("11 findings"));

        if (field == "search")
            await open.Page.FillAsync("#search", value);
        else
            await open.Page.SelectOptionAsync($"#{field}", value);

        Assert.That(await open.Page.Locator($"section[aria-labelledby=findings] {Shown}").CountAsync(), Is.EqualTo(shown));
        Assert.That(await open.Page.InnerTextAsync("[role=status][aria-live=polite]"), Is.EqualTo(announced));
        Assert.That(await open.EvaluateAsync<int>($"[...document.querySelectorAll('section[aria-labelledby=findings] .group:not([hidden])')].filter(g => !g.querySelector('{Shown}')).length"), Is.Zero, "groups without a finding are gone too");

        await open.Page.ClickAsync("button[type=reset]");
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("11 findings");
    }

    [Test]
    public async Task All_of_it_is_reached_by_keyboard()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);
        await TabToAsync(open.Page, "#search");
        await open.Page.Keyboard.TypeAsync("gamma");
        Assert.That(await open.Page.InnerTextAsync("#count"), Is.EqualTo("5 of 11 findings"));

        await TabToAsync(open.Page, "summary");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.That(await open.Page.Locator(".finding[open]").CountAsync(), Is.EqualTo(1));
        Assert.That(await open.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"), "one sees where one is");
    }

    [Test]
    public async Task It_asks_for_nothing_and_complains_of_nothing()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);
        await open.Page.ClickAsync("#open");

        Assert.That(await open.Page.Locator("section[aria-labelledby=findings] .finding[open]").CountAsync(), Is.EqualTo(11));
        Assert.That(open.Requests, Is.EqualTo(new[] { open.Page.Url }));
        Assert.That(open.Complaints, Is.Empty);
    }

    [TestCase("<script>window.taken=1</script>")]
    [TestCase("<img src=x onerror=\"window.taken=1\">")]
    [TestCase("\"><svg onload=window.taken=1>")]
    [TestCase("' autofocus onfocus='window.taken=1' x='")]
    [TestCase("javascript:window.taken=1")]
    [TestCase("</script></style></title><script>window.taken=1</script>")]
    [TestCase("<a href=\"javascript:window.taken=1\">click</a>")]
    public async Task A_name_runs_nothing(string name)
    {
        await using var open = await _chromium.OpenAsync(Hostile(name).Html(Pages.Settings));
        await open.Page.ClickAsync("#open");

        Assert.That(await open.EvaluateAsync<bool>("window.taken === undefined"), Is.True);
        Assert.That(await open.Page.Locator("img, a[href^=javascript], svg[onload], [onfocus], [onerror]").CountAsync(), Is.Zero);
        Assert.That(await open.Page.Locator(".finding .name").First.TextContentAsync(), Is.EqualTo(name));
        Assert.That(open.Requests, Has.Count.EqualTo(1));
        Assert.That(open.Complaints, Is.Empty);
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Every_text_can_be_read_on_its_ground(ColorScheme scheme)
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything, scheme: scheme);
        await open.EvaluateAsync<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");

        Assert.That(await open.EvaluateAsync<double>($"({Luminance})(getComputedStyle(document.body).backgroundColor)"), scheme == ColorScheme.Dark ? Is.LessThan(0.05) : Is.GreaterThan(0.8));
        Assert.That(await open.EvaluateAsync<string[]>(TooFaint), Is.Empty);
    }

    [Test]
    public async Task On_paper_everything_is_open_and_nothing_is_to_be_pressed()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);
        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.That(await open.EvaluateAsync<int>("[...document.querySelectorAll('details > :not(summary)')].filter(e => e.getBoundingClientRect().height === 0).length"), Is.Zero);
        Assert.That(await open.Page.Locator("#filter, nav").Filter(new LocatorFilterOptions { Visible = true }).CountAsync(), Is.Zero);
    }

    [TestCase(390)]
    [TestCase(768)]
    [TestCase(1200)]
    public async Task Nothing_is_wider_than_the_screen(int width)
    {
        await using var open = await _chromium.OpenAsync(Hostile(new string('x', 255)).Html(Pages.Settings), width);
        await open.EvaluateAsync<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");

        Assert.That(await open.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        Assert.That(await open.EvaluateAsync<string[]>("[...document.querySelectorAll('.tile, .group, .filter, pre, .facts, .change')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.className)"), Is.Empty);
    }

    [Test]
    public async Task Without_scripts_everything_is_there_and_no_control_that_does_nothing()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything, scripts: false);

        Assert.That(await open.Page.Locator("#filter").IsVisibleAsync(), Is.False);
        await open.Page.Locator(".finding summary").First.ClickAsync();
        Assert.That(await open.Page.Locator(".finding .fix").First.IsVisibleAsync(), Is.True);
    }

    [Test]
    public async Task A_screen_reader_finds_its_way()
    {
        await using var open = await _chromium.OpenAsync(Pages.Everything);

        Assert.That(await open.EvaluateAsync<string[]>("[...document.querySelectorAll('th:not([scope]), input:not(label input), select:not(label select), table:not(:has(thead)), svg:not([aria-hidden], [aria-label])')].map(e => e.outerHTML)"), Is.Empty);
        Assert.That(await open.EvaluateAsync<int[]>("[...document.querySelectorAll('h1, h2, h3, h4')].map(h => +h.tagName[1]).filter((level, i, all) => i > 0 && level > all[i - 1] + 1)"), Is.Empty, "no heading skips a level");
        Assert.That(await open.Page.Locator("main, header.top, footer, nav[aria-label], [role=search]").CountAsync(), Is.EqualTo(5));
    }

    private const string Luminance = """
        colour => { const [r, g, b] = colour.match(/[\d.]+/g).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; }
        """;

    // WCAG 2 AA: 4.5 to 1, or 3 to 1 where the text is large.
    private const string TooFaint = $$"""
        () => {
          const luminance = {{Luminance}};
          const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (c !== "rgba(0, 0, 0, 0)") return c; } return "rgb(255, 255, 255)"; };
          return [...document.querySelectorAll("body *")]
            .filter(e => e.getClientRects().length && !e.closest("svg") && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => {
              const style = getComputedStyle(e), [a, b] = [luminance(style.color), luminance(ground(e))].sort((x, y) => y - x);
              const size = parseFloat(style.fontSize), needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
              return (a + .05) / (b + .05) < needed ? `${e.tagName}.${e.className} ${style.color} on ${ground(e)}` : null;
            })
            .filter(Boolean);
        }
        """;

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 100; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"document.activeElement.matches('{selector}')"))
                return;
        }

        Assert.Fail($"{selector} is not reached by Tab");
    }

    private static Report Hostile(string name)
    {
        var box = Boxes.Box(name);
        var denied = Boxes.Denied with { Code = name, Reason = name };
        var set = Rules.Set(
            [Rules.Policy("box-owned", require: "[{ fact: tags.owner, equals: ada }]"), Rules.Policy("box-lid-closed"), Rules.Policy("box-red", require: "[{ fact: box.colour, equals: red }]")],
            Rules.Waiver(policy: "box-red", resource: "*", because: name, owner: name, ticket: name));
        var report = Reports.Of(set, [Boxes.SheetOf(box, ("tags.owner", name), ("lid.closed", denied), ("box.colour", name))]);
        return report with
        {
            Listings = [report.Listings[0] with { Complete = false, Problem = name }],
            Notices = [name],
            Drift = [new Change(ChangeKind.Regressed, Severity.High, box.Target, box, "box-lid-closed", null, name, name, name, Alerts: true)],
        };
    }
}
