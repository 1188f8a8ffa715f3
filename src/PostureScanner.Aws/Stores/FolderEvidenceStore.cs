using PostureScanner.Core.Evidence;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Aws.Stores;

/// <summary>
/// Evidence as files in a folder. A crash leaves a whole file or, at most, a draft, which is no evidence and is listed nowhere. A symbolic link
/// is listed, so that it can be named, and never followed: whoever put it there chose where it leads.
/// </summary>
internal sealed class FolderEvidenceStore(string root) : IEvidenceStore
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public string Place => root;

    public async Task<bool> CreateAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = FileOf(path);
        try
        {
            RefuseLinks(path);
            if (File.Exists(file))
                return false;
            var folder = Path.GetDirectoryName(file)!;
            Directory.CreateDirectory(folder);
            var draft = Path.Combine(folder, EvidencePath.NewDraft());
            try
            {
                await using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
                {
                    content.Position = 0;
                    await content.CopyToAsync(stream, cancellationToken);
                    stream.Flush(flushToDisk: true);
                }

                return NewName.Give(draft, file);
            }
            finally
            {
                File.Delete(draft);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{file} cannot be written: {exception.Message}", exception);
        }
    }

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var file = FileOf(path);
        try
        {
            RefuseLinks(path);
            return Task.FromResult<Stream?>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        Below(EvidencePath.CheckedPrefix(prefix), after, cancellationToken).ToAsyncEnumerable();

    /// <summary>One folder is sorted at a time, and one that lies wholly before the start is not looked into.</summary>
    private IEnumerable<string> Below(string prefix, string? after, CancellationToken cancellationToken)
    {
        foreach (var path in Entries(prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isAfter = string.CompareOrdinal(path, after) > 0;
            if (path.EndsWith('/'))
            {
                if (!isAfter && !after!.StartsWith(path, StringComparison.Ordinal))
                    continue;
                foreach (var below in Below(path, after, cancellationToken))
                    yield return below;
            }
            else if (isAfter)
            {
                yield return path;
            }
        }
    }

    /// <summary>What a folder holds, in the order of whole paths: the slash after a folder's name counts, so <c>a.json</c> stands before <c>a/b</c>.</summary>
    private List<string> Entries(string prefix)
    {
        var folder = Path.Combine(root, prefix);
        try
        {
            RefuseLinks(prefix);
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)
                .Where(entry => entry is DirectoryInfo || !EvidencePath.IsDraft(entry.Name))
                .Select(entry => prefix + entry.Name + (entry is DirectoryInfo { LinkTarget: null } ? "/" : ""))
                .Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException) when (!File.Exists(folder.TrimEnd('/')))
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{folder} cannot be listed: {exception.Message}", exception);
        }
    }

    /// <summary>Of the root and above it the caller decides.</summary>
    private void RefuseLinks(string path)
    {
        var at = root;
        foreach (var part in path.TrimEnd('/').Split('/'))
        {
            at = Path.Combine(at, part);
            if (part.Length > 0 && new FileInfo(at).LinkTarget is { } target)
                throw new EvidenceException($"{at} is a symbolic link (to {Printable.Of(target)}), through which no evidence is read or written; put the files themselves there") { IsOfFile = true };
        }
    }

    private string FileOf(string path) => Path.Combine(root, EvidencePath.Checked(path));
}
