using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PostureScanner.Sandbox.CloudFormation;
using PostureScanner.Sandbox.CloudWatch;
using PostureScanner.Sandbox.Control;
using PostureScanner.Sandbox.DynamoDb;
using PostureScanner.Sandbox.Ec2;
using PostureScanner.Sandbox.Kms;
using PostureScanner.Sandbox.S3;
using PostureScanner.Sandbox.Sns;
using PostureScanner.Sandbox.Sqs;
using PostureScanner.Sandbox.Sts;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox;

/// <summary>AWS on loopback: a web server that answers from an estate, in AWS's own protocols. Point <c>AWS_ENDPOINT_URL</c> at it.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly CancellationTokenSource stopping;
    private bool disposed;

    private SandboxServer(WebApplication web, CancellationTokenSource stopping, Estate estate, Faults faults, CallLog calls)
    {
        this.web = web;
        this.stopping = stopping;
        Estate = estate;
        Faults = faults;
        Calls = calls;
        Metrics = new Metrics(estate);
        Topics = new Topics(estate);
        Url = new Uri(web.Urls.Single());
    }

    /// <summary>Always 127.0.0.1: nothing outside the machine can reach it.</summary>
    public Uri Url { get; }

    public Estate Estate { get; }

    public Faults Faults { get; }

    public CallLog Calls { get; }

    public Metrics Metrics { get; }

    public Topics Topics { get; }

    public static async Task<SandboxServer> StartAsync(Estate estate, SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(estate);
        options ??= new SandboxOptions();
        estate.ServeBy(options.Clock);
        var faults = new Faults(options.Clock);
        var calls = new CallLog();
        var stop = new CancellationTokenSource();
        // S3 last: it takes whatever carries no other service's mark.
        Service[] services =
        [
            new DynamoDbService(), new KmsService(), new StsService(), new Ec2Service(), new CloudFormationService(), new CloudWatchService(), new SnsService(), new SqsService(),
            new S3Service(),
        ];

        var app = Build(options.Port);
        new ControlPlane(estate, faults, calls).Map(app);
        app.Run(new Dispatcher(services, estate, options, faults, calls, stop.Token).AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new SandboxServer(app, stop, estate, faults, calls);
    }

    /// <summary>Calls that hang are cut off first; waiting for them would be for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await stopping.CancelAsync();
        await web.DisposeAsync();
        stopping.Dispose();
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, Guest>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        return builder.Build();
    }

    /// <summary>The usual lifetime takes Ctrl+C and SIGTERM for itself; here they belong to the program that started the sandbox.</summary>
    private sealed class Guest : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
