using PostureScanner.Sandbox;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws;

/// <summary>An empty estate of two accounts and two regions for each test, on a clock that stands still.</summary>
internal abstract class AwsTest
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string Home = "eu-west-1";
    public const string Away = "eu-central-1";
    public const string Table = "AWS::DynamoDB::Table";
    public const string Bucket = "AWS::S3::Bucket";

    protected SandboxServer Sandbox { get; private set; } = null!;

    protected ManualClock Clock { get; private set; } = null!;

    protected Reader Reader { get; private set; } = null!;

    protected Estate Estate => Sandbox.Estate;

    protected Faults Faults => Sandbox.Faults;

    protected CallLog Calls => Sandbox.Calls;

    protected virtual SandboxOptions Options => new();

    protected virtual Estate Founded => NewEstate();

    /// <summary>For what hangs; what answers must be warmed up, or its first call may take as long.</summary>
    protected Reader Impatient => Reader with { Patience = TimeSpan.FromSeconds(1.5) };

    [SetUp]
    public async Task StartAsync()
    {
        Clock = new ManualClock();
        Sandbox = await SandboxServer.StartAsync(Founded, Options with { Clock = Clock });
        Reader = new Reader(Sandbox.Url, Clock);
    }

    [TearDown]
    public async Task StopAsync() => await Sandbox.DisposeAsync();

    protected Task WarmUpAsync(params string[] facts) => Reader.ReadAsync(facts);

    public static Estate NewEstate() => Estate.Empty(Account, Home, Away).AddAccount(OtherAccount, "other");

    public static Dictionary<string, string?> Tags(params IEnumerable<(string Key, string Value)> tags) =>
        tags.ToDictionary(t => t.Key, string? (t) => t.Value, StringComparer.Ordinal);

    public static TimeSpan Days(int days) => TimeSpan.FromDays(days);
}
