using System.Net;
using Amazon.Runtime;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Tests.Aws.Pacing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ApiCallerTests
{
    private static readonly Api Api = new("s3:GetBucketTagging", "1", "eu-west-1");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SteppedClock _clock = new();
    private readonly CallTally _calls = new();

    [Test]
    public async Task An_answer_is_known_with_its_call_its_moment_and_its_request()
    {
        var reading = await AskAsync(_ => Task.FromResult(new Answer { ResponseMetadata = new ResponseMetadata { RequestId = "r-1" } }));
        Assert.That((reading.State, reading.Origin), Is.EqualTo((ReadingState.Known, new Origin(Api.Operation, _clock.GetUtcNow(), "r-1"))));
    }

    [TestCase("NoSuchTagSet", ExpectedResult = ReadingState.Absent)]
    [TestCase("NoSuchBucket", ExpectedResult = ReadingState.Unknown)]
    public async Task<ReadingState> An_error_is_absent_only_where_the_operation_says_so(string code) => (await AskAsync(_ => throw Error(code, HttpStatusCode.NotFound))).State;

    [TestCase(HttpStatusCode.Forbidden, "AccessDenied", ExpectedResult = 1)]
    [TestCase(HttpStatusCode.InternalServerError, "InternalError", ExpectedResult = 5)]
    public async Task<int> A_final_error_is_asked_for_once_and_a_stumble_a_few_times(HttpStatusCode status, string code)
    {
        var reading = await AskAsync(_ => throw Error(code, status));
        Assert.That(reading.NotRead?.Code, Is.EqualTo(code));
        return _calls.Sent.Single().Count;
    }

    [Test]
    public async Task However_long_AWS_throttles_the_answer_is_waited_for()
    {
        var left = 200;
        var reading = await AskAsync(_ => left-- > 0 ? throw Error("SlowDown", HttpStatusCode.ServiceUnavailable) : Task.FromResult(new Answer()));
        Assert.That((reading.State, _calls.Throttled), Is.EqualTo((ReadingState.Known, 200)));
    }

    [Test]
    public async Task Throttles_between_stumbles_use_up_no_attempts()
    {
        var answers = new Queue<string>(["SlowDown", "InternalError", "SlowDown", "InternalError", "InternalError", "SlowDown", "InternalError"]);
        var reading = await AskAsync(_ => answers.TryDequeue(out var code) ? throw Error(code, HttpStatusCode.ServiceUnavailable) : Task.FromResult(new Answer()));
        Assert.That(reading.State, Is.EqualTo(ReadingState.Known));
    }

    [Test]
    public async Task Where_nothing_comes_back_patience_ends_and_nobody_else_waits()
    {
        var caller = Caller();
        using var sent = new SemaphoreSlim(0);
        var asking = caller.AskAsync(
            Api,
            token =>
            {
                sent.Release();
                return HangAsync(token);
            },
            [],
            null,
            CancellationToken.None);
        for (var third = 0; third < 3; third++)
        {
            await sent.WaitAsync();
            _clock.Move(Patience / 3);
        }

        Assert.That((await asking).NotRead, Is.EqualTo(new NotRead(Api.Operation, "NoAnswer", "no answer in time")));
        Assert.That((await AskAsync(HangAsync, caller)).NotRead, Is.EqualTo(new NotRead(Api.Operation, "NoAnswer", "s3 in eu-west-1 does not answer")));
        Assert.That(_calls.Sent.Single().Count, Is.EqualTo(3));
    }

    [Test]
    public async Task An_answer_that_comes_late_but_comes_is_known()
    {
        var attempts = 0;
        var reading = await AskAsync(token => ++attempts < 3 ? HangAsync(token) : Task.FromResult(new Answer()));
        Assert.That(reading.State, Is.EqualTo(ReadingState.Known));
    }

    [Test]
    public async Task An_answer_that_is_not_whole_is_asked_for_again_and_then_unreadable()
    {
        var reading = await AskAsync(_ => Task.FromResult(new Answer()), isWhole: _ => false);
        Assert.That((reading.NotRead?.Code, _calls.Sent.Single().Count), Is.EqualTo(("UnreadableAnswer", 5)));
    }

    [TestCase("InternalError")]
    [TestCase("SlowDown")]
    public async Task When_time_is_up_nothing_is_asked_again(string code)
    {
        using var stop = new CancellationTokenSource();
        var reading = await AskAsync(
            _ =>
            {
                stop.Cancel();
                throw Error(code, HttpStatusCode.ServiceUnavailable);
            },
            stop: stop.Token);
        Assert.That((reading.NotRead, _calls.Sent.Single().Count), Is.EqualTo((new NotRead(Api.Operation, "OutOfTime", "not read: out of time"), 1)));
    }

    [Test]
    public async Task When_time_is_up_nothing_is_asked_at_all()
    {
        var reading = await AskAsync(HangAsync, stop: new CancellationToken(canceled: true));
        Assert.That((reading.NotRead?.Code, _calls.Sent), Is.EqualTo(("OutOfTime", Array.Empty<(string, int)>())));
    }

    [Test]
    public async Task One_endpoint_is_asked_so_many_things_at_once_and_another_is_not_held_up()
    {
        var caller = Caller();
        var answer = new TaskCompletionSource<Answer>();
        var asked = Enumerable.Range(0, 40).Select(_ => caller.AskAsync(Api, _ => answer.Task, [], null, CancellationToken.None)).ToList();
        var elsewhere = caller.AskAsync(Api with { Region = "eu-central-1" }, _ => answer.Task, [], null, CancellationToken.None);
        Assert.That(_calls.Sent.Single().Count, Is.EqualTo(32 + 1));
        answer.SetResult(new Answer());
        Assert.That(await Task.WhenAll([.. asked, elsewhere]), Is.All.Property("State").EqualTo(ReadingState.Known));
    }

    private static async Task<Answer> HangAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return new Answer();
    }

    private static AmazonServiceException Error(string code, HttpStatusCode status) => new("what AWS says", ErrorType.Unknown, code, "id", status);

    private ApiCaller Caller() => new(new Pacer(Pace.Off, _clock), _calls, _clock, Patience);

    private Task<Reading<Answer>> AskAsync(Func<CancellationToken, Task<Answer>> send, ApiCaller? caller = null, Func<Answer, bool>? isWhole = null, CancellationToken stop = default) =>
        _clock.UntilAsync((caller ?? Caller()).AskAsync(Api, send, ["NoSuchTagSet"], isWhole, stop));

    private sealed class Answer : AmazonWebServiceResponse;
}
