namespace PostureScanner.Core.Evidence;

/// <summary>Signs with a private key in a local file.</summary>
public static class PemSigner
{
    /// <param name="path">PEM, unencrypted: PKCS#8, SEC 1 or PKCS#1, EC P-256 or RSA of 2048 bits or more.</param>
    /// <exception cref="EvidenceException">The file holds no such key.</exception>
    public static Signer Open(string path)
    {
        var file = KeyFile.Read(path);
        if (file.PrivateKey is not { } material)
            throw new EvidenceException($"{path} holds the public part of a key, which signs nothing; give the private key");
        return new Signer(file.Algorithm.Name, file.Id, (data, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A key of its own for each signature: the platform's keys are not made for several threads.
            using var key = file.Algorithm.NewKey();
            key.ImportPkcs8PrivateKey(material, out _);
            return Task.FromResult(SigningAlgorithm.Sign(key, data.Span));
        });
    }
}
