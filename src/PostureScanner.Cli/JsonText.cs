using System.Text;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>JSON on a text writer.</summary>
internal static class JsonText
{
    public static void Write(Report report, TextWriter writer) => Write(stream => JsonReport.Write(report, stream), writer);

    public static void Write(Action<Stream> write, TextWriter writer)
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
