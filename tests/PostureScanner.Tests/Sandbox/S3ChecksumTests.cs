using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3ChecksumTests : SandboxTest
{
    private const string Chunked = "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    [SetUp]
    public void Furnish() => Estate.AddBucket(new BucketSpec("plain"));

    /// <summary>The check values of the catalogues of CRCs, and of the standards of the hashes, for the text "123456789".</summary>
    [TestCase("crc32", "CBF43926")]
    [TestCase("crc32c", "E3069283")]
    [TestCase("crc64nvme", "AE8B14860A799888")]
    [TestCase("sha1", "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [TestCase("sha256", "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public async Task A_checksum_is_verified_and_told_again(string algorithm, string hex)
    {
        var value = Convert.ToBase64String(Convert.FromHexString(hex));

        using var right = await S3Wire.PutAsync(Sandbox, "/plain/k", "123456789", $"x-amz-checksum-{algorithm}: {value}");
        using var wrong = await S3Wire.PutAsync(Sandbox, "/plain/k", "123456780", $"x-amz-checksum-{algorithm}: {value}");
        using var odd = await S3Wire.PutAsync(Sandbox, "/plain/k", "123456789", $"x-amz-checksum-{algorithm}: AAAA=");

        Assert.That(right.Headers.GetValues($"x-amz-checksum-{algorithm}"), Is.EqualTo(new[] { value }));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("<Code>BadDigest</Code>").And.Contain($"The {algorithm.ToUpperInvariant()} you specified"));
        Assert.That(await odd.Content.ReadAsStringAsync(), Does.Contain("<Code>InvalidRequest</Code>"));
    }

    [Test]
    public async Task Without_a_checksum_S3_computes_its_own()
    {
        using var answer = await S3Wire.PutAsync(Sandbox, "/plain/k", "123456789");

        Assert.That(answer.Headers.GetValues("x-amz-checksum-crc64nvme"), Is.EqualTo(new[] { Convert.ToBase64String(Convert.FromHexString("AE8B14860A799888")) }));
    }

    [TestCase("Content-MD5: AAAA", "InvalidDigest")]
    [TestCase("Content-MD5: nji05gFv3Ts+u3rPaS8HnQ==", "BadDigest")]
    [TestCase("x-amz-content-sha256: 0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    [TestCase("x-amz-sdk-checksum-algorithm: CRC32", "InvalidRequest")]
    [TestCase("x-amz-checksum-xxhash64: AAAA", "NotImplemented")]
    public async Task A_digest_that_cannot_be_right_is_refused(string header, string code)
    {
        using var answer = await S3Wire.PutAsync(Sandbox, "/plain/k", "v", header);

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task A_chunked_body_is_put_together_and_its_trailer_verified()
    {
        const string Body = "4;chunk-signature=0\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
        using var s3 = Sandbox.S3();

        using var answer = await S3Wire.PutAsync(
            Sandbox, "/plain/k", Body, Chunked, "Content-Encoding: aws-chunked", "x-amz-trailer: x-amz-checksum-crc32", "x-amz-decoded-content-length: 9", "x-amz-sdk-checksum-algorithm: CRC32");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var got = await s3.GetObjectAsync("plain", "k");
        using var reader = new StreamReader(got.ResponseStream);
        Assert.That((await reader.ReadToEndAsync(), got.Headers.ContentEncoding), Is.EqualTo(("123456789", (string?)null)));
    }

    [TestCase("4\r\n1234\r\n0\r\n\r\n", "IncompleteBody", "x-amz-decoded-content-length: 5")]
    [TestCase("9\r\n1234", "IncompleteBody", "x-amz-decoded-content-length: 4")]
    [TestCase("what?\r\n1234\r\n0\r\n\r\n", "IncompleteBody", "x-amz-decoded-content-length: 4")]
    [TestCase("4\r\n1234\r\n0\r\n\r\n", "MalformedTrailerError", "x-amz-trailer: x-amz-checksum-crc32")]
    [TestCase("4\r\n1234\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", "BadDigest", "x-amz-trailer: x-amz-checksum-crc32")]
    public async Task A_chunked_body_that_is_not_whole_is_refused(string body, string code, string header)
    {
        using var answer = await S3Wire.PutAsync(Sandbox, "/plain/k", body, Chunked, header);

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task The_SDK_streams_with_its_default_checksum_and_validates_what_comes_back([Values] bool chunked)
    {
        using var s3 = Sandbox.S3();
        var big = new string('x', 200_000);

        using var body = new MemoryStream(Encoding.UTF8.GetBytes(big));
        var put = await s3.PutObjectAsync(new PutObjectRequest { BucketName = "plain", Key = "k", InputStream = body, UseChunkEncoding = chunked });

        Assert.That(new[] { put.ChecksumCRC32, put.ChecksumCRC64NVME, put.ChecksumCRC32C }, Has.Some.Not.Null);
        using var got = await s3.GetObjectAsync(new GetObjectRequest { BucketName = "plain", Key = "k", ChecksumMode = ChecksumMode.ENABLED });
        using var reader = new StreamReader(got.ResponseStream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(big));
    }
}
