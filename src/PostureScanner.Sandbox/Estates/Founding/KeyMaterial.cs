using System.Collections.Immutable;
using System.Security.Cryptography;

namespace PostureScanner.Sandbox.Founding;

/// <summary>What kinds of keys there are, what each is for, and what it is made of.</summary>
internal static class KeyMaterial
{
    public const string Symmetric = "SYMMETRIC_DEFAULT";
    public const string P256 = "ECC_NIST_P256";
    public const string Rsa = "RSA_2048";
    public const string Encrypts = "ENCRYPT_DECRYPT";
    public const string Signs = "SIGN_VERIFY";

    public static readonly string[] Specs = [Symmetric, P256, Rsa];
    public static readonly string[] Usages = [Encrypts, Signs];

    /// <summary>A curve signs, a symmetric key encrypts, RSA does either.</summary>
    public static bool Fits(string spec, string usage) => usage == (spec switch { Symmetric => Encrypts, P256 => Signs, _ => usage });

    /// <summary>PKCS#8; empty for a symmetric key, with which nothing here encrypts. As on AWS no two are alike.</summary>
    public static ImmutableArray<byte> New(string spec)
    {
        if (spec == Symmetric)
            return [];
        using AsymmetricAlgorithm key = spec == P256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        return [.. key.ExportPkcs8PrivateKey()];
    }
}
