using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class AmazonSecretsManagerRequest : AmazonWebServiceRequest;

/// <summary>The current version of a secret.</summary>
public class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    /// <summary>ARN or name; of another account's secret the ARN.</summary>
    public string SecretId { get; set; }

    internal static void Write(Utf8JsonWriter json, GetSecretValueRequest request)
    {
        if (request.SecretId is not null)
            json.WriteString(nameof(request.SecretId), request.SecretId);
    }
}

public class GetSecretValueResponse : AmazonWebServiceResponse
{
    public string ARN { get; set; }

    public string Name { get; set; }

    /// <summary>Null where the secret is binary.</summary>
    public string SecretString { get; set; }

    internal static GetSecretValueResponse Read(JsonElement json) => new()
    {
        ARN = Text(json, "ARN"),
        Name = Text(json, "Name"),
        SecretString = Text(json, "SecretString"),
    };

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
