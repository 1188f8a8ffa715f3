using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

internal sealed record Queue(string Account, string Region, string Name, DateTimeOffset Created)
{
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>In the order they came.</summary>
    public ImmutableList<QueueMessage> Messages { get; init; } = [];

    public string Arn => $"arn:aws:sqs:{Region}:{Account}:{Name}";
}

internal sealed record QueueMessage(string Id, string Body, DateTimeOffset Sent)
{
    public IReadOnlyDictionary<string, MessageAttributeValue> Attributes { get; init; } = ImmutableSortedDictionary<string, MessageAttributeValue>.Empty;

    /// <summary>Until then it is somebody's who received it.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    public int Received { get; init; }

    /// <summary>Another for each time it is received.</summary>
    public string Handle => System.FormattableString.Invariant($"{Id}#{Received}");
}
