namespace PostureScanner.Sandbox.Wire;

/// <summary>One AWS service: its operations, and the protocol that carries them. A further service is one folder with one of these.</summary>
internal abstract class Service(string name, IEnumerable<Operation> operations)
{
    private readonly Dictionary<string, Operation> operations = operations.ToDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>As in an IAM action: <c>dynamodb</c>, <c>s3</c>.</summary>
    public string Name => name;

    /// <summary>As in a credential scope, where that has another name.</summary>
    public virtual string SigningName => name;

    /// <summary>The operation a request names, whether it is known here or not.</summary>
    public abstract string OperationOf(Request request);

    /// <summary>Whether a request without a signature looks like one for this service.</summary>
    public abstract bool Claims(Request request);

    public abstract Answer Error(Request request, AwsError error);

    public abstract AwsError Denied(Request request, Estate estate, string account, string operation, string subject);

    public abstract AwsError Throttled();

    public abstract AwsError Unsigned(Request request, Estate estate);

    /// <summary>Headers every answer of the service carries.</summary>
    public abstract IEnumerable<(string Name, string Value)> Stamp(Request request);

    public Operation? Find(string operation) => operations.GetValueOrDefault(operation);

    public AwsError Unknown(string operation) =>
        new(501, "NotImplemented", $"The sandbox does not know the operation {name}:{operation}.");
}
