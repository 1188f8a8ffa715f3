using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

internal static class MetricWrites
{
    private const int MostBytes = 1024 * 1024;
    private const int MostData = 1000;
    private const int LongestNamespace = 255;

    /// <summary>All of the data, or none when one of them is not to CloudWatch's liking.</summary>
    public static JsonObject? Put(Call call, JsonObject input)
    {
        if (call.Request.Body.Length > MostBytes)
            throw new AwsError(413, "RequestEntityTooLarge", $"Request size exceeded limit: {MostBytes.ToString(CultureInfo.InvariantCulture)} bytes");
        var space = input.Text("Namespace") ?? throw Invalid.Missing("Namespace");
        if (space.Length is 0 or > LongestNamespace || !Ascii.IsPrintable(space) || space.StartsWith(':') || space.StartsWith("AWS/", StringComparison.Ordinal))
            throw Invalid.Value("Namespace", space);
        var data = input.Objects("MetricData").ToList();
        if (data.Count == 0)
            throw Invalid.Missing("MetricData");
        if (data.Count > MostData)
            throw Invalid.TooMany("MetricData", MostData);
        call.World = call.World with
        {
            Metrics = call.World.Metrics.AddRange(data.Select((datum, index) =>
                new DatumReader(call, datum, string.Create(CultureInfo.InvariantCulture, $"MetricData.member.{index + 1}")).Read(space))),
        };
        return null;
    }
}
