using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace PostureScanner.Aws.Clients;

/// <summary>
/// S3 without the SDK's courtesy of swallowing 404s: for GetBucketEncryption, GetBucketReplication, GetBucketLifecycleConfiguration and
/// others it answers an empty response whatever the error code, so a bucket that has vanished would read as "not configured".
/// </summary>
internal sealed class StrictS3Client(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Marshaller>(new ThrowOn404());
    }

    private sealed class ThrowOn404 : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            executionContext.RequestContext.Request.Suppress404Exceptions = false;
            return base.InvokeAsync<T>(executionContext);
        }
    }
}
