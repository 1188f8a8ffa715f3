namespace PostureScanner.Core.Evidence;

/// <summary>Where evidence is kept: files that are created once and never changed.</summary>
public interface IEvidenceStore
{
    /// <summary>The root, as people name it.</summary>
    string Place { get; }

    /// <summary>Writes a file that is not there yet, whole or not at all, and never over another.</summary>
    /// <param name="path">Below the root, its parts joined by <c>/</c>.</param>
    /// <param name="content">Can be read from its beginning more than once.</param>
    /// <returns>False where a file of that path exists: nothing was written.</returns>
    /// <exception cref="EvidenceException">It could not be written, as far as anybody knows.</exception>
    Task<bool> CreateAsync(string path, Stream content, CancellationToken cancellationToken);

    /// <summary>The file's bytes; null where there certainly is none.</summary>
    /// <exception cref="EvidenceException">It cannot be read.</exception>
    Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken);

    /// <summary>The paths of all files below a prefix, in ordinal order.</summary>
    /// <param name="prefix">Ends with <c>/</c>, or is empty for everything.</param>
    /// <param name="after">Only paths that are ordinally greater than this one; null for all.</param>
    /// <exception cref="EvidenceException">They cannot be listed.</exception>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);
}

/// <summary>Evidence that cannot be written or read. The message is a sentence naming the place.</summary>
public sealed class EvidenceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It is about this file alone; another can be read.</summary>
    public bool IsOfFile { get; init; }
}
