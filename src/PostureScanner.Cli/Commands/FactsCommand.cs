using System.CommandLine;
using System.Text.Json;
using PostureScanner.Aws;
using PostureScanner.Core.Facts;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture facts</c>: the vocabulary of policies, and the permissions behind it.</summary>
internal static class FactsCommand
{
    private const string Description = "Prints every fact that a policy may name: its type, its meaning, the call it comes from and that call's IAM action.";

    private const string More = """
        Examples:
          posture facts
          posture facts AWS::S3::Bucket
          posture facts --permissions > posture-read.json
        """;

    public static Command Make(Terminal terminal)
    {
        var kind = new Argument<string?>("KIND") { Description = "Only the facts of this kind, such as AWS::DynamoDB::Table.", Arity = ArgumentArity.ZeroOrOne };
        var permissions = new Option<bool>("--permissions") { Description = "Prints the read-only IAM policy that reading all facts needs." };
        var command = new HelpfulCommand("facts", Description, More) { kind, permissions };
        command.SetAction(parsed =>
        {
            var vocabulary = AwsComposition.Vocabulary;
            var tables = parsed.GetValue(kind) is { } wanted ? vocabulary.Tables.Where(t => t.Kind == wanted).ToList() : [.. vocabulary.Tables];
            if (tables.Count == 0)
            {
                terminal.Error.WriteLine($"posture: '{parsed.GetValue(kind)}' is no kind; kinds are {string.Join(", ", vocabulary.Tables.Select(t => t.Kind))}");
                return ExitCode.Usage;
            }

            if (parsed.GetValue(permissions))
                terminal.Out.Write(IamPolicy(tables.Count == vocabulary.Tables.Length ? vocabulary : new Vocabulary(tables)) + "\n");
            else
                tables.ForEach(table => Print(table, terminal.Out));
            return ExitCode.Nothing;
        });
        return command;
    }

    private static void Print(FactTable table, TextWriter output)
    {
        output.Write($"{table.Kind}\n  listed by {string.Join(", ", table.Listing.Select(CallText))}\n\n");
        foreach (var fact in table.Facts)
        {
            output.Write($"  {fact.Name}  ({fact.Type.ToString().ToLowerInvariant()})\n      {fact.Meaning}\n");
            if (fact.WhenAbsent is { } absent)
                output.Write($"      absent: {absent}\n");
            if (fact.Worse is { } worse)
                output.Write($"      worse: {worse.Name}\n");
            output.Write($"      from {string.Join(", ", fact.Calls.Select(CallText))}\n");
        }

        output.Write('\n');
    }

    private static string CallText(Call call) => call.Permission switch
    {
        null => $"{call.Operation} (no permission needed)",
        var permission when permission == call.Operation => call.Operation,
        var permission => $"{call.Operation} ({permission})",
    };

    // Every action reads, and each must be allowed on every table, bucket and key: the listing comes before the names.
    private static string IamPolicy(Vocabulary vocabulary)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            json.WriteStartObject();
            json.WriteString("Sid", "PostureScannerReads");
            json.WriteString("Effect", "Allow");
            json.WriteStartArray("Action");
            foreach (var permission in vocabulary.Permissions)
                json.WriteStringValue(permission);
            json.WriteEndArray();
            json.WriteString("Resource", "*");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }
}
