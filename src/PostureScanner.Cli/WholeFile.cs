using System.Text;

namespace PostureScanner.Cli;

/// <summary>A text file that is replaced only when its successor is whole: a crash leaves the old one or the new one, never half of one.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<TextWriter, Task<T>> write)
    {
        var draft = path + ".tmp";
        try
        {
            T result;
            await using (var writer = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                result = await write(writer);
            File.Move(draft, path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
