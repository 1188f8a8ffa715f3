using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

internal sealed record Stack
{
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Name { get; init; }

    /// <summary>An ARN. A stack of the same name, created again, has another.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public DateTimeOffset? Deleted { get; init; }
    public string Status { get; init; } = "CREATE_COMPLETE";
    public string Template { get; init; } = "{}";
    public string? Processed { get; init; }
    public string? ParentId { get; init; }
    public string? RootId { get; init; }
    public bool TerminationProtection { get; init; }

    /// <summary>By logical id.</summary>
    public ImmutableSortedDictionary<string, StackResource> Resources { get; init; } = ImmutableSortedDictionary.Create<string, StackResource>(StringComparer.Ordinal);
}

internal sealed record StackResource(string LogicalId, string PhysicalId, string Type, string Status);
