using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace PostureScanner.Cli;

/// <summary>How a scan was told to work, for its evidence: every option that was given, as it was given. Of the one that leads to a secret it says only that it was given.</summary>
internal static class ScanSettings
{
    public static string Of(ParseResult parsed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("command", parsed.CommandResult.Command.Name);
            foreach (var option in parsed.CommandResult.Command.Options.OrderBy(o => o.Name, StringComparer.Ordinal))
            {
                if (parsed.GetResult(option) is not { Implicit: false } given)
                    continue;
                json.WriteStartArray(option.Name.TrimStart('-'));
                foreach (var token in given.Tokens)
                    json.WriteStringValue(option.Name == WatchOptions.SecretOption ? "(a file)" : token.Value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
