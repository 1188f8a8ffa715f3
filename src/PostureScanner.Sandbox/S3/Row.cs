using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>One S3 operation and the request that means it.</summary>
internal sealed record Row(string Method, string Subresource, string Name, Func<Call, Answer> Run)
{
    public Scope Of { get; init; } = Scope.Bucket;

    /// <summary>The IAM action, where it has another name.</summary>
    public string? Action { get; init; }

    public Operation Operation => new(Name, request => Address.Of(request).Bucket, Run)
    {
        Action = Action ?? Name,
        Part = request => Of == Scope.Object && Address.Of(request) is var (bucket, key) ? $"{bucket}/{key}" : null,
    };
}

/// <summary>What a path names.</summary>
internal enum Scope
{
    Account,
    Bucket,
    Object,
}
