using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace PostureScanner.Tests.AwsPackages.Moto;

public sealed class SecretsManagerMotoTests : MotoTest<AmazonSecretsManagerClient>
{
    protected override AmazonSecretsManagerClient Connect() => new(Credentials, Config(new AmazonSecretsManagerConfig()));

    protected override Task ArrangeAsync() => AwsAsync("secretsmanager", "create-secret", "--name", "webhook", "--secret-string", "a secret, ü");

    [Test]
    public async Task A_secret_is_read()
    {
        var answer = await Client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "webhook" });

        Assert.That(answer.SecretString, Is.EqualTo("a secret, ü"));
        Assert.That(answer.ARN, Does.StartWith($"arn:aws:secretsmanager:us-east-1:{Account}:secret:webhook-"));
    }

    [Test]
    public void A_secret_that_is_not_there_is_an_error_of_its_own() =>
        Assert.ThrowsAsync<ResourceNotFoundException>(async () => await Client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "nobody" }));
}
