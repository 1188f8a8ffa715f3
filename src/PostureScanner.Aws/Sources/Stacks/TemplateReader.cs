namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>Reads a template in either of CloudFormation's languages.</summary>
internal static class TemplateReader
{
    /// <summary>Null where it cannot be read; what a parser has to say of it would quote it.</summary>
    public static Template? Read(string body)
    {
        var text = body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        // JSON is YAML, but for tabs and long keys; YAML may begin with a brace, too.
        return (text.StartsWith('{') ? Try(JsonTemplate.Read, text) : null) ?? Try(YamlTemplate.Read, text);
    }

    private static Template? Try(Func<string, Template?> read, string text)
    {
        try
        {
            return read(text);
        }
        // Broad on purpose: whatever a parser throws, its message quotes the template and must go no further.
        catch (Exception)
        {
            return null;
        }
    }
}
