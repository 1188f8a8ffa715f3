namespace PostureScanner.Core.Inventory;

/// <summary>Something whose data must be recoverable, as a listing named it.</summary>
/// <param name="Kind">The CloudFormation type name.</param>
public sealed record Resource(string Kind, string Arn, string Name, Target Target);
