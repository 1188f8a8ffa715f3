namespace PostureScanner.Sandbox;

/// <summary>What was published to SNS, read from within.</summary>
public sealed class Topics
{
    private readonly Estate estate;

    internal Topics(Estate estate) => this.estate = estate;

    /// <summary>The ARNs, in ordinal order.</summary>
    public IReadOnlyList<string> Arns => [.. estate.World.Topics.All.Select(topic => topic.Arn)];

    /// <summary>In the order they were published.</summary>
    public IReadOnlyList<Notification> Messages => estate.World.Notifications;

    /// <param name="topic">Name or ARN.</param>
    public IReadOnlyList<Notification> Of(string topic) =>
        estate.World.Notifications.FindAll(notification => notification.TopicArn == topic || notification.TopicArn.EndsWith($":{topic}", StringComparison.Ordinal));
}
