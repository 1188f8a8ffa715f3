using System.Xml.Linq;
using PostureScanner.Sandbox.S3.Objects;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>S3's operations on buckets and objects, REST and XML. The settings of a bucket are rows of <see cref="Setting"/>.</summary>
internal sealed class S3Service() : Service("s3", Rows.Select(row => row.Operation))
{
    /// <summary>The action without which a missing key is not told from a forbidden one.</summary>
    public const string ListBucket = "ListBucket";

    private static readonly IReadOnlyList<Row> Rows =
    [
        new("GET", "", "ListBuckets", BucketListing.Buckets) { Of = Scope.Account, Action = "ListAllMyBuckets" },
        new("PUT", "", "CreateBucket", Buckets.Create),
        new("DELETE", "", "DeleteBucket", Buckets.Delete),
        new("HEAD", "", "HeadBucket", Buckets.Head) { Action = ListBucket },
        new("GET", "", "ListObjects", ObjectListing.Old) { Action = ListBucket },
        new("GET", "list-type", "ListObjectsV2", ObjectListing.New) { Action = ListBucket },
        new("GET", "versions", "ListObjectVersions", VersionListing.Versions) { Action = "ListBucketVersions" },
        new("POST", "delete", "DeleteObjects", ObjectDeletes.Many) { Action = "DeleteObject" },
        new("PUT", "", "PutObject", ObjectWrites.Put) { Of = Scope.Object },
        new("GET", "", "GetObject", ObjectReads.Get) { Of = Scope.Object },
        new("HEAD", "", "HeadObject", ObjectReads.Head) { Of = Scope.Object, Action = "GetObject" },
        new("DELETE", "", "DeleteObject", ObjectDeletes.One) { Of = Scope.Object },
        new("GET", "location", "GetBucketLocation", Buckets.Location),
        .. Setting.All.SelectMany(setting => setting.Rows),
    ];

    private static readonly Dictionary<(string Method, string Subresource, Scope Of), string> Names =
        Rows.ToDictionary(row => (row.Method, row.Subresource, row.Of), row => row.Name);

    public override string OperationOf(Request request)
    {
        var scope = Address.Of(request).Scope;
        var subresource = Address.SubresourceOf(request.Query);
        if (scope == Scope.Object && request.Header("x-amz-copy-source") is not null)
            return "CopyObject";
        return Names.GetValueOrDefault((request.Method, subresource, scope))
            ?? $"{request.Method} {scope switch { Scope.Account => "/", Scope.Bucket => "bucket", _ => "object" }}{(subresource.Length == 0 ? "" : "?" + subresource)}";
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

    private static string RequestIdOf(Request request) => request.Id.Replace("-", "", StringComparison.Ordinal)[^16..].ToUpperInvariant();
}
