using PostureScanner.Core.Drift;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Tests.Scanning;

/// <summary>Remembers what it was told, and fails on request.</summary>
internal sealed class FakeSink(string id) : ISink
{
    private readonly List<AlertMessage> _messages = [];

    public string Id => id;

    public SinkException? Failing { get; set; }

    /// <summary>The name of a resource of which it takes no message.</summary>
    public string? Refuses { get; set; }

    /// <summary>Happens while it is told.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Never answers.</summary>
    public bool IsSilent { get; set; }

    public int Tries { get; private set; }

    public IReadOnlyList<AlertMessage> Messages => _messages;

    public IReadOnlyList<Alert> Alerts => [.. _messages.SelectMany(m => m.Alerts)];

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        Tries++;
        if (Meanwhile is not null)
            await Meanwhile();
        if (IsSilent)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (Failing is not null)
            throw Failing;
        if (Refuses is not null && message.Alerts.Any(a => a.Resource?.Name == Refuses))
            throw new SinkException($"{id} refuses") { IsOfMessage = true };
        _messages.Add(message);
    }

    public void Reset()
    {
        _messages.Clear();
        Tries = 0;
    }
}
