using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>S3's bucket operations, REST and XML. The settings of a bucket are rows of <see cref="Setting"/>.</summary>
sealed class S3Service() : Service("s3", Rows.Select(row => row.Operation))
{
    static readonly IReadOnlyList<Row> Rows =
    [
        new("GET", "", "ListBuckets", BucketListing.Buckets) { AtRoot = true },
        new("PUT", "", "CreateBucket", Buckets.Create),
        new("DELETE", "", "DeleteBucket", Buckets.Delete),
        new("HEAD", "", "HeadBucket", Buckets.Head),
        new("GET", "", "ListObjects", BucketListing.Objects),
        new("GET", "list-type", "ListObjectsV2", BucketListing.Objects),
        new("GET", "versions", "ListObjectVersions", BucketListing.Versions),
        new("GET", "location", "GetBucketLocation", Buckets.Location),
        .. Setting.All.SelectMany(setting => setting.Rows),
    ];

    static readonly Dictionary<(string Method, string Subresource, bool AtRoot), string> Names =
        Rows.ToDictionary(row => (row.Method, row.Subresource, row.AtRoot), row => row.Name);

    public override string OperationOf(Request request)
    {
        var (bucket, key) = Address.Of(request);
        if (key.Length > 0)
            return ObjectOperation(request.Method);
        var subresource = request.Query.ContainsKey("list-type") ? "list-type" : Address.SubresourceOf(request.Query);
        return Names.GetValueOrDefault((request.Method, subresource, bucket.Length == 0))
            ?? $"{request.Method} {(bucket.Length == 0 ? "/" : "bucket")}{(subresource.Length == 0 ? "" : "?" + subresource)}";
    }

    /// <summary>What carries no other service's mark is S3's.</summary>
    public override bool Claims(Request request) => true;

    public override Answer Error(Request request, AwsError error)
    {
        var body = new XElement(
            "Error",
            new XElement("Code", error.Code),
            new XElement("Message", error.Message),
            error.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => new XElement(detail.Key, detail.Value)),
            new XElement("RequestId", RequestIdOf(request)),
            new XElement("HostId", "sandbox"));
        return Answer.Of(error.Status, "application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body.ToString(SaveOptions.DisableFormatting)) with
        {
            Headers = error.Headers,
        };
    }

    public override AwsError Denied(Request request, Estate estate, string account, string operation, string subject) =>
        Buckets.Denied(estate.World.Buckets.GetValueOrDefault(subject), Denial.Sentence(account, Name, operation, subject));

    public override AwsError Throttled() => new(503, "SlowDown", "Please reduce your request rate.");

    public override AwsError Unsigned(Request request, Estate estate) =>
        Buckets.Denied(estate.World.Buckets.GetValueOrDefault(Address.Of(request).Bucket), "Access Denied");

    public override IEnumerable<(string Name, string Value)> Stamp(Request request) =>
        [("x-amz-request-id", RequestIdOf(request)), ("x-amz-id-2", "sandbox"), ("Server", "AmazonS3")];

    static string RequestIdOf(Request request) => request.Id.Replace("-", "", StringComparison.Ordinal)[^16..].ToUpperInvariant();

    static string ObjectOperation(string method) => method switch
    {
        "GET" => "GetObject",
        "HEAD" => "HeadObject",
        "PUT" => "PutObject",
        "DELETE" => "DeleteObject",
        _ => $"{method} object",
    };
}
