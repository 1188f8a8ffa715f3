using PostureScanner.Core.Evidence;

namespace PostureScanner.Aws.Stores;

/// <summary>Keys by which evidence is signed and checked, by their files or their names in KMS.</summary>
public static class SigningKeys
{
    /// <summary>A file where there is one of that name, else a key in KMS.</summary>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <exception cref="SettingsException">It is no key that can sign.</exception>
    /// <exception cref="EvidenceException">KMS does not say.</exception>
    public static async Task<Signer> OpenAsync(string key, string folder, AwsSettings settings, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(key, folder);
        return File.Exists(path) ? FromFile(() => PemSigner.Open(path)) : await KmsSigner.OpenAsync(key, settings, cancellationToken);
    }

    /// <exception cref="SettingsException">The file holds no public key.</exception>
    public static SignatureCheck OpenPublic(string path) => FromFile(() => SignatureKeys.Open(path));

    private static T FromFile<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (EvidenceException exception)
        {
            throw new SettingsException(exception.Message, exception);
        }
    }
}
