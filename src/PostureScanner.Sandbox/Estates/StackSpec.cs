namespace PostureScanner.Sandbox;

/// <summary>
/// A CloudFormation stack as an estate describes it. What is left null takes a sensible value when the stack is added and stays as it is when it is
/// changed. Times are ages. Nothing is built from the template: the estate says which of its tables, buckets and keys the stack owns.
/// </summary>
public sealed record StackSpec(string Name)
{
    /// <summary>The estate's first account when null.</summary>
    public string? Account { get; init; }

    /// <summary>The estate's first region when null.</summary>
    public string? Region { get; init; }

    public TimeSpan? Created { get; init; }

    public TimeSpan? Updated { get; init; }

    /// <summary>How long ago it was deleted: then it is found by its id only, for 90 days. What it owned and the estate still holds was retained.</summary>
    public TimeSpan? Deleted { get; init; }

    /// <summary>By default CREATE_COMPLETE, UPDATE_COMPLETE or DELETE_COMPLETE, as its times say.</summary>
    public string? Status { get; init; }

    /// <summary>As it was submitted: JSON or YAML, word for word.</summary>
    public string? Template { get; init; }

    /// <summary>With its transforms carried out; null where it has none and the two are the same.</summary>
    public string? Processed { get; init; }

    /// <summary>The name of the stack that this one is nested in.</summary>
    public string? Parent { get; init; }

    public bool? TerminationProtection { get; init; }

    /// <summary>By logical id. Replaces what is there; what the estate holds is tagged as CloudFormation tags it.</summary>
    public IReadOnlyDictionary<string, StackResourceSpec>? Resources { get; init; }
}

/// <summary>A thing that a stack owns.</summary>
/// <param name="Type">As <c>AWS::DynamoDB::Table</c>.</param>
/// <param name="PhysicalId">The name of a table or bucket, the id or alias of a key.</param>
public sealed record StackResourceSpec(string Type, string PhysicalId)
{
    internal const string TableType = "AWS::DynamoDB::Table";
    internal const string GlobalTableType = "AWS::DynamoDB::GlobalTable";
    internal const string BucketType = "AWS::S3::Bucket";
    internal const string KeyType = "AWS::KMS::Key";

    /// <summary>CREATE_COMPLETE, DELETE_SKIPPED, ...; the stack's own status when null.</summary>
    public string? Status { get; init; }

    public static StackResourceSpec Table(string name) => new(TableType, name);

    /// <summary>Of its replicas only the one in the stack's region belongs to the stack.</summary>
    public static StackResourceSpec GlobalTable(string name) => new(GlobalTableType, name);

    public static StackResourceSpec Bucket(string name) => new(BucketType, name);

    public static StackResourceSpec Key(string idOrAlias) => new(KeyType, idOrAlias);
}
