using System.Security.Cryptography;

namespace PostureScanner.Core.Evidence;

/// <summary>A way to sign that links of the chain may use.</summary>
/// <param name="Name">As a <see cref="Signer"/> and a signature claim it.</param>
/// <param name="Keys">Which keys sign so.</param>
public sealed record SigningAlgorithm(string Name, string Keys)
{
    /// <summary>Signatures are DER.</summary>
    public static readonly SigningAlgorithm Ecdsa = new("ECDSA_SHA_256", "EC P-256");

    public static readonly SigningAlgorithm Rsa = new("RSASSA_PKCS1_V1_5_SHA_256", "RSA");

    /// <summary>An empty key, to be imported into.</summary>
    internal AsymmetricAlgorithm NewKey() => this == Ecdsa ? ECDsa.Create() : RSA.Create();

    internal static byte[] Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> data) => key is ECDsa curve
        ? curve.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        : ((RSA)key).SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    internal static bool IsValid(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key is ECDsa curve
        ? curve.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        : ((RSA)key).VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
