using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3ObjectsTests : SandboxTest
{
    private AmazonS3Client s3 = null!;

    protected override SandboxOptions Options => new() { ObjectsPerPage = 2 };

    [SetUp]
    public void Connect()
    {
        Estate.AddBucket(new BucketSpec("plain")).AddBucket(new BucketSpec("kept") { Versioning = "enabled" });
        s3 = Sandbox.S3();
    }

    [TearDown]
    public void Disconnect() => s3.Dispose();

    [Test]
    public async Task An_object_is_read_back_with_all_that_was_said_of_it()
    {
        var put = new PutObjectRequest { BucketName = "plain", Key = "a b/+%2F/../ü.json", ContentBody = "{}", ContentType = "application/json" };
        put.Headers.ContentEncoding = "gzip";
        put.Metadata.Add("scan", "7");
        await s3.PutObjectAsync(put);

        using var got = await s3.GetObjectAsync("plain", "a b/+%2F/../ü.json");
        using var reader = new StreamReader(got.ResponseStream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("{}"));
        Assert.Multiple(() =>
        {
            Assert.That(got.Headers.ContentType, Is.EqualTo("application/json"));
            Assert.That(got.Headers.ContentEncoding, Is.EqualTo("gzip"));
            Assert.That(got.Metadata["scan"], Is.EqualTo("7"));
            Assert.That(got.LastModified!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.UtcDateTime));
            Assert.That(got.ETag, Is.EqualTo("\"99914b932bd37a50b983c5e7c90ae93b\""));
            Assert.That(got.ServerSideEncryptionMethod, Is.EqualTo(ServerSideEncryptionMethod.AES256));
            Assert.That(got.VersionId, Is.Null);
        });
    }

    [Test]
    public async Task A_head_has_everything_but_the_body()
    {
        await PutAsync("plain", "k", "12345");

        var head = await s3.GetObjectMetadataAsync("plain", "k");

        Assert.That((head.ContentLength, head.ETag, head.Headers.ContentType), Is.EqualTo((5L, "\"827ccb0eea8a706c4c34a16891f84e7b\"", "text/plain")));
    }

    [Test]
    public async Task A_missing_key_is_NoSuchKey_and_to_a_reader_who_may_not_list_AccessDenied()
    {
        Assert.That(() => GetAsync("plain", "none"), Refused("NoSuchKey").And.Property("StatusCode").EqualTo(HttpStatusCode.NotFound));
        await PutAsync("plain", "k", "v");
        Sandbox.Faults.Deny("s3:ListBucket", "plain");

        Assert.That(() => GetAsync("plain", "none"), Refused("AccessDenied").And.Property("StatusCode").EqualTo(HttpStatusCode.Forbidden));
        Assert.That(async () => await s3.GetObjectMetadataAsync("plain", "none"), Refused("Forbidden"));
        Assert.That(() => ListAsync(new ListObjectsV2Request { BucketName = "plain" }), Refused("AccessDenied"));
        Assert.That(await GetAsync("plain", "k"), Is.EqualTo("v"));
    }

    [Test]
    public async Task If_none_match_creates_once()
    {
        await PutAsync("plain", "chain/1", "first", ifNoneMatch: "*");

        Assert.That(() => PutAsync("plain", "chain/1", "second", ifNoneMatch: "*"), Refused("PreconditionFailed").And.Property("StatusCode").EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(() => PutAsync("plain", "chain/2", "x", ifNoneMatch: "\"etag\""), Refused("NotImplemented"));
        Assert.That(await GetAsync("plain", "chain/1"), Is.EqualTo("first"));
    }

    [Test]
    public async Task If_match_replaces_what_was_read_and_nothing_else()
    {
        Assert.That(() => PutAsync("plain", "state", "x", ifMatch: "\"0\""), Refused("NoSuchKey"));
        var first = (await PutAsync("plain", "state", "1")).ETag;
        await PutAsync("plain", "state", "2", ifMatch: first);

        Assert.That(() => PutAsync("plain", "state", "3", ifMatch: first), Refused("PreconditionFailed"));
        Assert.That(await GetAsync("plain", "state"), Is.EqualTo("2"));
        Sandbox.Faults.Deny("s3:GetObject");
        Assert.That(() => PutAsync("plain", "state", "3", ifMatch: first), Refused("AccessDenied"), "If-Match reads");
    }

    [Test]
    public async Task A_key_that_is_deleted_while_a_conditional_write_is_under_way_is_a_409()
    {
        var etag = (await PutAsync("plain", "state", "1")).ETag;
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });
        // The server asks for the body once it has seen the head: only then is the object deleted and the body sent.
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Sandbox.Url, "/plain/state")) { Content = new LateContent(() => s3.DeleteObjectAsync("plain", "state")) };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDSANDBOX/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0");

        using var answer = await http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<Code>ConditionalRequestConflict</Code>"));
    }

    [Test]
    public async Task A_read_can_be_conditional_and_of_a_part()
    {
        var etag = (await PutAsync("plain", "k", "0123456789")).ETag;

        Assert.That(async () => await s3.GetObjectAsync(new GetObjectRequest { BucketName = "plain", Key = "k", EtagToMatch = "\"0\"" }), Refused("PreconditionFailed"));
        Assert.That(
            async () => await s3.GetObjectAsync(new GetObjectRequest { BucketName = "plain", Key = "k", EtagToNotMatch = etag }),
            Throws.InstanceOf<AmazonS3Exception>().With.Property("StatusCode").EqualTo(HttpStatusCode.NotModified));
        using var part = await s3.GetObjectAsync(new GetObjectRequest { BucketName = "plain", Key = "k", ByteRange = new ByteRange(2, 4) });
        using var reader = new StreamReader(part.ResponseStream);
        Assert.That((part.HttpStatusCode, part.ContentRange, await reader.ReadToEndAsync()), Is.EqualTo((HttpStatusCode.PartialContent, "bytes 2-4/10", "234")));
        Assert.That(async () => await s3.GetObjectAsync(new GetObjectRequest { BucketName = "plain", Key = "k", ByteRange = new ByteRange(20, 30) }), Refused("InvalidRange"));
    }

    [Test]
    public async Task Versions_are_kept_where_versioning_is_on()
    {
        var first = (await PutAsync("kept", "k", "1")).VersionId;
        var second = (await PutAsync("kept", "k", "2")).VersionId;
        var marker = await s3.DeleteObjectAsync("kept", "k");

        Assert.That(marker.DeleteMarker, Is.EqualTo("true"));
        Assert.That(() => GetAsync("kept", "k"), Refused("NoSuchKey"));
        Assert.That(await GetAsync("kept", "k", first), Is.EqualTo("1"));
        Assert.That(() => GetAsync("kept", "k", marker.VersionId), Refused("MethodNotAllowed"));
        Assert.That(() => GetAsync("kept", "k", "none"), Refused("NoSuchVersion"));

        await s3.DeleteObjectAsync("kept", "k", marker.VersionId);
        Assert.That(await GetAsync("kept", "k"), Is.EqualTo("2"));
        await s3.DeleteObjectAsync("kept", "k", second);
        Assert.That(await GetAsync("kept", "k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task All_versions_are_listed_newest_first_over_pages()
    {
        await PutAsync("kept", "a", "1");
        await PutAsync("kept", "a", "2");
        await PutAsync("kept", "b", "3");
        await s3.DeleteObjectAsync("kept", "b");

        var seen = new List<string>();
        var request = new ListVersionsRequest { BucketName = "kept" };
        ListVersionsResponse page;
        do
        {
            page = await s3.ListVersionsAsync(request);
            seen.AddRange(page.Versions.Select(version => $"{version.Key} {(version.IsDeleteMarker == true ? "marker" : version.Size)} {version.IsLatest}"));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);

        Assert.That(seen, Is.EquivalentTo(new[] { "a 1 True", "a 1 False", "b marker True", "b 1 False" }));
    }

    [Test]
    public async Task A_bucket_without_versions_forgets_and_one_with_objects_is_not_deleted()
    {
        await PutAsync("plain", "k", "1");
        Assert.That(async () => await s3.DeleteBucketAsync("plain"), Refused("BucketNotEmpty"));

        await s3.DeleteObjectAsync("plain", "k");
        await s3.DeleteObjectAsync("plain", "k");

        Assert.That(() => GetAsync("plain", "k"), Refused("NoSuchKey"));
        await s3.DeleteBucketAsync("plain");
    }

    [Test]
    public async Task Keys_are_listed_in_order_over_pages()
    {
        foreach (var key in new[] { "b", "a/2", "a/1", "c", "a/3" })
            await PutAsync("plain", key, key);

        Assert.That(await ListAsync(new ListObjectsV2Request { BucketName = "plain" }), Is.EqualTo(new[] { "a/1", "a/2", "a/3", "b", "c" }));
        Assert.That(await ListAsync(new ListObjectsV2Request { BucketName = "plain", Prefix = "a/", StartAfter = "a/1" }), Is.EqualTo(new[] { "a/2", "a/3" }));
        Assert.That(Sandbox.Calls.Of("s3:ListObjectsV2", "plain"), Is.EqualTo(4));
    }

    [Test]
    public async Task A_delimiter_folds_keys_even_where_a_page_ends_between_them()
    {
        foreach (var key in new[] { "0", "2026/01/a", "2026/01/b", "2026/02/a", "2026/x", "2027/a" })
            await PutAsync("plain", key, key);

        Assert.That(await ListAsync(new ListObjectsV2Request { BucketName = "plain", Delimiter = "/" }), Is.EqualTo(new[] { "0", "2026/", "2027/" }));
        Assert.That(await ListAsync(new ListObjectsV2Request { BucketName = "plain", Delimiter = "/", Prefix = "2026/" }), Is.EqualTo(new[] { "2026/01/", "2026/02/", "2026/x" }).AsCollection);
    }

    [Test]
    public async Task Many_keys_are_deleted_at_once()
    {
        foreach (var key in new[] { "a", "b", "c" })
            await PutAsync("kept", key, key);

        var deleted = await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = "kept", Objects = [new KeyVersion { Key = "a" }, new KeyVersion { Key = "b" }, new KeyVersion { Key = "none" }] });

        Assert.That(deleted.DeletedObjects.Select(each => each.DeleteMarker), Has.All.True);
        Assert.That(await ListAsync(new ListObjectsV2Request { BucketName = "kept" }), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public async Task A_write_that_was_done_and_not_answered_was_done()
    {
        Sandbox.Faults.CloseAfter("s3:PutObject", times: 1, name: "plain/state");

        await PutAsync("plain", "other", "1");
        Assert.That(() => PutAsync("plain", "state", "1"), Throws.Exception);
        Assert.That(Sandbox.Calls.Of("s3:PutObject"), Is.EqualTo(2), "the client did not try again by itself");
        Assert.That(await GetAsync("plain", "state"), Is.EqualTo("1"));
        await PutAsync("plain", "state", "2");
    }

    [Test]
    public void Faults_may_name_one_object()
    {
        Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 1, name: "plain/chain/*");
        Sandbox.Faults.Deny("s3:PutObject", "kept");

        Assert.That(() => PutAsync("plain", "chain/1", "x"), Refused("ConditionalRequestConflict"));
        Assert.That(() => PutAsync("plain", "chain/1", "x"), Throws.Nothing);
        Assert.That(() => PutAsync("kept", "k", "x"), Refused("AccessDenied"));
    }

    [Test]
    public async Task What_it_does_not_do_with_objects_is_501_and_is_named()
    {
        foreach (var (method, path, operation) in new[] { (HttpMethod.Post, "/plain/k?uploads", "POST object?uploads"), (HttpMethod.Put, "/plain/k?partNumber=1&uploadId=2", "PUT object?uploadId"), (HttpMethod.Get, "/plain/k?tagging", "GET object?tagging") })
        {
            using var answer = await Sandbox.SendAsync(method, path, "s3");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"s3:{operation}"));
        }

        Assert.That(async () => await s3.CopyObjectAsync("plain", "a", "plain", "b"), Refused("NotImplemented").And.Message.Contains("s3:CopyObject"));
    }

    private Task<PutObjectResponse> PutAsync(string bucket, string key, string body, string? ifMatch = null, string? ifNoneMatch = null) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = body, IfMatch = ifMatch, IfNoneMatch = ifNoneMatch });

    private async Task<string> GetAsync(string bucket, string key, string? version = null)
    {
        using var got = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, VersionId = version });
        using var reader = new StreamReader(got.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Keys and common prefixes of all pages, in the order of their names.</summary>
    private async Task<List<string>> ListAsync(ListObjectsV2Request request)
    {
        var names = new List<string>();
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request);
            names.AddRange([.. page.S3Objects?.Select(each => each.Key) ?? [], .. page.CommonPrefixes ?? []]);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return names;
    }

    private sealed class LateContent(Func<Task> before) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await before();
            await stream.WriteAsync(Encoding.UTF8.GetBytes("new"));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 3;
            return true;
        }
    }
}
