namespace PostureScanner.Core.Reporting.Alerting;

/// <summary>Somebody who is told.</summary>
public interface ISink
{
    /// <summary>Names the sink in the state, the same in every run; holds no secret.</summary>
    string Id { get; }

    /// <summary>Returns when the message was taken. A message may come twice after a crash, with the same ids.</summary>
    /// <exception cref="SinkException">It was not taken, as far as anybody knows.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
