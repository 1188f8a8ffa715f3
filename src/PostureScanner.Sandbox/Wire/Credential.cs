using System.Globalization;

namespace PostureScanner.Sandbox.Wire;

/// <summary>Who signs and for what: the scope of a Signature Version 4. The signature itself is not verified.</summary>
internal sealed record Credential(string AccessKey, string Region, string Service)
{
    private const string Prefix = "ASIA";
    private const int AccountDigits = 12;

    /// <summary>Null for a request that is not signed.</summary>
    public static Credential? Read(string? authorization, string? presigned)
    {
        const string Mark = "Credential=";
        var text = authorization ?? "";
        var start = text.IndexOf(Mark, StringComparison.Ordinal);
        var scope = start < 0 ? presigned : text[(start + Mark.Length)..].Split(',')[0].Trim();
        return scope?.Split('/') is [var key, _, var region, var service, "aws4_request"] ? new Credential(key, region, service) : null;
    }

    /// <summary>The access key that stands for a role of an account: the account can be read from it again.</summary>
    public static string KeyFor(string account, int number) =>
        Prefix + account + string.Create(4, number, (letters, n) =>
        {
            for (var i = letters.Length - 1; i >= 0; i--, n /= 26)
                letters[i] = (char)('A' + (n % 26));
        });

    /// <summary>Null where the key names no account.</summary>
    public string? Account =>
        AccessKey.StartsWith(Prefix, StringComparison.Ordinal)
        && AccessKey.Length >= Prefix.Length + AccountDigits
        && long.TryParse(AccessKey.AsSpan(Prefix.Length, AccountDigits), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? AccessKey.Substring(Prefix.Length, AccountDigits)
            : null;
}
