using System.CommandLine;
using PostureScanner.Aws.Doctor;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture doctor</c>: which permissions work, before anything is deployed.</summary>
internal static class DoctorCommand
{
    private const string Description = "Says which permissions of the caller, or of the roles, work against their accounts, by one cheap call each, and which policies each missing one would leave unknown.";

    private const string More = """
        Nothing is changed, and hardly anything is read: where it can, it asks about things that do not exist.

        Examples:
          posture doctor --regions eu-west-1
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
            var diagnoses = await Examination.RunAsync(aws.Settings(parsed, terminal), set, terminal.Clock, cancelled);
            foreach (var account in diagnoses.GroupBy(d => d.Account, StringComparer.Ordinal))
            {
                terminal.Out.Write($"account {account.Key}\n");
                foreach (var diagnosis in account)
                    Write(diagnosis, terminal.Out);
            }

            var missing = diagnoses.Count(d => d.Finding == Finding.Missing);
            var unclear = diagnoses.Count(d => d.Finding == Finding.Unclear);
            terminal.Out.Write($"{Printable.Count(diagnoses.Length, "call")} tried: {(missing == 0 && unclear == 0 ? "everything works" : string.Create(null, $"{missing} missing, {unclear} unclear"))}\n");
            return unclear > 0 ? ExitCode.Incomplete : missing > 0 ? ExitCode.Findings : ExitCode.Nothing;
        });
        return command;
    }

    private static void Write(Diagnosis diagnosis, TextWriter output)
    {
        var permission = diagnosis.Call.Permission is { } action && action != diagnosis.Call.Operation ? $" ({action})" : "";
        output.Write($"  {diagnosis.Finding.ToString().ToLowerInvariant(),-8} {diagnosis.Call.Operation}{permission}\n");
        if (diagnosis.Finding == Finding.Works)
            return;
        output.Write($"           {Printable.Flat(diagnosis.Why ?? "")}\n");
        output.Write($"           without it unknown: {string.Join(", ", diagnosis.Policies)}\n");
    }
}
