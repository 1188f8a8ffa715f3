using System.Text;

namespace PostureScanner.Cli;

/// <summary>
/// A text file that is replaced only when its successor is whole: a crash leaves the old one or the new one, never half of one. A link stays, and
/// what it leads to is replaced. What holds nothing yet is written straight: a pipe or a device must stay what it is.
/// </summary>
internal static class WholeFile
{
    /// <summary>Why it could not be written, as far as that shows beforehand; null where nothing stands in the way.</summary>
    public static string? ProblemOf(string path)
    {
        if (Directory.Exists(path))
            return "is a folder; name a file in it";
        try
        {
            var target = TargetOf(path);
            if (!Directory.Exists(Path.GetDirectoryName(target)))
                return "cannot be written: the folder does not exist; create it first";
            // Not opened to find out: whoever reads from a pipe would take that for its end.
            if (IsWrittenStraight(target))
                return new FileInfo(target) is { Exists: true, IsReadOnly: true } ? "cannot be written: it is read-only" : null;
            // Under its own name where there is none yet: the name, too, may be impossible.
            Create(File.Exists(target) ? DraftOf(target) : target, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot be written: {exception.Message}";
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<TextWriter, Task<T>> write)
    {
        var target = TargetOf(path);
        if (IsWrittenStraight(target))
            return await WriteStraightAsync(path, write);
        var draft = DraftOf(target);
        try
        {
            T result;
            await using (var writer = Text(Create(draft, FileOptions.None)))
                result = await write(writer);
            File.Move(draft, target, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static async Task<T> WriteStraightAsync<T>(string path, Func<TextWriter, Task<T>> write)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        try
        {
            await using var writer = Text(stream);
            return await write(writer);
        }
        catch
        {
            // An empty file is empty again.
            if (new FileInfo(TargetOf(path)) is { Exists: true, Length: > 0 } file)
                File.WriteAllBytes(file.FullName, []);
            throw;
        }
    }

    /// <summary>What a link leads to in the end, there or not.</summary>
    private static string TargetOf(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // Nothing tells a device or a pipe from an empty file but opening it; all have the length 0, and losing an empty file loses nothing. A pipe
    // without a name is a link in /dev/fd, which leads nowhere: /proc/self/fd/pipe:[4711].
    private static bool IsWrittenStraight(string target) =>
        new FileInfo(target) is { Exists: true, Length: 0 } || target.StartsWith("/proc/", StringComparison.Ordinal) || target.StartsWith("/dev/fd/", StringComparison.Ordinal);

    // In the same folder, for a move between file systems would be a copy.
    private static string DraftOf(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".posture-{Path.GetRandomFileName()}.tmp");

    private static FileStream Create(string path, FileOptions options) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 4096, options);

    private static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
