using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using PostureScanner.Tests.Lambda;

namespace PostureScanner.Tests.AwsPackages;

/// <summary>Our edition of the bootstrap, over HTTP.</summary>
[NonParallelizable]
public sealed partial class LambdaBootstrapTests
{
    private const string Variable = "AWS_LAMBDA_RUNTIME_API";

    private RuntimeApiServer _api = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await RuntimeApiServer.StartAsync();
        Environment.SetEnvironmentVariable(Variable, _api.Authority);
    }

    [TearDown]
    public async Task Stop()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _api.DisposeAsync();
    }

    [Test]
    public async Task An_event_is_answered_and_the_context_is_the_invocations()
    {
        ILambdaContext? seen = null;
        var trace = "";
        await RunAsync(
            (input, context) =>
            {
                (seen, trace) = (context, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
                return Task.FromResult(new Pong(input.Word + "!", null));
            },
            async () =>
            {
                var posted = await _api.InvokeAsync("""{"WORD":"hello","more":1}""", TimeSpan.FromSeconds(100));

                Assert.That((posted.Path, posted.Body), Is.EqualTo(("/2018-06-01/runtime/invocation/request-1/response", """{"word":"hello!"}""")));
                Assert.That(seen!.AwsRequestId, Is.EqualTo("request-1"));
                Assert.That(seen.InvokedFunctionArn, Does.EndWith(":function:posture"));
                Assert.That(seen.RemainingTime.TotalSeconds, Is.InRange(50, 100));
                Assert.That(trace, Is.EqualTo("Root=1-request-1;Sampled=0"));
            });
    }

    [Test]
    public Task A_handler_that_throws_fails_its_invocation_and_no_other() => RunAsync(
        (input, _) => input.Word == "bad" ? throw new InvalidOperationException("not\nthis \"time\"") : Task.FromResult(new Pong("fine", null)),
        async () =>
        {
            var failed = await _api.InvokeAsync("""{"word":"bad"}""");
            var next = await _api.InvokeAsync("""{"word":"good"}""");

            Assert.That((failed.IsError, failed.ErrorType, failed.Message), Is.EqualTo((true, "InvalidOperationException", "not\nthis \"time\"")));
            Assert.That(failed.Json["errorType"]!.GetValue<string>(), Is.EqualTo("InvalidOperationException"));
            Assert.That(failed.Json["stackTrace"]!.AsArray(), Is.Not.Empty);
            Assert.That(next.IsError, Is.False);
        });

    [Test]
    public Task An_event_that_is_not_what_the_handler_takes_fails_its_invocation() => RunAsync(
        (_, _) => Task.FromResult(new Pong("never", null)),
        async () => Assert.That((await _api.InvokeAsync("""{"word":[]}""")).ErrorType, Is.EqualTo("JsonSerializerException")));

    [Test]
    public Task An_answer_too_long_for_Lambda_fails_its_invocation() => RunAsync(
        (_, _) => Task.FromResult(new Pong("long", null)),
        async () =>
        {
            _api.AnswerStatus = 413;
            var posted = await _api.InvokeAsync("{}");
            Assert.That((posted.ErrorType, posted.Message), Is.EqualTo(("RuntimeApiClientException", "the answer is longer than Lambda takes (6 MB)")));
        });

    [TestCase(500)]
    [TestCase(403)]
    public async Task A_runtime_API_that_fails_ends_the_function(int status)
    {
        _api.NextStatus = status;
        using var bootstrap = Build((_, _) => Task.FromResult(new Pong("", null)));
        var error = Assert.ThrowsAsync<RuntimeApiClientException>(async () => await bootstrap.RunAsync())!;
        Assert.That(error.StatusCode, Is.EqualTo(status));
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_start_that_fails_is_reported_and_ends_the_function()
    {
        using var bootstrap = LambdaBootstrapBuilder
            .Create<Ping, Pong>((_, _) => Task.FromResult(new Pong("", null)), new SourceGeneratorLambdaJsonSerializer<Words>())
            .UseBootstrapHandler(() => throw new FormatException("cannot begin"))
            .Build();
        Assert.ThrowsAsync<FormatException>(async () => await bootstrap.RunAsync());
        var posted = await _api.InitError;
        Assert.That((posted.Path, posted.ErrorType, posted.Message), Is.EqualTo(("/2018-06-01/runtime/init/error", "FormatException", "cannot begin")));
    }

    [Test]
    public async Task A_start_that_says_no_ends_the_function_without_asking_for_an_event()
    {
        using var bootstrap = LambdaBootstrapBuilder
            .Create<Ping, Pong>((_, _) => Task.FromResult(new Pong("", null)), new SourceGeneratorLambdaJsonSerializer<Words>())
            .UseBootstrapHandler(() => Task.FromResult(false))
            .Build();
        await bootstrap.RunAsync();
        Assert.That(_api.Polled.IsCompleted, Is.False);
    }

    [Test]
    public void A_type_that_the_context_does_not_know_is_named() =>
        Assert.That(() => new SourceGeneratorLambdaJsonSerializer<Words>().Deserialize<Uri>(new MemoryStream("1"u8.ToArray())), Throws.TypeOf<JsonSerializerException>().With.Message.Contains("System.Uri"));

    private static async Task RunAsync(Func<Ping, ILambdaContext, Task<Pong>> handler, Func<Task> test)
    {
        using var stop = new CancellationTokenSource();
        using var bootstrap = Build(handler);
        var running = bootstrap.RunAsync(stop.Token);
        await test();
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static LambdaBootstrap Build(Func<Ping, ILambdaContext, Task<Pong>> handler) =>
        LambdaBootstrapBuilder.Create(handler, new SourceGeneratorLambdaJsonSerializer<Words>()).Build();

    internal sealed record Ping([property: JsonPropertyName("word")] string? Word = null);

    internal sealed record Pong([property: JsonPropertyName("word")] string Word, [property: JsonPropertyName("nothing")] string? Nothing);

    [JsonSerializable(typeof(Ping))]
    [JsonSerializable(typeof(Pong))]
    internal sealed partial class Words : JsonSerializerContext;
}
