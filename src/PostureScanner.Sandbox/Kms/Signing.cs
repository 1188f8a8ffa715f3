using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

/// <summary>Asymmetric keys at work: Sign, Verify and GetPublicKey, with signatures that any other software can check.</summary>
internal static class Signing
{
    private const int LongestMessage = 4096;

    private static readonly ImmutableArray<Algorithm> Algorithms =
    [
        new("ECDSA_SHA_256", KeyMaterial.P256, HashAlgorithmName.SHA256, 32),
        new("RSASSA_PKCS1_V1_5_SHA_256", KeyMaterial.Rsa, HashAlgorithmName.SHA256, 32, RSASignaturePadding.Pkcs1),
        new("RSASSA_PKCS1_V1_5_SHA_384", KeyMaterial.Rsa, HashAlgorithmName.SHA384, 48, RSASignaturePadding.Pkcs1),
        new("RSASSA_PKCS1_V1_5_SHA_512", KeyMaterial.Rsa, HashAlgorithmName.SHA512, 64, RSASignaturePadding.Pkcs1),
        new("RSASSA_PSS_SHA_256", KeyMaterial.Rsa, HashAlgorithmName.SHA256, 32, RSASignaturePadding.Pss),
        new("RSASSA_PSS_SHA_384", KeyMaterial.Rsa, HashAlgorithmName.SHA384, 48, RSASignaturePadding.Pss),
        new("RSASSA_PSS_SHA_512", KeyMaterial.Rsa, HashAlgorithmName.SHA512, 64, RSASignaturePadding.Pss),
    ];

    public static IEnumerable<string> AlgorithmsOf(Key key) => Algorithms.Where(algorithm => algorithm.Spec == key.Spec).Select(algorithm => algorithm.Name);

    public static JsonObject Sign(Call call, JsonObject input)
    {
        var (key, algorithm, digest) = Asked(call, input);
        return new JsonObject { ["KeyId"] = key.Arn, ["Signature"] = Convert.ToBase64String(algorithm.Sign(key, digest)), ["SigningAlgorithm"] = algorithm.Name };
    }

    public static JsonObject Verify(Call call, JsonObject input)
    {
        var (key, algorithm, digest) = Asked(call, input);
        return algorithm.IsValid(key, digest, Bytes(input, "Signature"))
            ? new JsonObject { ["KeyId"] = key.Arn, ["SignatureValid"] = true, ["SigningAlgorithm"] = algorithm.Name }
            : throw new AwsError(400, "KMSInvalidSignatureException", "The signature verification failed.");
    }

    public static JsonObject PublicKey(Call call, JsonObject input)
    {
        var key = Usable(Keys.Find(call, input));
        if (key.Spec == KeyMaterial.Symmetric)
            throw new AwsError(400, "UnsupportedOperationException", $"{key.Arn} is symmetric: it has no public key.");
        using AsymmetricAlgorithm material = key.Spec == KeyMaterial.P256 ? ECDsa.Create() : RSA.Create();
        material.ImportPkcs8PrivateKey(key.Material.AsSpan(), out _);
        var answer = new JsonObject { ["PublicKey"] = Convert.ToBase64String(material.ExportSubjectPublicKeyInfo()) };
        foreach (var (name, value) in KeyJson.Kind(key))
            answer[name] = value.Copy();
        answer["KeyId"] = key.Arn;
        return answer;
    }

    private static (Key Key, Algorithm Algorithm, byte[] Digest) Asked(Call call, JsonObject input)
    {
        var key = Usable(Keys.Find(call, input));
        if (key.Usage != KeyMaterial.Signs)
            throw new AwsError(400, "InvalidKeyUsageException", $"{key.Arn} key usage is {key.Usage} which is not valid for {call.Operation.Name}.");
        var name = input.Text("SigningAlgorithm") ?? "";
        var algorithm = Algorithms.FirstOrDefault(each => each.Name == name)
            ?? throw Invalid($"1 validation error detected: Value '{name}' at 'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set");
        return algorithm.Spec == key.Spec
            ? (key, algorithm, DigestOf(input, algorithm))
            : throw new AwsError(400, "InvalidKeyUsageException", $"Algorithm {name} is incompatible with key spec {key.Spec}.");
    }

    private static byte[] DigestOf(JsonObject input, Algorithm algorithm)
    {
        var message = Bytes(input, "Message");
        return (input.Text("MessageType") ?? "RAW") switch
        {
            "RAW" when message.Length is > 0 and <= LongestMessage => CryptographicOperations.HashData(algorithm.Hash, message),
            "RAW" => throw Invalid("1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length between 1 and 4096"),
            "DIGEST" when message.Length == algorithm.DigestLength => message,
            "DIGEST" => throw Invalid($"Digest is invalid length for algorithm {algorithm.Name}."),
            var type => throw Invalid($"1 validation error detected: Value '{type}' at 'messageType' failed to satisfy constraint: Member must satisfy enum value set: [RAW, DIGEST]"),
        };
    }

    private static Key Usable(Key key) => key.State switch
    {
        "Enabled" => key,
        "Disabled" => throw new AwsError(400, "DisabledException", $"{key.Arn} is disabled."),
        "PendingDeletion" => throw new AwsError(400, "KMSInvalidStateException", $"{key.Arn} is pending deletion."),
        var state => throw new AwsError(400, "KMSInvalidStateException", $"{key.Arn} is {state}."),
    };

    private static byte[] Bytes(JsonObject input, string member)
    {
        var text = input.Text(member) ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw new AwsError(400, "SerializationException", $"{member} is not Base64");
    }

    private static AwsError Invalid(string message) => new(400, "ValidationException", message);

    /// <param name="Padding">Null for a curve.</param>
    private sealed record Algorithm(string Name, string Spec, HashAlgorithmName Hash, int DigestLength, RSASignaturePadding? Padding = null)
    {
        public byte[] Sign(Key key, byte[] digest)
        {
            using var curve = ECDsa.Create();
            using var rsa = RSA.Create();
            Import(key, curve, rsa);
            return Padding is null ? curve.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence) : rsa.SignHash(digest, Hash, Padding);
        }

        public bool IsValid(Key key, byte[] digest, byte[] signature)
        {
            using var curve = ECDsa.Create();
            using var rsa = RSA.Create();
            Import(key, curve, rsa);
            return Padding is null ? curve.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence) : rsa.VerifyHash(digest, signature, Hash, Padding);
        }

        private void Import(Key key, ECDsa curve, RSA rsa) => ((AsymmetricAlgorithm)(Padding is null ? curve : rsa)).ImportPkcs8PrivateKey(key.Material.AsSpan(), out _);
    }
}
