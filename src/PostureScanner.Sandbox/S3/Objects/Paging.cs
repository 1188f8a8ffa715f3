using System.Globalization;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>What every listing of a bucket is asked with: which keys, how folded, how many, how written.</summary>
internal sealed record Paging(string Prefix, string Delimiter, int Size, bool IsEncoded)
{
    private const int MostPerPage = 1000;

    public static Paging Of(Call call)
    {
        var query = call.Request.Query;
        var given = query["max-keys"].ToString();
        var size = MostPerPage;
        if (given.Length > 0 && !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out size))
            throw new AwsError(400, "InvalidArgument", "Provided max-keys not an integer or within integer range");
        return new Paging(query["prefix"].ToString(), query["delimiter"].ToString(), Math.Min(size, call.Options.ObjectsPerPage), query["encoding-type"] == "url");
    }

    /// <summary>The key, or the common prefix it is folded into.</summary>
    public string Fold(string key)
    {
        var cut = Delimiter.Length == 0 ? -1 : key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return cut < 0 ? key : key[..(cut + Delimiter.Length)];
    }

    /// <summary>Keys may hold what XML may not; clients ask for percent signs.</summary>
    public string Written(string key) => IsEncoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;
}
