using System.Text.Json;

namespace PostureScanner.Lambda;

/// <summary>Fails the invocation, so that Lambda counts an error; everything that could be done was done before.</summary>
internal sealed class RunFailedException(RunSummary summary)
    : Exception($"{string.Join("; ", summary.Problems)}\n{JsonSerializer.Serialize(summary, FunctionJson.Default.RunSummary)}");
