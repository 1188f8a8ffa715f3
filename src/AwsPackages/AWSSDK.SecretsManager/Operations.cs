using Amazon.SecretsManager.Model;
using PostureScanner.AwsPackages;

namespace Amazon.SecretsManager;

/// <summary>Secrets Manager speaks JSON 1.1; the operation is named in a header.</summary>
internal static class Operations
{
    public static readonly JsonOperation<GetSecretValueRequest, GetSecretValueResponse> GetSecretValue = new(
        "secretsmanager.GetSecretValue",
        GetSecretValueRequest.Write,
        GetSecretValueResponse.Read,
        new Dictionary<string, Fault>(StringComparer.Ordinal)
        {
            ["DecryptionFailure"] = static (m, i, t, c, r, s) => new DecryptionFailureException(m, i, t, c, r, s),
            ["InternalServiceError"] = static (m, i, t, c, r, s) => new InternalServiceErrorException(m, i, t, c, r, s),
            ["InvalidParameterException"] = static (m, i, t, c, r, s) => new InvalidParameterException(m, i, t, c, r, s),
            ["InvalidRequestException"] = static (m, i, t, c, r, s) => new InvalidRequestException(m, i, t, c, r, s),
            ["ResourceNotFoundException"] = static (m, i, t, c, r, s) => new ResourceNotFoundException(m, i, t, c, r, s),
        });
}
