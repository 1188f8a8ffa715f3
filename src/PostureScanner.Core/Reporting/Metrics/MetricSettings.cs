using System.Collections.Immutable;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>Under which name a scanner publishes, and which resources have metrics of their own.</summary>
/// <param name="Scanner">A name that tells this scanner's metrics from those of others: 1 to 255 printable ASCII characters, not only blanks.</param>
/// <param name="ResourcePatterns">Globs over name or ARN; none = no metrics of single resources.</param>
/// <exception cref="ArgumentException">The scanner's name cannot be one.</exception>
public sealed record MetricSettings(string Scanner, ImmutableArray<string> ResourcePatterns)
{
    public static readonly MetricSettings Default = new("posture", []);

    private const int LongestScanner = 255;

    public string Scanner { get; } = ProblemOf(Scanner) is { } problem ? throw new ArgumentException(problem, nameof(Scanner)) : Scanner;

    public ImmutableArray<string> ResourcePatterns { get; } = ResourcePatterns.IsDefault ? [] : ResourcePatterns;

    /// <summary>Why that cannot be a scanner's name, as a sentence; null where it can.</summary>
    public static string? ProblemOf(string scanner) =>
        scanner.Length is > 0 and <= LongestScanner && scanner.All(c => c is >= ' ' and <= '~') && !string.IsNullOrWhiteSpace(scanner)
            ? null
            : $"'{Printable.Of(scanner)}' cannot name a scanner; a name is 1 to {LongestScanner.ToString(System.Globalization.CultureInfo.InvariantCulture)} printable ASCII characters, not only blanks";
}
