using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts a function together: its handler, and what runs before it.</summary>
public class LambdaBootstrapBuilder
{
    private readonly LambdaHandler _handler;
    private LambdaBootstrapInitializer _initializer;

    private LambdaBootstrapBuilder(LambdaHandler handler) => _handler = handler;

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) => new(async (input, context) =>
    {
        var output = await handler(serializer.Deserialize<TInput>(input), context);
        using var answer = new MemoryStream();
        serializer.Serialize(output, answer);
        return answer.ToArray();
    });

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _initializer);
}
