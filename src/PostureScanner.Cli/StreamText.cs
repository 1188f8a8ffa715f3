using System.Text;

namespace PostureScanner.Cli;

/// <summary>What writes UTF-8 to a stream, on a text writer.</summary>
internal static class StreamText
{
    /// <param name="write">Writes UTF-8 without a byte order mark.</param>
    public static void Write(TextWriter writer, Action<Stream> write)
    {
        if (writer is StreamWriter stream)
        {
            stream.Flush();
            write(stream.BaseStream);
        }
        else
        {
            using var memory = new MemoryStream();
            write(memory);
            writer.Write(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }

        writer.Write('\n');
    }
}
