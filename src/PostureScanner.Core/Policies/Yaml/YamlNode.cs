using System.Collections.Immutable;

namespace PostureScanner.Core.Policies.Yaml;

/// <summary>A YAML node that knows where it stands.</summary>
internal abstract record YamlNode(int Line, int Column);

/// <param name="Plain">Written without quotes: only then is <c>~</c> a null.</param>
internal sealed record YamlScalar(int Line, int Column, string Text, bool Plain) : YamlNode(Line, Column)
{
    public bool IsNull => Plain && Text is "" or "~" or "null";
}

internal sealed record YamlSequence(int Line, int Column, ImmutableArray<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>Keys in the order of the file; a key that stands twice stands twice here, so that it can be reported.</summary>
internal sealed record YamlMapping(int Line, int Column, ImmutableArray<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column);
