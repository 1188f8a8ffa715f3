using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostureScanner.Core.Evidence;

/// <summary>A key in a PEM file: EC on P-256, or RSA of 2048 bits or more.</summary>
/// <param name="PrivateKey">PKCS#8; null where the file holds only the public part.</param>
internal sealed record KeyFile(SigningAlgorithm Algorithm, byte[] PublicKey, byte[]? PrivateKey)
{
    private const int ShortestRsa = 2048;
    private const string Certificate = "CERTIFICATE";

    private static readonly string? P256 = ECCurve.NamedCurves.nistP256.Oid.Value;

    /// <summary>By its public part, which everybody may know.</summary>
    public string Id => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(PublicKey))}";

    /// <exception cref="EvidenceException">There is no such key in the file.</exception>
    public static KeyFile Read(string path)
    {
        var text = Text(path);
        var labels = Labels(text);
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new EvidenceException($"the key in {path} is encrypted; give one without a passphrase, readable by its user alone");
        if (labels.Count == 0)
            throw new EvidenceException($"{path} holds no key in PEM form, which begins with -----BEGIN");
        using var key = Imported(text, labels) ?? throw new EvidenceException($"{path} holds no one key that can be used here: it must be EC P-256 or RSA, in PEM form");
        if (key is RSA { KeySize: < ShortestRsa } rsa)
            throw new EvidenceException($"the RSA key in {path} has {rsa.KeySize} bits; it must have {ShortestRsa} or more");
        if (key is ECDsa curve && !IsP256(curve))
            throw new EvidenceException($"the EC key in {path} is on another curve than P-256, the only one used here");
        return new KeyFile(
            key is ECDsa ? SigningAlgorithm.Ecdsa : SigningAlgorithm.Rsa,
            key.ExportSubjectPublicKeyInfo(),
            labels.Exists(label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)) ? key.ExportPkcs8PrivateKey() : null);
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"the key {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static List<string> Labels(string text)
    {
        var labels = new List<string>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            labels.Add(rest[fields.Label].ToString());
            rest = rest[fields.Location.End..];
        }

        return labels;
    }

    /// <summary>A key of the file, or else its certificate's. What the file calls PRIVATE KEY or PUBLIC KEY may be either kind.</summary>
    private static AsymmetricAlgorithm? Imported(string text, List<string> labels)
    {
        if (labels.TrueForAll(label => label == Certificate))
            return OfCertificate(text);
        foreach (var algorithm in (SigningAlgorithm[])[SigningAlgorithm.Ecdsa, SigningAlgorithm.Rsa])
        {
            var key = algorithm.NewKey();
            try
            {
                key.ImportFromPem(text);
                return key;
            }
            // The other kind, a damaged key, or more than one.
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                key.Dispose();
            }
        }

        return null;
    }

    private static AsymmetricAlgorithm? OfCertificate(string text)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(text);
            return (AsymmetricAlgorithm?)certificate.GetECDsaPublicKey() ?? certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true } curve && curve.Oid.Value == P256;
}
