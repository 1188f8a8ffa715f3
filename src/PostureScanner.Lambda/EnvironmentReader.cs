using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PostureScanner.Aws;

namespace PostureScanner.Lambda;

/// <summary>Reads settings from environment variables and keeps what is wrong with them. An empty variable is none: a template's unused parameters are empty.</summary>
internal sealed class EnvironmentReader(IReadOnlyDictionary<string, string> environment)
{
    private readonly SortedDictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>A variable of ours that nobody read is a misspelt one.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. _problems,
        .. environment.Keys.Where(k => k.StartsWith("POSTURE_", StringComparison.Ordinal) && !_known.Contains(k)).Order(StringComparer.Ordinal)
            .Select(k => $"{k}: there is no such setting; there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}"),
    ];

    /// <summary>What was given, as JSON, for the evidence. No variable holds a secret, only the names of what does.</summary>
    public string Given
    {
        get
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("command", "lambda");
                foreach (var (name, value) in _given)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    public T Value<T>(string name, Func<string, T> parse, T otherwise)
    {
        if (Find(name) is not { } text)
            return otherwise;
        try
        {
            return parse(text);
        }
        catch (SettingsException exception)
        {
            Problem(name, exception.Message);
            return otherwise;
        }
    }

    public string? Text(string name, Action<string>? check = null) => Value<string?>(
        name,
        text =>
        {
            check?.Invoke(text);
            return text;
        },
        otherwise: null);

    /// <param name="checkEmpty">Whether no list at all has to be checked, too.</param>
    public ImmutableArray<string> List(string name, Action<ImmutableArray<string>>? check = null, bool checkEmpty = false)
    {
        var list = Value<ImmutableArray<string>>(name, SettingText.List, []);
        if (!list.IsEmpty || (checkEmpty && Find(name) is null))
            Check(name, list, check);
        return list;
    }

    /// <summary>Some settings make no sense without another.</summary>
    public void Needs(string needed, string purpose, params string[] names)
    {
        if (Find(needed) is not null)
            return;
        foreach (var name in names.Where(n => Find(n) is not null))
            Problem(name, $"{purpose}: give {needed}, too");
    }

    public void Problem(string name, string problem) => Problem($"{name}: {problem}");

    public void Problem(string problem) => _problems.Add(problem);

    private void Check(string name, ImmutableArray<string> list, Action<ImmutableArray<string>>? check)
    {
        try
        {
            check?.Invoke(list);
        }
        catch (SettingsException exception)
        {
            Problem(name, exception.Message);
        }
    }

    private string? Find(string name)
    {
        _known.Add(name);
        if (!environment.TryGetValue(name, out var text) || string.IsNullOrWhiteSpace(text))
            return null;
        _given[name] = text.Trim();
        return text.Trim();
    }
}
