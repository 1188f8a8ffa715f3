using System.Text.Json.Nodes;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Cli;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>Where reports go to: into a file whole, through a link, into a pipe; and what is said where they cannot.</summary>
[Platform(Exclude = "Win", Reason = "pipes with names, links and devices are otherwise there")]
public sealed class OutputTests
{
    private const string Region = "eu-west-1";

    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    private string Output => Path.Combine(_folder, "report");

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orders") { Region = Region }));
    }

    [TearDown]
    public async Task Stop()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("old")]
    [TestCase("")]
    [TestCase(null)]
    public async Task A_link_stays_and_what_it_leads_to_is_written(string? before)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        var target = Path.Combine(elsewhere, "report.json");
        if (before is not null)
            await File.WriteAllTextAsync(target, before);
        File.CreateSymbolicLink(Path.Combine(elsewhere, "latest"), "report.json");
        File.CreateSymbolicLink(Output, Path.Combine("elsewhere", "latest"));

        var run = await ScanAsync();

        Assert.That(run.Exit, Is.EqualTo(1), run.Error);
        Assert.That(new FileInfo(Output).LinkTarget, Is.EqualTo("elsewhere/latest"));
        Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(target))!["schema"]!.GetValue<string>(), Is.EqualTo("posture-report/v1"));
        Assert.That(Directory.GetFiles(elsewhere), Has.Length.EqualTo(2), "and no draft");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_pipe_is_written_and_stays_a_pipe(bool byLink)
    {
        var pipe = byLink ? Path.Combine(_folder, "pipe") : Output;
        await MakeAsync("mkfifo", pipe);
        if (byLink)
            File.CreateSymbolicLink(Output, pipe);
        var reader = Program.ToolAsync("cat", pipe);

        var run = await ScanAsync();

        Assert.That(run.Exit, Is.EqualTo(1), run.Error);
        Assert.That(JsonNode.Parse((await reader).Out)!["schema"]!.GetValue<string>(), Is.EqualTo("posture-report/v1"));
        Assert.That((await Program.ToolAsync("test", "-p", pipe)).Exit, Is.Zero);
    }

    [Test]
    public async Task A_device_that_is_full_is_said_and_stays_a_device()
    {
        if ((await Program.ToolAsync("mknod", Output, "c", "1", "7")).Exit != 0 || (await Program.ToolAsync("sh", "-c", $": > {Output}")).Exit != 0)
            Assert.Ignore("no device can be made here");
        var run = await ScanAsync("--evidence", Path.Combine(_folder, "evidence"));
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain($"--output {Output} cannot be written: ").And.Contain("chain head 1:").And.Not.Contain("   at "));
        Assert.That((await Program.ToolAsync("test", "-c", Output)).Exit, Is.Zero);
    }

    [Test]
    public async Task A_pipe_of_the_shell_without_a_name_is_written()
    {
        if (!Program.IsOnPath("bash"))
            Assert.Ignore("bash is not installed");
        var posture = Path.Combine(AppContext.BaseDirectory, "posture.dll");
        var read = Path.Combine(_folder, "read");
        var run = await Program.ToolAsync("bash", "-c", $"AWS_ENDPOINT_URL={_sandbox.Url} dotnet {posture} scan --pace off --regions {Region} --format json --output >(cat > {read}; echo read)");
        Assert.That(run.Out, Is.EqualTo("read\n"), run.Error);
        Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(read))!["schema"]!.GetValue<string>(), Is.EqualTo("posture-report/v1"));
    }

    [Test]
    public async Task Standard_output_that_is_full_is_said_and_the_evidence_kept_all_the_same()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("there is no device that is always full");
        var posture = $"AWS_ENDPOINT_URL={_sandbox.Url} dotnet {Path.Combine(AppContext.BaseDirectory, "posture.dll")}";
        var scan = await Program.ToolAsync("sh", "-c", $"{posture} scan --pace off --regions {Region} --evidence {Path.Combine(_folder, "evidence")} > /dev/full");
        var facts = await Program.ToolAsync("sh", "-c", $"{posture} facts > /dev/full");

        Assert.That((scan.Exit, facts.Exit), Is.EqualTo((3, 3)));
        Assert.That(scan.Error, Does.Contain("posture: the report cannot be written: ").And.Contain("chain head 1:").And.Not.Contain("   at "));
        Assert.That(facts.Error, Does.Match("^posture: stopped by this machine, and not by your resources: [^\n]+\n$"));
    }

    [TestCase("no/where", "the folder does not exist; create it first")]
    [TestCase("/sys/report", "cannot be written: ")]
    [TestCase("evidence", "is a folder; name a file in it")]
    [TestCase("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "cannot be written: ")]
    public async Task What_cannot_be_written_is_said_before_anything_is_read(string output, string problem)
    {
        var evidence = Path.Combine(_folder, "evidence");
        await Posture.RunAsync(_sandbox, "scan", "--pace", "off", "--regions", Region, "--evidence", evidence);
        _sandbox.Calls.Clear();
        var path = Path.Combine(_folder, output);
        var scan = await Posture.RunAsync(_sandbox, "scan", "--regions", Region, "--output", path);
        var export = await Posture.RunAsync(_sandbox, "evidence", "export", evidence, "--format", "csv", "--output", path);

        Assert.That((scan.Exit, export.Exit, _sandbox.Calls.Total), Is.EqualTo((2, 2, 0)));
        Assert.That(scan.Error, Does.Contain($"--output {path} ").And.Contain(problem));
        Assert.That(export.Error, Does.Contain($"--output {path} ").And.Contain(problem));
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [TestCase("/sys/demo")]
    [TestCase("/sys")]
    public async Task A_demo_without_a_place_is_bad_usage(string place)
    {
        var run = await Posture.RunAsync(null, "demo", "--out", place);
        Assert.That((run.Exit, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Match($"^posture: --out {place}[ :][^\n]+\n$"));
    }

    [Test]
    public async Task An_export_that_fails_leaves_an_empty_file_empty()
    {
        await File.WriteAllTextAsync(Output, "");
        var run = await Posture.RunAsync(_sandbox, "evidence", "export", Directory.CreateDirectory(Path.Combine(_folder, "evidence")).FullName, "--format", "csv", "--output", Output);
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(new FileInfo(Output).Length, Is.Zero);
    }

    private static async Task MakeAsync(string tool, string path) => Assert.That((await Program.ToolAsync(tool, path)).Exit, Is.Zero);

    private Task<Run> ScanAsync(params string[] more) => Posture.RunAsync(_sandbox, ["scan", "--pace", "off", "--regions", Region, "--format", "json", "--output", Output, .. more]);
}
