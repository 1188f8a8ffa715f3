namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API did not take what it was given.</summary>
public class RuntimeApiClientException : Exception
{
    internal RuntimeApiClientException(string message, int statusCode)
        : base(message) => StatusCode = statusCode;

    public int StatusCode { get; }
}
