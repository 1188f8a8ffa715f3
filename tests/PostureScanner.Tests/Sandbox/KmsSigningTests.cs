using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using PostureScanner.Sandbox;
using KeySpec = PostureScanner.Sandbox.KeySpec;

namespace PostureScanner.Tests.Sandbox;

internal sealed class KmsSigningTests : SandboxTest
{
    private const string Ecdsa = "ECDSA_SHA_256";
    private const string Rsa = "RSASSA_PKCS1_V1_5_SHA_256";

    private static readonly byte[] Message = "the link of a chain"u8.ToArray();

    private AmazonKeyManagementServiceClient kms = null!;

    [SetUp]
    public void Connect() => kms = Sandbox.Kms();

    [TearDown]
    public void Disconnect() => kms.Dispose();

    [TestCase("ECC_NIST_P256", Ecdsa)]
    [TestCase("RSA_2048", Rsa)]
    [TestCase("RSA_2048", "RSASSA_PSS_SHA_512")]
    public async Task A_signature_of_a_message_is_one_of_its_digest_and_valid_for_both(string spec, string algorithm)
    {
        var key = await CreateAsync(spec);
        var digest = algorithm.EndsWith("512", StringComparison.Ordinal) ? SHA512.HashData(Message) : SHA256.HashData(Message);

        var ofMessage = await SignAsync(key, algorithm, Message, MessageType.RAW);
        var ofDigest = await SignAsync(key, algorithm, digest, MessageType.DIGEST);

        Assert.That((ofMessage.KeyId, ofMessage.SigningAlgorithm.Value), Is.EqualTo((key, algorithm)));
        Assert.That((await VerifyAsync(key, algorithm, digest, MessageType.DIGEST, ofMessage.Signature.ToArray())).SignatureValid, Is.True);
        Assert.That((await VerifyAsync(key, algorithm, Message, MessageType.RAW, ofDigest.Signature.ToArray())).SignatureValid, Is.True);
        Assert.That(() => VerifyAsync(key, algorithm, [.. Message, 0], MessageType.RAW, ofMessage.Signature.ToArray()), Refused("KMSInvalidSignatureException"));
        Assert.That(() => VerifyAsync(key, algorithm, Message, MessageType.RAW, [1, 2, 3]), Refused("KMSInvalidSignatureException"));
    }

