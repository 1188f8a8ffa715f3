using System.Collections.Frozen;
using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PostureScanner.Aws.Pacing;

/// <summary>What an exception of the SDK means for a reading.</summary>
internal enum FaultSort
{
    /// <summary>AWS answered with an error that asking again will not change.</summary>
    Answer,

    /// <summary>AWS asks us to slow down.</summary>
    Throttle,

    /// <summary>AWS, or something between, stumbled; asking again may help.</summary>
    Transient,

    /// <summary>Nothing came back.</summary>
    Silent,
}

/// <param name="Code">AWS's error code, or ours where AWS gave none.</param>
internal sealed record Fault(FaultSort Sort, string Code, string Reason)
{
    private const HttpStatusCode NoStatus = default;

    public const string NoAnswer = "NoAnswer";
    public const string UnreadableAnswer = "UnreadableAnswer";

    private static readonly FrozenSet<string> Throttles = new[]
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "RequestLimitExceeded",
        "ProvisionedThroughputExceededException", "TooManyRequestsException", "SlowDown", "BandwidthLimitExceeded", "LimitExceededException",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly Fault Unreadable = new(FaultSort.Transient, UnreadableAnswer, "the answer was not what this operation answers");

    public static Fault Of(Exception exception) => exception switch
    {
        UnreadableAnswerException => new Fault(FaultSort.Transient, UnreadableAnswer, exception.Message),
        AmazonUnmarshallingException => Unreadable,
        AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests } service => new Fault(FaultSort.Throttle, Name(service), Sentence(service)),
        AmazonServiceException { ErrorCode: { } code } service when Throttles.Contains(code) => new Fault(FaultSort.Throttle, code, Sentence(service)),
        // Status 0: no HTTP answer at all; the SDK wraps what the connection said.
        AmazonServiceException { StatusCode: NoStatus } service => Connection(service),
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } service => new Fault(FaultSort.Transient, Name(service), Sentence(service)),
        AmazonServiceException service => new Fault(FaultSort.Answer, Name(service), Sentence(service)),
        OperationCanceledException => new Fault(FaultSort.Silent, NoAnswer, "no answer in time"),
        _ => Connection(exception),
    };

    private static Fault Connection(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is OperationCanceledException or TimeoutException)
                return new Fault(FaultSort.Silent, NoAnswer, "no answer in time");
            // Its message quotes the answer.
            if (inner is XmlException)
                return Unreadable;
            if (inner is UnreadableAnswerException)
                return new Fault(FaultSort.Transient, UnreadableAnswer, inner.Message);
        }

        return new Fault(FaultSort.Transient, NoAnswer, exception.GetBaseException().Message);
    }

    private static string Name(AmazonServiceException service) => !string.IsNullOrEmpty(service.ErrorCode) && service.ErrorCode != "Unknown"
        ? service.ErrorCode
        : (service.InnerException as HttpErrorResponseException)?.Response is { } response
            ? string.Create(null, $"HTTP {(int)response.StatusCode}")
            : string.Create(null, $"HTTP {(int)service.StatusCode}");

    private static string Sentence(AmazonServiceException service) => service.Message.ReplaceLineEndings(" ");
}

/// <summary>An answer with status 200 that does not hold what the operation always gives; a proxy's login page, for one.</summary>
public sealed class UnreadableAnswerException(string message) : Exception(message);
