using System.Net;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Clients;

internal sealed class RootElementCheckTests
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private const string Namespace = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    [TestCase("?max-buckets=10000", "ListAllMyBucketsResult")]
    [TestCase("?continuation-token=t&max-buckets=10000", "ListAllMyBucketsResult")]
    [TestCase("?versioning", "VersioningConfiguration")]
    [TestCase("?versioning", "GetBucketVersioningResponse", Description = "moto")]
    [TestCase("?encryption", "ServerSideEncryptionConfiguration")]
    [TestCase("?replication", "ReplicationConfiguration")]
    [TestCase("?lifecycle", "LifecycleConfiguration")]
    [TestCase("?object-lock", "ObjectLockConfiguration")]
    [TestCase("?publicAccessBlock", "PublicAccessBlockConfiguration")]
    [TestCase("?tagging", "Tagging")]
    [TestCase("?list-type=2&prefix=p", "ListBucketResult")]
    [TestCase("?continuation-token=t&list-type=2&prefix=p", "ListBucketResult")]
    public async Task The_operations_own_document_passes_and_no_other(string query, string root)
    {
        Assert.That(await SendAsync(query, $"{Declaration}<{root} {Namespace}/>"), Does.Contain(root), "with a namespace");
        Assert.That(await SendAsync(query, $"<{root}/>"), Does.Contain(root), "without one");
        IsRefused(query, $"{Declaration}<ListPartsResult {Namespace}/>");
        IsRefused(query, "<!DOCTYPE html><html><body>Sign in</body></html>");
        IsRefused(query, "");
    }

    [Test]
    public void A_document_that_begins_with_a_long_comment_is_refused() => IsRefused("?tagging", $"<!--{new string('-', 600)}--><Tagging/>");

    [TestCase("?acl", HttpStatusCode.OK, Description = "an operation nobody here asks for")]
    [TestCase("", HttpStatusCode.OK)]
    [TestCase("?versioning", HttpStatusCode.NotFound, Description = "errors have another root")]
    [TestCase("?versioning", HttpStatusCode.MovedPermanently)]
    public async Task Whatever_is_no_answer_to_a_known_question_passes(string query, HttpStatusCode status) =>
        Assert.That(await SendAsync(query, "<Anything/>", status), Is.EqualTo("<Anything/>"));

    [Test]
    public async Task What_passes_is_whole_however_long_it_is()
    {
        var body = $"<ReplicationConfiguration>{new string('x', 100_000)}</ReplicationConfiguration>";
        Assert.That(await SendAsync("?replication", body), Is.EqualTo(body));
    }

    private static void IsRefused(string query, string body) => Assert.ThrowsAsync<UnreadableAnswerException>(() => SendAsync(query, body));

    private static async Task<string> SendAsync(string query, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var client = new HttpClient(new RootElementCheck(new Answering(status, body)));
        using var response = await client.GetAsync(new Uri($"http://bucket.test/{query}"));
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body), RequestMessage = request });
    }
}
