using PostureScanner.Core.Drift;

namespace PostureScanner.Core.Reporting;

/// <summary>What changed between two scans, a line or two each.</summary>
public static class ChangesText
{
    public static void Write(IReadOnlyList<Change> changes, TextWriter output, bool colour) => Write(changes, output, new Ink(colour));

    internal static void Write(IReadOnlyList<Change> changes, TextWriter output, Ink ink) => WriteEach(changes.Where(IsWorthALine), output, ink);

    private static void WriteEach(IEnumerable<Change> changes, TextWriter output, Ink ink)
    {
        foreach (var change in changes)
        {
            var subject = change.Resource is { } resource ? $"{ink.Bold(Printable.Of(resource.Name))}  {ink.Dim(resource.Target.Region)}" : ink.Bold(change.Target?.ToString() ?? "policies");
            var turn = change is { PolicyId: not null, After: { } after } ? $"{change.Before ?? "none"} -> {after}" : "";
            output.Write($"{ink.Of(change.Severity, change.Kind.Word().ToUpperInvariant().PadRight(14))} {subject}  {change.PolicyId ?? change.Resource?.Kind}  {Printable.Of(turn)}".TrimEnd() + "\n");
            output.Write($"      {Printable.Of(change.Message)}\n");
        }
    }

    /// <summary>Every change, told or not.</summary>
    public static void WriteAll(IReadOnlyList<Change> changes, TextWriter output, bool colour) => WriteEach(changes, output, new Ink(colour));

    // What turns without an alert has its reason: a report-mode policy, a young resource, a cause that is told already.
    internal static bool IsWorthALine(Change change) =>
        change.Alerts || change.Kind is not (ChangeKind.Regressed or ChangeKind.Recovered or ChangeKind.LeftScope or ChangeKind.WaiverExpired);
}
