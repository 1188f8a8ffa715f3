using System.Globalization;
using System.Text;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

internal static class BucketListing
{
    private const int MostPerPage = 10_000;

    private static readonly string[] Parameters = ["max-buckets", "continuation-token", "prefix", "bucket-region"];

    /// <summary>The account's buckets of all regions. Their regions are told only to those who send at least one of the parameters.</summary>
    public static Answer Buckets(Call call)
    {
        var query = call.Request.Query;
        string? Given(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;

        var size = int.TryParse(Given("max-buckets"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : MostPerPage;
        if (size is < 1 or > MostPerPage)
            throw new AwsError(400, "InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000.");
        var region = Given("bucket-region");
        if (region is not null && region != call.Region)
            throw new AwsError(400, "InvalidArgument", $"Argument value {region} is not a valid AWS Region for this endpoint");

        var start = Given("continuation-token") is { } token ? Encoding.UTF8.GetString(FromToken(token)) : null;
        var prefix = Given("prefix");
        size = Math.Min(size, call.Options.BucketsPerPage);
        var rest = call.World.Buckets.Values
            .Where(bucket => bucket.Account == call.Account
                && (region is null || bucket.Region == region)
                && bucket.Name.StartsWith(prefix ?? "", StringComparison.Ordinal)
                && (start is null || string.CompareOrdinal(bucket.Name, start) > 0))
            .Take(size + 1).ToList();
        var tellRegions = Array.Exists(Parameters, name => Given(name) is not null);
        return Xml.Answer(Xml.Of(
            "ListAllMyBucketsResult",
            Xml.Of("Owner", Xml.Of("ID", AccessControl.CanonicalId(call.Account))),
            Xml.Of("Buckets", rest.Take(size).Select(bucket => Xml.Of(
                "Bucket",
                Xml.Of("Name", bucket.Name),
                Xml.Of("CreationDate", Xml.Time(bucket.Created)),
                tellRegions ? Xml.Of("BucketRegion", bucket.Region) : null))),
            Xml.OfAny("Prefix", prefix),
            rest.Count > size ? Xml.Of("ContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(rest[size - 1].Name))) : null));
    }

    public static byte[] FromToken(string token)
    {
        try
        {
            return Convert.FromBase64String(token);
        }
        catch (FormatException)
        {
            throw new AwsError(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
