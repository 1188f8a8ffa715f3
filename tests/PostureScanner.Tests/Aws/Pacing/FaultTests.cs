using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Pacing;

/// <summary>Every shape in which the SDK and the network fail, and what it means.</summary>
internal sealed class FaultTests
{
    private static IEnumerable<TestCaseData> Exceptions =>
    [
        Case("a denial", Aws("AccessDeniedException", HttpStatusCode.BadRequest), FaultSort.Answer, "AccessDeniedException"),
        Case("a denial of S3's", new AmazonS3Exception("x", ErrorType.Sender, "AccessDenied", "id", HttpStatusCode.Forbidden), FaultSort.Answer, "AccessDenied"),
        Case("what does not exist", Aws("ResourceNotFoundException", HttpStatusCode.BadRequest), FaultSort.Answer, "ResourceNotFoundException"),
        Case("a redirect", Aws("PermanentRedirect", HttpStatusCode.MovedPermanently), FaultSort.Answer, "PermanentRedirect"),
        Case("credentials that expired", Aws("ExpiredTokenException", HttpStatusCode.BadRequest), FaultSort.Answer, "ExpiredTokenException"),

        Case("DynamoDB's throttle", Aws("ThrottlingException", HttpStatusCode.BadRequest), FaultSort.Throttle, "ThrottlingException"),
        Case("DynamoDB's other throttle", Aws("RequestLimitExceeded", HttpStatusCode.BadRequest), FaultSort.Throttle, "RequestLimitExceeded"),
        Case("DynamoDB's third throttle", Aws("ProvisionedThroughputExceededException", HttpStatusCode.BadRequest), FaultSort.Throttle, "ProvisionedThroughputExceededException"),
        Case("S3's throttle", Aws("SlowDown", HttpStatusCode.ServiceUnavailable), FaultSort.Throttle, "SlowDown"),
        Case("the query protocol's throttle", Aws("Throttling", HttpStatusCode.BadRequest), FaultSort.Throttle, "Throttling"),
        Case("a throttle without a code", Aws("", HttpStatusCode.TooManyRequests), FaultSort.Throttle, "HTTP 429"),
        Case("a throttle of an unknown code", Aws("EasyThere", HttpStatusCode.TooManyRequests), FaultSort.Throttle, "EasyThere"),

        Case("a stumble", Aws("InternalServerError", HttpStatusCode.InternalServerError), FaultSort.Transient, "InternalServerError"),
        Case("a gateway without AWS behind it", Aws("Unknown", HttpStatusCode.BadGateway), FaultSort.Transient, "HTTP 502"),
        Case("S3 being unavailable", Aws("ServiceUnavailable", HttpStatusCode.ServiceUnavailable), FaultSort.Transient, "ServiceUnavailable"),
        Case("an answer nobody can read", new AmazonUnmarshallingException("id", "path", new FormatException()), FaultSort.Transient, "UnreadableAnswer"),
        Case("an answer that is no XML", new System.Xml.XmlException("x"), FaultSort.Transient, "UnreadableAnswer"),
        Case("such an answer, wrapped by the SDK too", new AmazonServiceException("x", new System.Xml.XmlException("x")), FaultSort.Transient, "UnreadableAnswer"),
        Case("an answer that lacks something", new UnreadableAnswerException("x"), FaultSort.Transient, "UnreadableAnswer"),
        Case("such an answer, wrapped by the SDK", new AmazonServiceException("x", new UnreadableAnswerException("x")), FaultSort.Transient, "UnreadableAnswer"),
        Case("a refused connection, wrapped by the SDK", new AmazonServiceException("x", new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused))), FaultSort.Transient, "NoAnswer"),
        Case("a refused connection", new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), FaultSort.Transient, "NoAnswer"),
        Case("a broken stream", new IOException("x"), FaultSort.Transient, "NoAnswer"),
        Case("something of the SDK's own", new AmazonClientException("x"), FaultSort.Transient, "NoAnswer"),

        Case("a limit that has passed", new OperationCanceledException(), FaultSort.Silent, "NoAnswer"),
        Case("a limit that has passed, as a task says it", new TaskCanceledException(), FaultSort.Silent, "NoAnswer"),
        Case("a limit that has passed, wrapped by the SDK", new AmazonServiceException("x", new TaskCanceledException()), FaultSort.Silent, "NoAnswer"),
        Case("no connection in time", new TaskCanceledException("x", new TimeoutException()), FaultSort.Silent, "NoAnswer"),
        Case("no connection in time, deep within", new AmazonClientException("x", new HttpRequestException("x", new TimeoutException())), FaultSort.Silent, "NoAnswer"),
    ];

    [TestCaseSource(nameof(Exceptions))]
    public void An_exception_means_something(Exception exception, object sort, string code)
    {
        var fault = Fault.Of(exception);
        Assert.That((fault.Sort, fault.Code), Is.EqualTo(((FaultSort)sort, code)));
        Assert.That(fault.Reason, Is.Not.Empty.And.Not.Contain("\n"));
    }

    [Test]
    public void A_reason_is_one_line_whatever_AWS_wrote() =>
        Assert.That(Fault.Of(new AmazonDynamoDBException("first\r\nsecond", ErrorType.Sender, "X", "id", HttpStatusCode.BadRequest)).Reason, Is.EqualTo("first second"));

    private static TestCaseData Case(string what, Exception exception, FaultSort sort, string code) => new TestCaseData(exception, sort, code).SetArgDisplayNames(what, $"{sort}", code);

    private static AmazonDynamoDBException Aws(string code, HttpStatusCode status) => new("what AWS says", ErrorType.Unknown, code, "id", status);
}
