using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

internal sealed record Topic(string Account, string Region, string Name)
{
    public string Arn => $"arn:aws:sns:{Region}:{Account}:{Name}";
}

/// <summary>Who gets a topic's messages. Only queues get them here; e-mail and web addresses stay unconfirmed.</summary>
internal sealed record Subscription(string Arn, string TopicArn, string Protocol, string Endpoint)
{
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public bool IsRaw => Attributes.GetValueOrDefault("RawMessageDelivery") == "true";

    public bool IsConfirmed => Protocol is "sqs" or "lambda";
}
