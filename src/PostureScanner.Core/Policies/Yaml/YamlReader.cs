namespace PostureScanner.Core.Policies.Yaml;

/// <summary>Takes a file's tree apart and notes every problem it meets with its position, instead of stopping at the first.</summary>
internal sealed class YamlReader(string file, ICollection<Problem> problems)
{
    public string File => file;

    public void Problem(YamlNode at, string message) => problems.Add(new Problem(file, at.Line, at.Column, message));

    /// <summary>The mapping's entries by key; keys that stand twice, or are not among <paramref name="known"/>, are problems.</summary>
    public Dictionary<string, YamlNode> Entries(YamlMapping mapping, string what, IReadOnlyCollection<string> known)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Entries)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
                Problem(key, $"{what} has no key '{key.Text}'{Nearest.Hint(key.Text, known)}");
            else if (!entries.TryAdd(key.Text, value))
                Problem(key, $"the key '{key.Text}' stands here a second time; keep one of them");
        }

        return entries;
    }

    /// <summary>Text that must be there and not be empty.</summary>
    public string? RequiredText(Dictionary<string, YamlNode> entries, string key, YamlNode owner, string what)
    {
        if (!entries.TryGetValue(key, out var node))
        {
            Problem(owner, $"{what} needs '{key}'");
            return null;
        }

        return Text(node, key);
    }

    public string? Text(YamlNode node, string key)
    {
        if (node is YamlScalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text))
            return scalar.Text.Trim();
        Problem(node, $"'{key}' must be text");
        return null;
    }

    public YamlSequence? Sequence(YamlNode node, string key)
    {
        if (node is YamlSequence sequence)
            return sequence;
        Problem(node, $"'{key}' must be a list");
        return null;
    }

    /// <summary>One of a fixed set of words.</summary>
    public TValue? Word<TValue>(YamlNode node, string key, IReadOnlyDictionary<string, TValue> words)
        where TValue : struct
    {
        if (Text(node, key) is not { } text)
            return null;
        if (words.TryGetValue(text, out var value))
            return value;
        Problem(node, $"'{key}' is '{text}', must be one of {string.Join(", ", words.Keys)}{Nearest.Hint(text, words.Keys)}");
        return null;
    }
}
