using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture explain</c>: what a policy asks for, or how one resource fares under all of them.</summary>
internal static class ExplainCommand
{
    private const string Description = "Explains a policy, or reads one resource and shows every fact and verdict about it.";

    private const string More = """
        Examples:
          posture explain dynamodb-pitr-enabled
          posture explain --resource arn:aws:dynamodb:eu-west-1:111122223333:table/Orders
        """;

    public static Command Make(Terminal terminal)
    {
        var policy = new Argument<string?>("POLICY") { Description = "A policy's id.", Arity = ArgumentArity.ZeroOrOne };
        var resource = new Option<string?>("--resource") { Description = "The ARN of the table or bucket to read.", HelpName = "ARN" };
        var policies = new PolicyOptions();
        var aws = new AwsOptions();
        var command = new HelpfulCommand("explain", Description, More) { policy, resource };
        policies.AddTo(command);
        aws.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            if (parsed.GetValue(policy) is null == parsed.GetValue(resource) is null)
            {
                await terminal.Error.WriteLineAsync("posture: give a policy's id or --resource ARN, one of the two");
                return ExitCode.Usage;
            }

            if (policies.Open(parsed, terminal) is not { } set)
                return ExitCode.Usage;
            if (parsed.GetValue(policy) is { } id)
                return Policy(id, set, terminal);

            var arn = parsed.GetValue(resource)!;
            var settings = aws.Settings(parsed, terminal);
            if (arn.Split(':') is [_, _, _, { Length: > 0 } region, ..])
            {
                // Beside the others: what copies into a resource, or owns it, may be there.
                settings = settings.Also(region);
            }

            // Nothing is asked about other kinds: their policies say nothing of this resource.
            if (AwsComposition.KindOf(arn) is { } kind)
                set = set with { Policies = [.. set.Policies.Where(p => p.Kind == kind)] };
            var report = await ReadAsync(settings);
            // A bucket's ARN does not name its region; the listing has.
            if (report is { Findings.IsEmpty: true, OutOfScope: [var elsewhere, ..] })
            {
                await terminal.Error.WriteLineAsync($"posture: {Printable.Of(arn)} is in {elsewhere.Target.Region}, which is not among the regions; it is read there");
                report = await ReadAsync(settings.Also(elsewhere.Target.Region));
            }

            return Resource(arn, report, terminal);

            async Task<Report> ReadAsync(AwsSettings where)
            {
                using var run = await ScanRun.OpenAsync(new RunSettings(where, CommandLine.Version, terminal.Folder), set, terminal.Clock, cancelled);
                return await Scan.RunAsync(run, terminal, aws.TimeLimit(parsed), arn, cancelled);
            }
        });
        return command;
    }

    private static int Policy(string id, PolicySet set, Terminal terminal)
    {
        if (set.Policies.FirstOrDefault(p => p.Id == id) is not { } policy)
        {
            terminal.Error.WriteLine($"posture: no loaded policy is called '{id}'{PolicyText.Hint(id, set)}");
            return ExitCode.Usage;
        }

        PolicyText.Write(policy, terminal.Out, terminal.OutColour);
        return ExitCode.Nothing;
    }

    private static int Resource(string arn, Report report, Terminal terminal)
    {
        if (report.Findings.IsEmpty && report.Complete)
        {
            terminal.Error.WriteLine($"posture: {Printable.Of(arn)} was not found: is it of an account that is read, and is some policy about its kind?");
            return ExitCode.Usage;
        }

        ResourceText.Write(report, terminal.Out, terminal.OutColour);
        return ExitCode.Of(report, Severity.Low);
    }
}
