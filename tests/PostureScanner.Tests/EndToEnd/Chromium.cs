using Microsoft.Playwright;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>The Chromium of this machine, without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Skips the test where Chromium is not installed, unless POSTURE_REQUIRE_BROWSER asks for it.</summary>
    public static async Task<Chromium> StartAsync()
    {
        if (Program.Find("chromium") is not { } path)
        {
            const string Reason = "chromium is absent";
            if (Environment.GetEnvironmentVariable("POSTURE_REQUIRE_BROWSER") == "1")
                Assert.Fail(Reason);
            Assert.Ignore(Reason);
            throw new InvalidOperationException(Reason);
        }

        var playwright = await Playwright.CreateAsync();
        // Chromium's sandbox refuses to be root's, which is who builds in a container.
        var args = Environment.UserName == "root" ? new[] { "--no-sandbox" } : [];
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = args }));
    }

    /// <summary>Opens a file as its reader would, by a double click.</summary>
    public async Task<OpenPage> OpenAsync(string html, int width = 1200, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("posture-page-").FullName, "report.html");
        await File.WriteAllTextAsync(file, html);
        var open = new OpenPage(page, file);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A page, and what it said and asked for since it was opened.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly string _file;

    public OpenPage(IPage page, string file)
    {
        _file = file;
        Page = page;
        page.Console += (_, message) => Complaints.Add(message.Text);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public Task<T> EvaluateAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }
}
