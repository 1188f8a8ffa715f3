namespace PostureScanner.Core.Reporting;

/// <summary>A sink did not take what it was given. The message is a sentence without secrets.</summary>
public sealed class SinkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It was this message that was refused; another may pass.</summary>
    public bool IsOfMessage { get; init; }
}
