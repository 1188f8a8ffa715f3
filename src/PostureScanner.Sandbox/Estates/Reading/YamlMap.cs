using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostureScanner.Sandbox.Reading;

/// <summary>A mapping that is asked for the keys it may have; what nobody asked for is a problem.</summary>
internal sealed class YamlMap(YamlMappingNode node, Problems problems)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public bool HoldsMap(string key) => Find(key) is YamlMappingNode;

    public bool HoldsList(string key) => Find(key) is YamlSequenceNode;

    public void Problem(string? key, string message) => problems.Add(key is null ? node : Find(key) ?? node, message);

    public string? Text(string key) => Scalar(key) is { } scalar && !IsNull(scalar) ? scalar.Value : null;

    public string Required(string key)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        Problem(key, $"\"{key}\" is required");
        return "?";
    }

    public string? OneOf(string key, params string[] values)
    {
        var text = Text(key);
        if (text is not null && !values.Contains(text, StringComparer.Ordinal))
            Problem(key, $"\"{key}\" is {string.Join(", ", values[..^1])} or {values[^1]}, not {text}{Near.To(text, values)}");
        return text;
    }

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => Wrong<bool>(key, text, "true or false"),
    };

    public long? Number(string key) => Text(key) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number
        : Wrong<long>(key, text, "a number");

    /// <summary>A span as <c>400d</c>, <c>3h</c>, <c>5m</c> or <c>30s</c>.</summary>
    public TimeSpan? Span(string key) =>
        Text(key) is not { } text ? null : Spans.Parse(text) ?? Wrong<TimeSpan>(key, text, "a span such as 400d, 3h, 5m or 30s");

    public int? Days(string key)
    {
        var span = Span(key);
        if (span is { } given && given.Ticks % TimeSpan.TicksPerDay != 0)
            Problem(key, $"\"{key}\" is a number of whole days");
        return (int?)span?.TotalDays;
    }

    public YamlMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, problems),
        _ => WrongKind<YamlMap>(key, "a mapping"),
    };

    public IReadOnlyList<YamlMap>? Maps(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Select(MapOf).OfType<YamlMap>()],
        _ => WrongKind<IReadOnlyList<YamlMap>>(key, "a list"),
    };

    /// <summary>A mapping of names to mappings.</summary>
    public IReadOnlyList<KeyValuePair<string, YamlMap>>? MapOfMaps(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => [.. map
            .Select(pair => (Name: WordOf(pair.Key), Map: MapOf(pair.Value)))
            .Where(pair => pair is { Name: not null, Map: not null })
            .Select(pair => KeyValuePair.Create(pair.Name!, pair.Map!))],
        _ => WrongKind<IReadOnlyList<KeyValuePair<string, YamlMap>>>(key, "a mapping"),
    };

    public IReadOnlyList<string>? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Select(item => WordOf(item) ?? "")],
        _ => WrongKind<IReadOnlyList<string>>(key, "a list"),
    };

    /// <summary>Keys and words as they stand; <c>~</c> is null.</summary>
    public IReadOnlyDictionary<string, string?>? Words(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => map.ToDictionary(pair => WordOf(pair.Key) ?? "", pair => WordOf(pair.Value), StringComparer.Ordinal),
        _ => WrongKind<IReadOnlyDictionary<string, string?>>(key, "a mapping"),
    };

    /// <summary>Says of every key that nothing asked for that it is unknown.</summary>
    public void Done()
    {
        foreach (var key in node.Children.Keys.Where(key => !asked.Contains(key.ToString())))
            problems.Add(key, $"unknown key \"{key}\"{Near.To(key.ToString(), asked)}");
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }

    private YamlScalarNode? Scalar(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => scalar,
        _ => WrongKind<YamlScalarNode>(key, "a word"),
    };

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null";

    private T? WrongKind<T>(string key, string wanted)
        where T : class
    {
        Problem(key, $"\"{key}\" must be {wanted}");
        return null;
    }

    private T? Wrong<T>(string key, string text, string wanted)
        where T : struct
    {
        Problem(key, $"\"{key}\" must be {wanted}, not {text}");
        return null;
    }

    private YamlMap? MapOf(YamlNode item)
    {
        if (item is YamlMappingNode map)
            return new YamlMap(map, problems);
        problems.Add(item, "must be a mapping");
        return null;
    }

    private string? WordOf(YamlNode item)
    {
        if (item is YamlScalarNode scalar)
            return IsNull(scalar) ? null : scalar.Value;
        problems.Add(item, "must be a word");
        return null;
    }
}
