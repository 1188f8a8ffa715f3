namespace PostureScanner.Sandbox.Wire;

/// <summary>One row of a service: what it is called, what it is about, and how it is answered. It runs alone: no two at once on one estate.</summary>
/// <param name="Name">AWS's name, as in an IAM or CloudTrail reference.</param>
/// <param name="Subject">The name of the table, bucket or key, for faults and counts; empty for a listing.</param>
/// <param name="Run">Gives the answer, or throws the <see cref="AwsError"/> AWS would give.</param>
internal sealed record Operation(string Name, Func<Request, string> Subject, Func<Call, Answer> Run)
{
    /// <summary>The IAM action, where it has another name: denying either denies the call.</summary>
    public string Action { get; init; } = Name;

    /// <summary>What of the subject it is about, for faults alone: an object as <c>bucket/key</c>.</summary>
    public Func<Request, string?> Part { get; init; } = _ => null;

    public static Func<Request, string> NoSubject { get; } = _ => "";
}
