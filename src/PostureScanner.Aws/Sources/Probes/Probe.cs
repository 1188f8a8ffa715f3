using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>One question about one resource: the call, the IAM action it needs, and how it is asked.</summary>
/// <param name="ask">Given everything already read of the resource, so that an answer may depend on another.</param>
internal sealed class Probe<TSubject, TAnswer>(
    string operation, string? permission, Func<Reads<TSubject>, Task<Reading<TAnswer>>> ask)
{
    public Call Call { get; } = new(operation, permission);

    public Task<Reading<TAnswer>> AskAsync(Reads<TSubject> reads) => ask(reads);
}
