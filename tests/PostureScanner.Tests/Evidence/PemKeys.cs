using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Tests.Evidence;

/// <summary>Keys in the forms in which people have them, in a folder that goes away.</summary>
internal sealed class PemKeys : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public string this[string name] => Path.Combine(_folder, name);

    public string Write(string name, params string[] pem)
    {
        File.WriteAllLines(this[name], pem);
        return this[name];
    }

    /// <summary>A private key and the public parts of it, under the names that <see cref="Form"/> has.</summary>
    public string Write(AsymmetricAlgorithm key, string form) => Write($"{Guid.NewGuid():N}.pem", Form(key, form));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Form(AsymmetricAlgorithm key, string form) => form switch
    {
        "pkcs8" => key.ExportPkcs8PrivateKeyPem(),
        "old" => key is ECDsa curve ? curve.ExportECPrivateKeyPem() : ((RSA)key).ExportRSAPrivateKeyPem(),
        "public" => key.ExportSubjectPublicKeyInfoPem(),
        "old public" => key is RSA rsa ? rsa.ExportRSAPublicKeyPem() : key.ExportSubjectPublicKeyInfoPem(),
        "certificate" => Certificate(key),
        "encrypted" => key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    private static string Certificate(AsymmetricAlgorithm key)
    {
        var request = key is ECDsa curve
            ? new CertificateRequest("CN=posture", curve, HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=posture", (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }
}

internal static class SignerSteps
{
    public static readonly byte[] Data = "{\"sequence\":1}"u8.ToArray();

    public static Task<byte[]> SignDataAsync(this Signer signer) => signer.SignAsync(Data, default);

    /// <summary>A signature holds for its data, key and algorithm, and for nothing else.</summary>
    public static void HoldsOnlyFor(this byte[] signature, SignatureCheck check, string algorithm, SignatureCheck other, byte[]? data = null) => Assert.Multiple(() =>
    {
        Assert.That(check.IsValid(data ?? Data, signature, algorithm), Is.True);
        Assert.That(check.IsValid(Flipped(data ?? Data), signature, algorithm), Is.False, "other data");
        Assert.That(check.IsValid(data ?? Data, Flipped(signature), algorithm), Is.False, "other signature");
        Assert.That(check.IsValid(data ?? Data, signature.AsMemory(..^1), algorithm), Is.False, "less");
        Assert.That(check.IsValid(data ?? Data, default, algorithm), Is.False, "none");
        Assert.That(check.IsValid(data ?? Data, "no DER"u8.ToArray(), algorithm), Is.False, "no signature");
        Assert.That(check.IsValid(data ?? Data, signature, algorithm == "ECDSA_SHA_256" ? "RSASSA_PKCS1_V1_5_SHA_256" : "ECDSA_SHA_256"), Is.False, "other algorithm");
        Assert.That(check.IsValid(data ?? Data, signature, "none"), Is.False, "no algorithm");
        Assert.That(other.IsValid(data ?? Data, signature, algorithm), Is.False, "other key");
    });

    private static byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        flipped[^2] ^= 1;
        return flipped;
    }
}
