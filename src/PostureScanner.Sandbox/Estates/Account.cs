namespace PostureScanner.Sandbox;

public sealed record Account(string Id, string Name);

/// <summary>A region of the estate; <paramref name="OptIn"/> is <c>opt-in-not-required</c>, <c>opted-in</c> or <c>not-opted-in</c>.</summary>
public sealed record Region(string Name, string OptIn = "opt-in-not-required");

/// <summary>Where a table, bucket, key or stack stands.</summary>
public sealed record Place(string Account, string Region, string Name);
