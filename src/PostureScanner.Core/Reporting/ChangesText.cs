using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>What changed between two scans, a line or two each.</summary>
public static class ChangesText
{
    public static void Write(IReadOnlyList<Change> changes, TextWriter output, bool colour)
    {
        var ink = new Ink(colour);
        foreach (var change in changes)
        {
            var verdicts = change is { Before: { } before, After: { } after } ? $"{before.Word()} -> {ink.Of(after, after.Word())}" : "";
            output.Write($"{ink.Of(change.Severity, change.Kind.ToUpperInvariant().PadRight(14))} {ink.Bold(Printable.Of(change.Resource.Name))}  {ink.Dim(change.Resource.Target.Region)}  {change.Policy?.Id ?? change.Resource.Kind}  {verdicts}".TrimEnd() + "\n");
            if (change.Message is { } message)
                output.Write($"      {Printable.Of(message)}\n");
        }
    }
}
