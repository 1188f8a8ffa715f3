using Amazon.Runtime;
using PostureScanner.Tests.EndToEnd;

namespace PostureScanner.Tests.AwsPackages.Moto;

/// <summary>Our editions against moto, which reads and writes the protocols as nobody here thought of them.</summary>
public abstract class MotoTest<TClient>
    where TClient : IDisposable
{
    protected const string Account = "123456789012";

    protected static readonly BasicAWSCredentials Credentials = new("test", "test");

    private MotoServer _moto = null!;

    protected TClient Client { get; private set; } = default!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await MotoServer.StartAsync();
        Client = Connect();
        await ArrangeAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Client?.Dispose();
        await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected abstract TClient Connect();

    protected virtual Task ArrangeAsync() => Task.CompletedTask;

    protected T Config<T>(T config)
        where T : ClientConfig
    {
        config.ServiceURL = _moto.Url.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        return config;
    }

    /// <returns>What the AWS CLI printed.</returns>
    protected Task<string> AwsAsync(params string[] args) => _moto.AwsAsync(args);
}
