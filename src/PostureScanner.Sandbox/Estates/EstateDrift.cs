using PostureScanner.Sandbox.Reading;

namespace PostureScanner.Sandbox;

/// <summary>What happens to an estate: steps in order, each with a sentence for people.</summary>
public sealed class EstateDrift
{
    private EstateDrift(IReadOnlyList<(string Say, Action<Estate> Change)> steps)
    {
        Steps = [.. steps.Select(step => step.Say)];
        Changes = [.. steps.Select(step => step.Change)];
    }

    public IReadOnlyList<string> Steps { get; }

    internal IReadOnlyList<Action<Estate>> Changes { get; }

    /// <exception cref="EstateException">The file is not a drift; the message says what and where.</exception>
    public static EstateDrift Parse(string yaml, string fileName) => new(DriftFile.Read(yaml, fileName));

    /// <summary>A bad hour for the demo estate, with one repair in it.</summary>
    public static EstateDrift Demo() => Parse(Embedded.Text("demo-drift.yaml"), "demo-drift.yaml");
}
