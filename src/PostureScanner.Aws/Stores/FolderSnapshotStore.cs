using System.Security.Cryptography;
using PostureScanner.Core.Drift;

namespace PostureScanner.Aws.Stores;

/// <summary>The state as a file in a folder. Writers take turns by a lock file, so that of two scanners one wins and the other knows.</summary>
internal sealed class FolderSnapshotStore(string folder, TimeProvider clock) : ISnapshotStore
{
    private const int MostLooks = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private string File => Path.Combine(folder, "state.json");

    public async Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await BytesAsync(cancellationToken) is not { } bytes)
                return null;
            return new StoredSnapshot(SnapshotJson.Read(bytes), Version(bytes));
        }
        catch (SnapshotException exception)
        {
            throw new SnapshotException($"{File}: {exception.Message}{KeptAside()}. Remove the state only if a new baseline is what you want", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException($"{File} cannot be read: {exception.Message}", exception);
        }
    }

    public async Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await using var turn = await TurnAsync(cancellationToken);
            if ((await BytesAsync(cancellationToken) is { } bytes ? Version(bytes) : null) != expected)
                return null;
            // Beside the state and then over it: a crash leaves the old one or the new one, never half of one.
            var draft = File + ".tmp";
            string version;
            await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite))
            {
                SnapshotJson.Write(snapshot, stream);
                stream.Flush(flushToDisk: true);
                stream.Position = 0;
                version = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            }

            System.IO.File.Move(draft, File, overwrite: true);
            return version;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException($"{File} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Another writer is done in a moment, and only then is it known whether the state is still the expected one.</summary>
    /// <exception cref="IOException">It is not our turn for two seconds.</exception>
    private async Task<FileStream> TurnAsync(CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "state.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException && look < MostLooks)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private string KeptAside()
    {
        var aside = File + ".unreadable";
        try
        {
            System.IO.File.Copy(File, aside, overwrite: true);
            return $"; a copy is kept as {aside}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "; no copy of it could be kept";
        }
    }

    private async Task<byte[]?> BytesAsync(CancellationToken cancellationToken) =>
        System.IO.File.Exists(File) ? await System.IO.File.ReadAllBytesAsync(File, cancellationToken) : null;

    private static string Version(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
