using System.CommandLine;
using PostureScanner.Aws.Doctor;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture doctor</c>: which permissions work, before anything is deployed.</summary>
internal static class DoctorCommand
{
    private const string Description = "Says which permissions of the caller, or of the roles, work against their accounts, by one cheap call each in every region, and which policies each missing one would leave unknown.";

    private const string More = """
        Nothing is changed, and hardly anything is read: where it can, it asks about things that do not exist.
        A line that names regions holds for these; one that names none, for all. About buckets one bucket is asked, in its region.

        Examples:
          posture doctor --regions eu-west-1,eu-central-1
          posture doctor --regions all
          posture doctor --role-arns arn:aws:iam::111122223333:role/PostureReader --policies ./our-policies

        Exit codes: 0 everything works; 1 something is missing; 2 bad usage or settings; 3 something could not be tried.
        """;

    public static Command Make(Terminal terminal)
    {
        var policies = new PolicyOptions();
        var aws = new AwsOptions();
        var command = new HelpfulCommand("doctor", Description, More);
        policies.AddTo(command);
        aws.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            if (policies.Open(parsed, terminal) is not { } set)
                return ExitCode.Usage;
            using var outOfTime = new CancellationTokenSource(aws.TimeLimit(parsed), terminal.Clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, outOfTime.Token);
            var accounts = await Examination.RunAsync(aws.Settings(parsed, terminal), set, terminal.Clock, stop.Token);
            foreach (var account in accounts)
            {
                terminal.Out.Write($"account {account.Account}{In(account.Regions)}\n");
                foreach (var diagnosis in account.Diagnoses)
                    Write(diagnosis, terminal.Out);
            }

            var diagnoses = accounts.SelectMany(a => a.Diagnoses).ToList();
            var missing = diagnoses.Count(d => d.Is(Permitted.Missing));
            var unclear = diagnoses.Count(d => d.Is(Permitted.Unclear));
            terminal.Out.Write($"{Printable.Count(diagnoses.Count, "call")} tried: {(missing == 0 && unclear == 0 ? "everything works" : string.Create(null, $"{missing} missing, {unclear} unclear"))}\n");
            return unclear > 0 ? ExitCode.Incomplete : missing > 0 ? ExitCode.Findings : ExitCode.Nothing;
        });
        return command;
    }

    private static void Write(Diagnosis diagnosis, TextWriter output)
    {
        var permission = diagnosis.Call.Permission is { } action && action != diagnosis.Call.Operation ? $" ({action})" : "";
        foreach (var answer in diagnosis.Answers)
        {
            output.Write($"  {answer.Permitted.ToString().ToLowerInvariant(),-8} {diagnosis.Call.Operation}{permission}{In(answer.Regions)}\n");
            if (answer.Why is { } why)
                output.Write($"           {Printable.Flat(why)}\n");
        }

        if (diagnosis.Is(Permitted.Missing) || diagnosis.Is(Permitted.Unclear))
            output.Write($"           without it unknown: {string.Join(", ", diagnosis.Policies)}\n");
    }

    private static string In(IReadOnlyCollection<string> regions) => regions.Count == 0 ? "" : $" in {string.Join(", ", regions)}";
}
