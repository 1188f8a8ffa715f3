using Amazon.KeyManagementService.Model;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Evidence;
using PostureScanner.Tests.Sandbox;
using KeySpec = PostureScanner.Sandbox.KeySpec;
using Sample = PostureScanner.Tests.Sandbox.Clients;

namespace PostureScanner.Tests.Aws.Stores;

internal sealed class KmsSignerTests : SandboxTest
{
    private readonly PemKeys _files = new();

    [OneTimeTearDown]
    public void Remove_files() => _files.Dispose();

    [TestCase("ECC_NIST_P256", "ECDSA_SHA_256", 1)]
    [TestCase("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256", 1)]
    [TestCase("ECC_NIST_P256", "ECDSA_SHA_256", 10_000, Description = "more than KMS takes of a message")]
    public async Task A_signature_is_checked_offline_with_the_exported_public_key(string spec, string algorithm, int size)
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = spec }).AddKey(new KeySpec("other") { Spec = spec });
        var signer = await OpenAsync(Arn("evidence"));
        var check = SignatureKeys.Open(await ExportAsync("evidence"));

        Assert.That((signer.Algorithm, signer.KeyId), Is.EqualTo((algorithm, Arn("evidence"))));
        Assert.That(check.IsValid(new byte[size], await signer.SignAsync(new byte[size], default), algorithm), Is.True);
        (await signer.SignDataAsync()).HoldsOnlyFor(check, algorithm, SignatureKeys.Open(await ExportAsync("other")));
    }

    [TestCase("evidence")]
    [TestCase("alias/posture")]
    [TestCase("arn:aws:kms:eu-west-1:111122223333:alias/posture")]
    public async Task A_key_by_any_name_is_signed_for_by_its_ARN(string name)
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = "ECC_NIST_P256", Alias = "posture" });
        Assert.That((await OpenAsync(name)).KeyId, Is.EqualTo(Arn("evidence")));
    }

    [Test]
    public async Task An_ARNs_own_region_is_asked()
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = "ECC_NIST_P256", Region = Sample.Away });
        var arn = $"arn:aws:kms:{Sample.Away}:{Sample.Account}:key/evidence";
        var signer = await OpenAsync(arn);
        Assert.That(signer.KeyId, Is.EqualTo(arn));
        Assert.That(await signer.SignDataAsync(), Is.Not.Empty);
    }

    [TestCase("symmetric", "is for ENCRYPT_DECRYPT, not for SIGN_VERIFY")]
    [TestCase("a key", "names no KMS key")]
    [TestCase("arn:aws:s3:::evidence", "names no KMS key")]
    public void What_is_no_key_that_ever_signs_is_refused(string name, string words)
    {
        Estate.AddKey(new KeySpec("symmetric"));
        Assert.That(() => OpenAsync(name), Throws.TypeOf<SettingsException>().With.Message.Contains(words));
    }

    [TestCase("disabled", "is Disabled: it cannot sign evidence")]
    [TestCase("doomed", "is PendingDeletion: it cannot sign evidence")]
    [TestCase("missing", "there is no KMS key")]
    public void A_key_that_does_not_sign_now_is_no_reason_not_to_scan(string name, string words)
    {
        Estate.AddKey(new KeySpec("disabled") { Spec = "ECC_NIST_P256", State = "Disabled" })
            .AddKey(new KeySpec("doomed") { Spec = "ECC_NIST_P256", DeletesIn = TimeSpan.FromDays(7) });
        Assert.That(() => OpenAsync(name), Throws.TypeOf<EvidenceException>().With.Message.Contains(words));
    }

    [Test]
    public void A_key_that_may_not_be_described_or_is_silent_is_an_error()
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = "ECC_NIST_P256" });
        Sandbox.Faults.Deny("kms:DescribeKey");
        Assert.That(() => OpenAsync(Arn("evidence")), Throws.TypeOf<EvidenceException>().With.Message.Contains("kms:DescribeKey: AccessDeniedException"));
        Sandbox.Faults.Clear();
        Sandbox.Faults.Hang("kms:DescribeKey");
        Assert.That(() => OpenAsync(Arn("evidence"), TimeSpan.FromMilliseconds(300)), Throws.TypeOf<EvidenceException>().With.Message.Contains("no answer in time"));
    }

    [Test]
    public async Task What_is_not_signed_is_an_error()
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = "ECC_NIST_P256" });
        var signer = await OpenAsync(Arn("evidence"), TimeSpan.FromSeconds(1));

        Estate.ChangeKey(new KeySpec("evidence") { State = "Disabled" });
        Assert.That(() => signer.SignDataAsync(), NotSigned("DisabledException"));
        Sandbox.Faults.Deny("kms:Sign");
        Assert.That(() => signer.SignDataAsync(), NotSigned("AccessDeniedException"));
        Sandbox.Faults.Clear();
        Sandbox.Faults.Garbage("kms:Sign");
        Assert.That(() => signer.SignDataAsync(), NotSigned(""));
        Sandbox.Faults.Clear();
        Sandbox.Faults.Hang("kms:Sign");
        Assert.That(() => signer.SignDataAsync(), NotSigned("no answer in time"));
    }

    [Test]
    public async Task A_stumble_is_not_the_end()
    {
        Estate.AddKey(new KeySpec("evidence") { Spec = "ECC_NIST_P256" });
        var signer = await OpenAsync(Arn("evidence"));
        Sandbox.Faults.Fail("kms:Sign", 500, "KMSInternalException", times: 1);
        Assert.That(await signer.SignDataAsync(), Is.Not.Empty);
    }

    private static NUnit.Framework.Constraints.Constraint NotSigned(string words) =>
        Throws.TypeOf<EvidenceException>().With.Message.StartsWith($"{Arn("evidence")} has not signed: kms:Sign").And.Message.Contains(words);

    private static string Arn(string id) => $"arn:aws:kms:{Sample.Home}:{Sample.Account}:key/{id}";

    private Task<Signer> OpenAsync(string key, TimeSpan? patience = null) =>
        KmsSigner.OpenAsync(key, new AwsSettings([Sample.Home], [], Pace.Off, patience ?? AwsSettings.DefaultPatience, Sandbox.Url), default);

    private async Task<string> ExportAsync(string id)
    {
        using var kms = Sandbox.Kms();
        var key = await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = id });
        return _files.Write($"{id}.pem", System.Security.Cryptography.PemEncoding.WriteString("PUBLIC KEY", key.PublicKey.ToArray()));
    }
}
