using System.Text.Json;
using PostureScanner.Core.Evaluation;

namespace PostureScanner.Core.Evidence;

/// <summary>Findings as lines of JSON, in the order of ARNs and policies.</summary>
internal static class FindingLines
{
    /// <param name="findings">Of one resource, in the order of policies.</param>
    /// <param name="json">Writes to <paramref name="output"/>; given, so that it is made once.</param>
    public static void Write(IEnumerable<Finding> findings, Utf8JsonWriter json, Stream output)
    {
        foreach (var finding in findings)
        {
            FindingJson.Write(json, finding, since: null);
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }
    }
}
