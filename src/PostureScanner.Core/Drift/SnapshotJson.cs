using System.Collections.Immutable;
using System.Text.Json;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>A snapshot that cannot be used: broken, or of a newer version. Never the same as "there is none".</summary>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads and writes <c>posture-snapshot/v1</c>.</summary>
public static class SnapshotJson
{
    private const string Schema = "posture-snapshot/v1";
    private const string Resources = "resources";

    private static readonly (FactType Type, string Word)[] Types = [.. Enum.GetValues<FactType>().Select(t => (t, t.ToString().ToLowerInvariant()))];

    public static void Write(Snapshot snapshot, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = false });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("scanId", snapshot.ScanId);
        json.WriteString("startedAt", Instants.Format(snapshot.StartedAt));
        if (snapshot.ScheduledTime is { } scheduled)
            json.WriteString("scheduledTime", Instants.Format(scheduled));
        json.WriteStartObject("policies");
        foreach (var (id, policy) in snapshot.Policies)
        {
            json.WriteStartObject(id);
            json.WriteString("digest", policy.Digest);
            json.WriteString("severity", policy.Severity.Word());
            json.WriteString("mode", policy.Mode.Word());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("waiversDigest", snapshot.WaiversDigest);
        json.WriteStartArray("targets");
        foreach (var target in snapshot.Targets)
        {
            json.WriteStartObject();
            ResourceJson.WriteMembers(json, target.Target);
            json.WriteString("kind", target.Kind);
            json.WriteBoolean("lost", target.Lost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray(Resources);
        foreach (var resource in snapshot.Resources.Values)
        {
            WriteResource(json, resource);
            if (json.BytesPending > 64 * 1024)
                json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("outbox");
        foreach (var entry in snapshot.Outbox)
            WriteEntry(json, entry);
        json.WriteEndArray();
        json.WriteStartObject("sinks");
        foreach (var (sink, served) in snapshot.Sinks)
            json.WriteString(sink, Instants.Format(served));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One resource after the other: a document of the whole would take several times its size.</summary>
    /// <exception cref="SnapshotException">It is not one, or not of this version.</exception>
    public static Snapshot Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            ImmutableSortedDictionary<string, ResourceState>? resources = null;
            var reader = new Utf8JsonReader(json);
            Take(ref reader, JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (name == Resources)
                {
                    resources = ReadResources(ref reader);
                    continue;
                }

                members[name] = JsonElement.ParseValue(ref reader);
                if (name == "schema" && members[name].GetString() is var schema && schema != Schema)
                    throw new SnapshotException($"the state is of version '{schema}', this program reads '{Schema}'; use the program that wrote it, or another state");
            }

            // What comes after the end is refused by the reader.
            reader.Read();
            return Of(members, resources ?? throw new FormatException($"'{Resources}' is missing"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new SnapshotException($"the state cannot be read: {exception.Message}", exception);
        }
    }

    private static Snapshot Of(Dictionary<string, JsonElement> members, ImmutableSortedDictionary<string, ResourceState> resources)
    {
        _ = members["schema"];
        return new Snapshot(
            members["scanId"].GetString() ?? throw new FormatException("'scanId' is null"),
            Instant(members["startedAt"]),
            members["policies"].EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => ReadPolicy(p.Value), StringComparer.Ordinal),
            members["waiversDigest"].GetString() ?? throw new FormatException("'waiversDigest' is null"),
            [.. members["targets"].EnumerateArray().Select(t => new TargetState(ResourceJson.ReadTarget(t), Text(t, "kind"), t.GetProperty("lost").GetBoolean()))],
            resources)
        {
            ScheduledTime = members.TryGetValue("scheduledTime", out var scheduled) ? Instant(scheduled) : null,
            Outbox = [.. members["outbox"].EnumerateArray().Select(ReadEntry)],
            Sinks = members["sinks"].EnumerateObject().ToImmutableSortedDictionary(s => s.Name, s => Instant(s.Value), StringComparer.Ordinal),
        };
    }

    private static ImmutableSortedDictionary<string, ResourceState> ReadResources(ref Utf8JsonReader reader)
    {
        var resources = ImmutableSortedDictionary.CreateBuilder<string, ResourceState>(StringComparer.Ordinal);
        // The same few names in every resource, kept once.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Take(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var state = ReadResource(document.RootElement, name => names.TryGetValue(name, out var known) ? known : names[name] = name);
            resources.Add(state.Resource.Arn, state);
        }

        return resources.ToImmutable();
    }

    private static void Take(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected)
            throw new FormatException($"{expected} was expected, and {reader.TokenType} found");
    }

    private static PolicyState ReadPolicy(JsonElement json) => new(
        Text(json, "digest"), Words.Severities[json.GetProperty("severity").GetString()!], Words.Modes[json.GetProperty("mode").GetString()!]);

    private static void WriteEntry(Utf8JsonWriter json, OutboxEntry entry)
    {
        json.WriteStartObject();
        json.WriteStartArray("sinks");
        foreach (var sink in entry.Sinks)
            json.WriteStringValue(sink);
        json.WriteEndArray();
        AlertJson.WriteMembers(json, entry.Alert);
        json.WriteEndObject();
    }

    private static OutboxEntry ReadEntry(JsonElement json) =>
        new(AlertJson.Read(json), [.. json.GetProperty("sinks").EnumerateArray().Select(s => s.GetString() ?? throw new FormatException("a sink has no name"))]);

    private static void WriteResource(Utf8JsonWriter json, ResourceState state)
    {
        json.WriteStartObject();
        ResourceJson.WriteMembers(json, state.Resource);
        json.WriteString("firstSeen", state.FirstSeen is { } firstSeen ? Instants.Format(firstSeen) : null);
        json.WriteStartObject("facts");
        foreach (var (name, value) in state.Facts)
            WriteFact(json, name, value);
        json.WriteEndObject();
        json.WriteStartObject("findings");
        foreach (var (policy, finding) in state.Findings)
            WriteFinding(json, policy, finding);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ResourceState ReadResource(JsonElement json, Func<string, string> once)
    {
        var resource = ResourceJson.Read(json);
        return new ResourceState(
            resource with { Kind = once(resource.Kind), Target = new Target(once(resource.Target.Account), once(resource.Target.Region)) },
            json.GetProperty("firstSeen") is { ValueKind: JsonValueKind.String } firstSeen ? Instant(firstSeen) : null,
            json.GetProperty("facts").EnumerateObject().ToImmutableSortedDictionary(f => once(f.Name), f => ReadFact(f.Value), StringComparer.Ordinal),
            json.GetProperty("findings").EnumerateObject().ToImmutableSortedDictionary(f => once(f.Name), f => ReadFinding(f.Value), StringComparer.Ordinal));
    }

    private static void WriteFinding(Utf8JsonWriter json, string policy, FindingState finding)
    {
        json.WriteStartObject(policy);
        json.WriteString("decided", finding.Decided?.Word());
        json.WriteString("since", Instants.Format(finding.Since));
        json.WriteNumber("unknownScans", finding.UnknownScans);
        json.WriteBoolean("held", finding.Held);
        json.WriteStartArray("turns");
        foreach (var turn in finding.Turns)
            json.WriteStringValue(Instants.Format(turn));
        json.WriteEndArray();
        json.WriteBoolean("flapping", finding.Flapping);
        if (finding.Told is { } told)
            json.WriteString("told", Instants.Format(told));
        json.WriteEndObject();
    }

    private static FindingState ReadFinding(JsonElement json) => new(
        json.GetProperty("decided").GetString() is { } word ? Words.Verdicts[word] : null,
        Instant(json.GetProperty("since")),
        json.GetProperty("unknownScans").GetInt32(),
        json.GetProperty("held").GetBoolean(),
        [.. json.GetProperty("turns").EnumerateArray().Select(Instant)],
        json.GetProperty("flapping").GetBoolean(),
        json.TryGetProperty("told", out var told) ? Instant(told) : null);

    // With its type: "35d" alone could be a text.
    private static void WriteFact(Utf8JsonWriter json, string name, FactValue? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WritePropertyName(Array.Find(Types, t => t.Type == value.Type).Word);
        FactJson.Write(json, value);
        json.WriteEndObject();
    }

    private static FactValue? ReadFact(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        var typed = json.EnumerateObject().Single();
        return FactJson.Read(Array.Find(Types, t => t.Word == typed.Name) is { Word: not null } type ? type.Type : throw new FormatException($"no type is called '{typed.Name}'"), typed.Value);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static DateTimeOffset Instant(JsonElement json) =>
        Instants.TryParse(json.GetString() ?? "", out var instant) ? instant : throw new FormatException($"'{json.GetString()}' is no time");
}
