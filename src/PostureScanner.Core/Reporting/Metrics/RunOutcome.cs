namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>What became of a scan after its report was made.</summary>
/// <param name="OutboxDepth">Alerts that some sink has not taken yet.</param>
/// <param name="IsSaved">State and evidence were written.</param>
public sealed record RunOutcome(int OutboxDepth, bool IsSaved);
