using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A handler with its serializer: from the event's JSON to the answer's.</summary>
internal delegate Task<byte[]> LambdaHandler(Stream input, ILambdaContext context);
