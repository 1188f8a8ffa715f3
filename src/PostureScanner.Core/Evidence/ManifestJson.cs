using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Evidence;

/// <summary>Reads and writes <c>posture-evidence/v1</c>.</summary>
internal static class ManifestJson
{
    private const string Schema = "posture-evidence/v1";

    public static byte[] Write(Manifest manifest)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("scanId", manifest.ScanId);
            json.WriteString("startedAt", Instants.Format(manifest.StartedAt));
            json.WriteString("finishedAt", Instants.Format(manifest.FinishedAt));
            json.WriteString("toolVersion", manifest.ToolVersion);
            json.WriteString("policyDigest", manifest.PolicyDigest);
            json.WriteBoolean("complete", manifest.Complete);
            json.WriteStartObject("verdicts");
            json.WriteNumber("pass", manifest.Verdicts.Pass);
            json.WriteNumber("fail", manifest.Verdicts.Fail);
            json.WriteNumber("unknown", manifest.Verdicts.Unknown);
            json.WriteEndObject();
            json.WriteString("clockSkew", manifest.ClockSkew is { } skew ? XmlConvert.ToString(skew) : null);
            WriteArray(json, "callers", manifest.Callers, caller =>
            {
                json.WriteString("account", caller.Account);
                json.WriteString("arn", caller.Arn);
            });
            WriteArray(json, "targets", manifest.Listings, listing => WriteListing(json, listing));
            WriteArray(json, "outOfScope", manifest.OutOfScope, outside =>
            {
                ResourceJson.WriteMembers(json, outside.Target);
                json.WriteString("kind", outside.Kind);
                json.WriteNumber("count", outside.Count);
            });
            json.WriteStartObject("apiCalls");
            foreach (var (operation, count) in manifest.ApiCalls)
                json.WriteNumber(operation, count);
            json.WriteEndObject();
            json.WriteStartArray("appliedToNothing");
            foreach (var policy in manifest.AppliedToNothing)
                json.WriteStringValue(policy);
            json.WriteEndArray();
            WriteArray(json, "files", manifest.Files, file =>
            {
                json.WriteString("name", file.Name);
                json.WriteNumber("size", file.Size);
                json.WriteString("sha256", file.Sha256);
                json.WriteNumber("contentSize", file.ContentSize);
                json.WriteString("contentSha256", file.ContentSha256);
            });
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">It is no manifest of this version.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = document.RootElement;
            if (json.GetProperty("schema").GetString() is var schema && schema != Schema)
                throw new FormatException($"it is of version '{schema}', this program reads '{Schema}'");
            return new Manifest(
                Text(json, "scanId"),
                Instant(json, "startedAt"),
                Instant(json, "finishedAt"),
                Text(json, "toolVersion"),
                Text(json, "policyDigest"),
                json.GetProperty("complete").GetBoolean(),
                ReadVerdicts(json.GetProperty("verdicts")),
                All(json, "callers", c => new Caller(Text(c, "account"), Text(c, "arn"))),
                All(json, "targets", ReadListing),
                All(json, "outOfScope", o => new OutOfScope(ResourceJson.ReadTarget(o), Text(o, "kind"), o.GetProperty("count").GetInt32())),
                [.. json.GetProperty("apiCalls").EnumerateObject().Select(c => (c.Name, c.Value.GetInt32()))],
                All(json, "appliedToNothing", p => p.GetString()!),
                json.GetProperty("clockSkew").GetString() is { } skew ? XmlConvert.ToTimeSpan(skew) : null,
                All(json, "files", f => new FileEntry(Text(f, "name"), f.GetProperty("size").GetInt64(), Text(f, "sha256"), f.GetProperty("contentSize").GetInt64(), Text(f, "contentSha256"))));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static VerdictCounts ReadVerdicts(JsonElement json) => new(json.GetProperty("pass").GetInt32(), json.GetProperty("fail").GetInt32(), json.GetProperty("unknown").GetInt32());

    private static void WriteListing(Utf8JsonWriter json, Listing listing)
    {
        ResourceJson.WriteMembers(json, listing.Target);
        json.WriteString("kind", listing.Kind);
        json.WriteNumber("listed", listing.Listed);
        json.WriteBoolean("complete", listing.Complete);
        json.WriteString("problem", listing.Problem);
        json.WriteStartArray("requestIds");
        foreach (var id in listing.RequestIds)
            json.WriteStringValue(id);
        json.WriteEndArray();
    }

    private static Listing ReadListing(JsonElement json) => new(
        ResourceJson.ReadTarget(json), Text(json, "kind"), json.GetProperty("listed").GetInt32(), json.GetProperty("complete").GetBoolean(), json.GetProperty("problem").GetString())
    {
        RequestIds = All(json, "requestIds", id => id.GetString()!),
    };

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<T> All<T>(JsonElement json, string name, Func<JsonElement, T> read) => [.. json.GetProperty(name).EnumerateArray().Select(read)];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static DateTimeOffset Instant(JsonElement json, string name) => Instants.TryParse(Text(json, name), out var instant) ? instant : throw new FormatException($"'{name}' is no time");
}
