using PostureScanner.Aws;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Cli;

/// <summary>Keys by which evidence is signed and checked, by their files or their names in KMS.</summary>
internal static class SigningKeys
{
    /// <summary>A file where there is one of that name, else a key in KMS.</summary>
    /// <exception cref="SettingsException">It is no key that can sign.</exception>
    /// <exception cref="EvidenceException">KMS does not say.</exception>
    public static async Task<Signer?> OpenAsync(string? key, Terminal terminal, AwsSettings settings)
    {
        if (string.IsNullOrEmpty(key))
            return null;
        var path = Path.GetFullPath(key, terminal.Folder);
        if (!File.Exists(path))
            return await KmsSigner.OpenAsync(key, settings, CancellationToken.None);
        return FromFile(() => PemSigner.Open(path));
    }

    /// <exception cref="SettingsException">The file holds no public key.</exception>
    public static SignatureCheck? OpenPublic(string? file, Terminal terminal) =>
        string.IsNullOrEmpty(file) ? null : FromFile(() => SignatureKeys.Open(Path.GetFullPath(file, terminal.Folder)));

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
