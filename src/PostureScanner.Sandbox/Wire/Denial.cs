namespace PostureScanner.Sandbox.Wire;

internal static class Denial
{
    public static string Sentence(string account, string service, string operation, string subject) =>
        $"User: arn:aws:iam::{account}:user/sandbox is not authorized to perform: {service}:{operation} on resource: "
        + $"{(subject.Length == 0 ? "*" : subject)} because no identity-based policy allows the {service}:{operation} action";
}
