using System.Text;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>The JSON report on a text writer.</summary>
internal static class JsonText
{
    public static void Write(Report report, TextWriter writer)
    {
        if (writer is StreamWriter stream)
        {
            stream.Flush();
            JsonReport.Write(report, stream.BaseStream);
        }
        else
        {
            using var memory = new MemoryStream();
            JsonReport.Write(report, memory);
            writer.Write(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }

        writer.Write('\n');
    }
}
