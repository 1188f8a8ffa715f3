using System.Security.Cryptography;

namespace PostureScanner.Core.Evidence;

/// <summary>Opens keys that check signatures, without asking anybody.</summary>
public static class SignatureKeys
{
    /// <param name="path">PEM: a public key, a certificate, or a private key, of which only the public part is used.</param>
    /// <exception cref="EvidenceException">The file holds no such key.</exception>
    public static SignatureCheck Open(string path)
    {
        var file = KeyFile.Read(path);
        return new SignatureCheck(
            $"{file.Algorithm.Keys} key {file.Id}",
            (data, signature, algorithm) => algorithm == file.Algorithm.Name && IsValid(file, data.Span, signature.Span));
    }

    private static bool IsValid(KeyFile file, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = file.Algorithm.NewKey();
        key.ImportSubjectPublicKeyInfo(file.PublicKey, out _);
        try
        {
            return SigningAlgorithm.IsValid(key, data, signature);
        }
        catch (CryptographicException)
        {
            // Bytes that are no signature at all.
            return false;
        }
    }
}