    [TestCase("ECC_NIST_P256", "ECDSA_SHA_256")]
    [TestCase("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256")]
    public async Task The_public_key_is_told_with_what_it_is_for(string spec, string algorithm)
    {
        var key = await CreateAsync(spec);

        var told = await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = key });
        var described = (await kms.DescribeKeyAsync(key)).KeyMetadata;

        using AsymmetricAlgorithm read = spec == "RSA_2048" ? RSA.Create() : ECDsa.Create();
        read.ImportSubjectPublicKeyInfo(told.PublicKey.ToArray(), out _);
        Assert.That((told.KeyId, told.KeySpec.Value, told.KeyUsage.Value), Is.EqualTo((key, spec, "SIGN_VERIFY")));
        Assert.That(told.SigningAlgorithms, Has.Member(algorithm));
        Assert.That((described.KeySpec.Value, described.KeyUsage.Value), Is.EqualTo((spec, "SIGN_VERIFY")));
        Assert.That(described.SigningAlgorithms, Is.EqualTo(told.SigningAlgorithms));
        Assert.That(described.EncryptionAlgorithms, Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_key_that_is_not_enabled_signs_nothing()
    {
        var key = await CreateAsync("ECC_NIST_P256");
        await kms.DisableKeyAsync(key);
        Assert.That(() => SignAsync(key, Ecdsa, Message, MessageType.RAW), Throws.InstanceOf<DisabledException>());
        Assert.That(async () => await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = key }), Throws.InstanceOf<DisabledException>());
        await kms.ScheduleKeyDeletionAsync(key, 7);
        Assert.That(() => SignAsync(key, Ecdsa, Message, MessageType.RAW), Throws.InstanceOf<KMSInvalidStateException>());
        Assert.That(() => SignAsync("gone", Ecdsa, Message, MessageType.RAW), Throws.InstanceOf<NotFoundException>());
    }

    [Test]
    public async Task What_does_not_fit_the_key_is_refused()
    {
        Estate.AddKey(new KeySpec("symmetric")).AddKey(new KeySpec("encrypts") { Spec = "RSA_2048", Usage = "ENCRYPT_DECRYPT" });
        var key = await CreateAsync("ECC_NIST_P256");

        Assert.Multiple(() =>
        {
            Assert.That(() => SignAsync("symmetric", Ecdsa, Message, MessageType.RAW), Throws.InstanceOf<InvalidKeyUsageException>());
            Assert.That(() => SignAsync("encrypts", Rsa, Message, MessageType.RAW), Throws.InstanceOf<InvalidKeyUsageException>());
            Assert.That(() => SignAsync(key, Rsa, Message, MessageType.RAW), Throws.InstanceOf<InvalidKeyUsageException>());
            Assert.That(() => SignAsync(key, "ROT13", Message, MessageType.RAW), Refused("ValidationException"));
            Assert.That(() => SignAsync(key, Ecdsa, Message, MessageType.DIGEST), Refused("ValidationException"));
            Assert.That(() => SignAsync(key, Ecdsa, new byte[4097], MessageType.RAW), Refused("ValidationException"));
            Assert.That(async () => await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = "symmetric" }), Throws.InstanceOf<UnsupportedOperationException>());
        });
    }

    [TestCase("ECC_NIST_P256", "ENCRYPT_DECRYPT")]
    [TestCase("SYMMETRIC_DEFAULT", "SIGN_VERIFY")]
    [TestCase("ECC_NIST_P256", null)]
    [TestCase("ECC_SECG_P256K1", "SIGN_VERIFY")]
    public void A_key_that_cannot_be_is_not_made(string spec, string? usage) => Assert.That(
        async () => await kms.CreateKeyAsync(new CreateKeyRequest { KeySpec = spec, KeyUsage = usage }), Refused("ValidationException"));

    [Test]
    public async Task An_estate_names_keys_that_sign_and_a_family_shares_one()
    {
        var estate = PostureScanner.Sandbox.Estate.Parse(
            """
            accounts: [{ id: '111122223333' }]
            regions: [{ name: eu-west-1 }, { name: eu-central-1 }]
            keys:
              - { id: mrk-1, spec: ECC_NIST_P256, multi-region: primary }
              - { id: mrk-1, spec: ECC_NIST_P256, multi-region: replica, region: eu-central-1 }
            """,
            "e.yaml");
        await using var sandbox = await SandboxServer.StartAsync(estate);
        using var here = sandbox.Kms();
        using var there = sandbox.Kms(Clients.Away);
        var (one, other) = (await here.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = "mrk-1" }), await there.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = "mrk-1" }));

        Assert.That(one.KeyUsage, Is.EqualTo(KeyUsageType.SIGN_VERIFY));
        Assert.That(other.PublicKey.ToArray(), Is.EqualTo(one.PublicKey.ToArray()));
    }

    [Test]
    public void An_estates_key_that_cannot_be_is_a_mistake() =>
        Assert.That(() => Estate.AddKey(new KeySpec("k") { Spec = "ECC_NIST_P256", Usage = "ENCRYPT_DECRYPT" }), Throws.InstanceOf<EstateException>());

    private async Task<string> CreateAsync(string spec) =>
        (await kms.CreateKeyAsync(new CreateKeyRequest { KeySpec = spec, KeyUsage = KeyUsageType.SIGN_VERIFY })).KeyMetadata.Arn;

    private async Task<SignResponse> SignAsync(string key, string algorithm, byte[] message, MessageType type)
    {
        using var stream = new MemoryStream(message);
        return await kms.SignAsync(new SignRequest { KeyId = key, SigningAlgorithm = algorithm, Message = stream, MessageType = type });
    }

    private async Task<VerifyResponse> VerifyAsync(string key, string algorithm, byte[] message, MessageType type, byte[] signature)
    {
        using var stream = new MemoryStream(message);
        using var signed = new MemoryStream(signature);
        return await kms.VerifyAsync(new VerifyRequest { KeyId = key, SigningAlgorithm = algorithm, Message = stream, MessageType = type, Signature = signed });
    }
}
