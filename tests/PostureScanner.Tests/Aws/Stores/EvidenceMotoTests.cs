using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Tests.EndToEnd;
using PostureScanner.Tests.Evidence;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>Evidence and its signatures against an emulator nobody here wrote.</summary>
public sealed class EvidenceMotoTests
{
    private const string Path = "chain/0000000001.json";

    private readonly PemKeys _files = new();
    private MotoServer _moto = null!;

    private AwsSettings Settings => new(["us-east-1"], [], Pace.Off, AwsSettings.DefaultPatience, _moto.Url);

    [OneTimeSetUp]
    public async Task Start()
    {
        _moto = await MotoServer.StartAsync();
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "evidence");
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "locked", "--object-lock-enabled-for-bucket");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);
        _files.Dispose();
    }

    [Test]
    public async Task A_file_is_created_once()
    {
        var store = Open("evidence/once");
        Assert.That(await store.ReadAsync(Path), Is.Null);
        Assert.That(await store.CreateAsync(Path, "one"), Is.True);
        Assert.That(await store.CreateAsync(Path, "one"), Is.False);
        Assert.That(await store.CreateAsync(Path, "two"), Is.False);
        Assert.That(await store.ReadAsync(Path), Is.EqualTo("one"));
    }

    [Test]
    public async Task More_than_a_page_is_listed()
    {
        var store = Open("evidence/many");
        await Parallel.ForEachAsync(Enumerable.Range(1, 1010), async (i, _) => await store.CreateAsync($"chain/{i:0000000000}.json"));
        var all = await store.ListAsync("chain/");
        Assert.That(all, Has.Count.EqualTo(1010).And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(await store.ListAsync("chain/", all[1004]), Is.EqualTo(all[1005..]));
    }

    [Test]
    public async Task An_object_has_its_own_lock()
    {
        var store = Open("locked/posture", new EvidenceRetention(TimeSpan.FromDays(400), "COMPLIANCE"));
        Assert.That(await store.CreateAsync(Path), Is.True);
        Assert.That(await store.CreateAsync(Path), Is.False);
        var head = JsonNode.Parse(await _moto.AwsAsync("s3api", "head-object", "--bucket", "locked", "--key", $"posture/{Path}"))!;
        Assert.That(head["ObjectLockMode"]!.GetValue<string>(), Is.EqualTo("COMPLIANCE"));
        Assert.That(head["ObjectLockRetainUntilDate"]!.GetValue<DateTimeOffset>(), Is.EqualTo(TimeProvider.System.GetUtcNow().AddDays(400)).Within(TimeSpan.FromMinutes(5)));
    }

    [TestCase("ECC_NIST_P256", "ECDSA_SHA_256")]
    [TestCase("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256")]
    public async Task A_signature_is_checked_offline_with_the_exported_public_key(string spec, string algorithm)
    {
        var arn = (await _moto.AwsAsync("kms", "create-key", "--key-spec", spec, "--key-usage", "SIGN_VERIFY", "--query", "KeyMetadata.Arn", "--output", "text")).Trim();
        var signer = await KmsSigner.OpenAsync(arn, Settings, default);
        var other = (await _moto.AwsAsync("kms", "create-key", "--key-spec", spec, "--key-usage", "SIGN_VERIFY", "--query", "KeyMetadata.Arn", "--output", "text")).Trim();

        Assert.That((signer.Algorithm, signer.KeyId), Is.EqualTo((algorithm, arn)));
        // Moto takes a digest for a message, and hashes it again.
        var signed = SHA256.HashData(SignerSteps.Data);
        (await signer.SignDataAsync()).HoldsOnlyFor(SignatureKeys.Open(await ExportAsync(arn)), algorithm, SignatureKeys.Open(await ExportAsync(other)), signed);
    }

    private IEvidenceStore Open(string place, EvidenceRetention? retention = null) => EvidenceStores.Open($"s3://{place}", "", Settings, retention, TimeProvider.System);

    private async Task<string> ExportAsync(string arn)
    {
        var key = (await _moto.AwsAsync("kms", "get-public-key", "--key-id", arn, "--query", "PublicKey", "--output", "text")).Trim();
        return _files.Write($"{Guid.NewGuid():N}.pem", "-----BEGIN PUBLIC KEY-----", key, "-----END PUBLIC KEY-----");
    }
}
