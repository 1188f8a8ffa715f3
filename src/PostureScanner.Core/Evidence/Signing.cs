namespace PostureScanner.Core.Evidence;

/// <summary>Signs links of the chain.</summary>
/// <param name="Algorithm"><c>ECDSA_SHA_256</c> (DER) or <c>RSASSA_PKCS1_V1_5_SHA_256</c>, as AWS KMS names them.</param>
/// <param name="KeyId">The key's ARN, or the SHA-256 of a local key's public part.</param>
/// <param name="SignAsync">Given the bytes to be signed. Throws <see cref="EvidenceException"/>.</param>
public sealed record Signer(string Algorithm, string KeyId, Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> SignAsync);

/// <summary>The public part of the key that signs, for whoever verifies offline.</summary>
/// <param name="IsValid">Given bytes, signature and the algorithm it claims; false for anything that is not this key's signature.</param>
public sealed record SignatureCheck(string Description, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, string, bool> IsValid);
