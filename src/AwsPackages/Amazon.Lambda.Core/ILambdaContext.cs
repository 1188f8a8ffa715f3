namespace Amazon.Lambda.Core;

/// <summary>What a function may know of its invocation and of itself.</summary>
public interface ILambdaContext
{
    /// <summary>The same for every attempt at one asynchronous event.</summary>
    string AwsRequestId { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Until Lambda ends the invocation, done or not; never counts up.</summary>
    TimeSpan RemainingTime { get; }
}
