using System.Diagnostics;
using System.Security.Cryptography;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Tests.Evidence;

internal sealed class SigningTests
{
    private static readonly string[] Private = ["pkcs8", "old"];
    private static readonly string[] Any = ["pkcs8", "old", "public", "old public", "certificate"];

    private readonly PemKeys _files = new();

    [OneTimeTearDown]
    public void Remove_files() => _files.Dispose();

    [Test]
    public async Task A_signature_holds_for_its_data_key_and_algorithm_and_for_nothing_else(
        [Values("EC", "RSA")] string kind, [ValueSource(nameof(Private))] string form, [ValueSource(nameof(Any))] string known)
    {
        using var key = New(kind);
        using var stranger = New(kind);
        var signer = PemSigner.Open(_files.Write(key, form));
        var signature = await signer.SignDataAsync();

        Assert.That(signer.Algorithm, Is.EqualTo(kind == "EC" ? "ECDSA_SHA_256" : "RSASSA_PKCS1_V1_5_SHA_256"));
        signature.HoldsOnlyFor(SignatureKeys.Open(_files.Write(key, known)), signer.Algorithm, SignatureKeys.Open(_files.Write(stranger, "public")));
    }

    [Test]
    public void A_key_is_named_by_its_public_part()
    {
        using var key = New("EC");
        var id = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))}";
        Assert.That(PemSigner.Open(_files.Write(key, "pkcs8")).KeyId, Is.EqualTo(id));
        Assert.That(SignatureKeys.Open(_files.Write(key, "certificate")).Description, Is.EqualTo($"EC P-256 key {id}"));
    }

    [Test]
    public async Task One_signer_serves_many_at_once()
    {
        using var key = New("EC");
        var path = _files.Write(key, "pkcs8");
        var (signer, check) = (PemSigner.Open(path), SignatureKeys.Open(path));
        var valid = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => check.IsValid(SignerSteps.Data, await signer.SignDataAsync(), signer.Algorithm))));
        Assert.That(valid, Is.All.True);
    }

    [TestCase("encrypted", "is encrypted")]
    [TestCase("public", "signs nothing; give the private key")]
    [TestCase("certificate", "signs nothing; give the private key")]
    public void A_file_that_cannot_sign_says_why(string form, string words)
    {
        using var key = New("EC");
        Assert.That(() => PemSigner.Open(_files.Write(key, form)), Refused(words));
    }

    [Test]
    public void A_key_that_is_not_for_this_says_why()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var weak = RSA.Create(1024);
        using var good = New("EC");

        Assert.Multiple(() =>
        {
            Assert.That(() => PemSigner.Open(_files.Write(curve, "pkcs8")), Refused("on another curve than P-256"));
            Assert.That(() => SignatureKeys.Open(_files.Write(curve, "certificate")), Refused("on another curve than P-256"));
            Assert.That(() => PemSigner.Open(_files.Write(weak, "old")), Refused("has 1024 bits; it must have 2048 or more"));
            Assert.That(() => SignatureKeys.Open(_files["missing.pem"]), Refused("missing.pem cannot be read"));
            Assert.That(() => SignatureKeys.Open(_files.Write("text.pem", "hello")), Refused("holds no key in PEM form"));
            Assert.That(() => SignatureKeys.Open(_files.Write("damaged.pem", "-----BEGIN PUBLIC KEY-----", "AAAA", "-----END PUBLIC KEY-----")), Refused("holds no one key"));
            Assert.That(() => SignatureKeys.Open(_files.Write("broken.pem", "-----BEGIN CERTIFICATE-----", "AAAA", "-----END CERTIFICATE-----")), Refused("holds no one key"));
            Assert.That(() => SignatureKeys.Open(_files.Write("two.pem", good.ExportSubjectPublicKeyInfoPem(), good.ExportSubjectPublicKeyInfoPem())), Refused("holds no one key"));
        });
    }

    [TestCase("EC")]
    [TestCase("RSA")]
    public async Task Other_software_agrees(string kind)
    {
        RequireOpenSsl();
        using var key = New(kind);
        await File.WriteAllBytesAsync(_files["data"], SignerSteps.Data);
        await File.WriteAllBytesAsync(_files["signature"], await PemSigner.Open(_files.Write(key, "pkcs8")).SignDataAsync());
        Assert.That(await OpenSslAsync("dgst", "-sha256", "-verify", _files.Write(key, "public"), "-signature", _files["signature"], _files["data"]), Does.Contain("Verified OK"));
    }

    [TestCase("ecparam", "-name", "prime256v1", "-genkey")]
    [TestCase("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")]
    [TestCase("genrsa", "-traditional", "2048")]
    public async Task Its_keys_are_taken_as_it_writes_them(params string[] command)
    {
        RequireOpenSsl();
        var path = _files.Write($"{command[0]}.pem", await OpenSslAsync(command));
        var signer = PemSigner.Open(path);
        Assert.That(SignatureKeys.Open(path).IsValid(SignerSteps.Data, await signer.SignDataAsync(), signer.Algorithm), Is.True);
    }

    private static AsymmetricAlgorithm New(string kind) => kind == "EC" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);

    private static NUnit.Framework.Constraints.Constraint Refused(string words) => Throws.TypeOf<EvidenceException>().With.Message.Contains(words);

    private static void RequireOpenSsl()
    {
        if (!EndToEnd.Program.IsOnPath("openssl"))
            Assert.Ignore("openssl is absent");
    }

    private static async Task<string> OpenSslAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await error);
        return output;
    }
}
