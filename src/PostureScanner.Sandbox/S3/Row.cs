using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>One S3 operation and the request that means it.</summary>
sealed record Row(string Method, string Subresource, string Name, Func<Call, Answer> Run)
{
    /// <summary>Of the account, not of a bucket.</summary>
    public bool AtRoot { get; init; }

    public Operation Operation => new(Name, request => Address.Of(request).Bucket, Run);
}
