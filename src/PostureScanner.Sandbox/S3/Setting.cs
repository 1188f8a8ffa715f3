using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>A part of a bucket's configuration that is put, read and deleted as one XML document, and kept verbatim.</summary>
/// <param name="Subresource">The query key.</param>
/// <param name="Root">The root element of the document.</param>
/// <param name="Missing">What a bucket that never had it answers.</param>
internal sealed record Setting(string Subresource, string Root, Missing Missing)
{
    public required string Get { get; init; }

    public string? Put { get; init; }

    public string? Delete { get; init; }

    public Func<Bucket, string, XElement?> Read { get; init; } = (bucket, subresource) => bucket.Settings.GetValueOrDefault(subresource);

    public Func<Bucket, string, XElement?, Bucket> Write { get; init; } = (bucket, subresource, value) => bucket.With(subresource, value);

    /// <summary>What AWS wants of a bucket before it takes the document; null when it takes it.</summary>
    public Func<Bucket, XElement, AwsError?> Refuse { get; init; } = (_, _) => null;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyList<Setting> All { get; } = SettingTable.All;

    public IEnumerable<Row> Rows
    {
        get
        {
            yield return new Row("GET", Subresource, Get, Answering);
            if (Put is not null)
                yield return new Row("PUT", Subresource, Put, Putting);
            if (Delete is not null)
                yield return new Row("DELETE", Subresource, Delete, Deleting);
        }
    }

    private Answer Answering(Call call)
    {
        var bucket = Buckets.Find(call);
        var answer = Xml.Answer(Read(bucket, Subresource) ?? Missing.Of(bucket));
        return Headers.Aggregate(answer, (answered, header) => answered.With(header.Key, header.Value));
    }

    private Answer Putting(Call call)
    {
        var bucket = Buckets.FindOwn(call);
        var document = Xml.Parse(call.Request, Root);
        if (Refuse(bucket, document) is { } refusal)
            throw refusal;
        call.World = call.World.Put(Write(bucket, Subresource, document));
        return new Answer(200, "application/xml", default);
    }

    private Answer Deleting(Call call)
    {
        call.World = call.World.Put(Write(Buckets.FindOwn(call), Subresource, null));
        return new Answer(204, "application/xml", default);
    }
}

/// <summary>What stands in for a setting that was never made: a document, or an error.</summary>
internal sealed record Missing(Func<Bucket, XElement> Of)
{
    public static Missing Error(string code, string message) => new(bucket => throw new AwsError(404, code, message)
    {
        Details = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("BucketName", bucket.Name),
    });

    public static Missing Document(Func<XElement> document) => new(_ => document());
}
