using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class SecretsManagerTests
{
    [Test]
    public async Task A_secret_is_asked_for_in_JSON()
    {
        await using var listener = await Listener.StartAsync("""{"ARN":"arn","Name":"n","SecretString":"s3cret","VersionStages":["AWSCURRENT"]}""");
        using var secrets = Client(listener);

        var answer = await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "arn" });

        var asked = listener.Asked.Single();
        Assert.That(asked.Body, Is.EqualTo("""{"SecretId":"arn"}"""));
        Assert.That((asked.Headers["X-Amz-Target"], asked.Headers["Content-Type"]), Is.EqualTo(("secretsmanager.GetSecretValue", "application/x-amz-json-1.1")));
        Assert.That(asked.Headers["Authorization"], Does.Contain("/eu-central-1/secretsmanager/aws4_request"));
        Assert.That((answer.ARN, answer.Name, answer.SecretString), Is.EqualTo(("arn", "n", "s3cret")));
    }

    [TestCase("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [TestCase("com.amazonaws.secretsmanager#InvalidRequestException", typeof(InvalidRequestException))]
    [TestCase("InvalidParameterException", typeof(InvalidParameterException))]
    [TestCase("DecryptionFailure", typeof(DecryptionFailureException))]
    [TestCase("InternalServiceError", typeof(InternalServiceErrorException))]
    [TestCase("AccessDeniedException", typeof(AmazonSecretsManagerException))]
    public async Task An_error_is_named(string type, Type exception)
    {
        await using var listener = await Listener.StartAsync(new Answer(400, $$"""{"__type":"{{type}}","Message":"no"}"""));
        using var secrets = Client(listener);

        var error = (AmazonSecretsManagerException)Assert.ThrowsAsync(exception, async () => await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "x" }))!;

        Assert.That((error.ErrorCode, error.Message, (int)error.StatusCode), Is.EqualTo((type.Split('#')[^1], "no", 400)));
    }

    private static AmazonSecretsManagerClient Client(Listener listener) => new(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonSecretsManagerConfig()));
}
