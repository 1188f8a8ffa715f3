namespace PostureScanner.Core.Drift;

/// <summary>Where the last scan's state is kept.</summary>
public interface ISnapshotStore
{
    /// <summary>The last state; null only where there certainly is none.</summary>
    /// <exception cref="SnapshotException">There is one that cannot be used, or it cannot be known whether there is one.</exception>
    Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the state that was read, and no other.</summary>
    /// <param name="expected">The version that was read; null where there was none.</param>
    /// <returns>The version now standing there; null where another scanner has written meanwhile: its state stands.</returns>
    /// <exception cref="SnapshotException">It cannot be written.</exception>
    Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken);
}

/// <param name="Version">Names exactly this state, for a conditional write.</param>
public sealed record StoredSnapshot(Snapshot Snapshot, string Version);
