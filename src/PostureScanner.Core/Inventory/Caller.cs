namespace PostureScanner.Core.Inventory;

/// <summary>As whom an account was read.</summary>
/// <param name="Arn">The user or assumed role, as the cloud named it.</param>
public sealed record Caller(string Account, string Arn);
