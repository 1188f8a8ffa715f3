using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

internal static class MetricReads
{
    private const int MostQueries = 500;
    private const int SeriesPerPage = 500;

    private static readonly Dictionary<string, Func<IReadOnlyCollection<MetricDatum>, double>> Statistics = new(StringComparer.Ordinal)
    {
        ["Sum"] = data => data.Sum(datum => datum.Sum),
        ["SampleCount"] = data => data.Sum(datum => datum.SampleCount),
        ["Average"] = data => data.Sum(datum => datum.Sum) / data.Sum(datum => datum.SampleCount),
        ["Minimum"] = data => data.Min(datum => datum.Minimum),
        ["Maximum"] = data => data.Max(datum => datum.Maximum),
    };

    /// <summary>In one page, however many points there are; on AWS a point needs some minutes before it is seen, here none.</summary>
    public static JsonObject Get(Call call, JsonObject input)
    {
        var start = input.Time("StartTime") ?? throw Invalid.Missing("StartTime");
        var end = input.Time("EndTime") ?? throw Invalid.Missing("EndTime");
        if (start >= end)
            throw new AwsError(400, "ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
        var queries = input.Objects("MetricDataQueries").ToList();
        if (queries.Count == 0)
            throw Invalid.Missing("MetricDataQueries");
        if (queries.Count > MostQueries)
            throw Invalid.TooMany("MetricDataQueries", MostQueries);
        var ascending = input.Text("ScanBy") == "TimestampAscending";
        return new JsonObject
        {
            ["MetricDataResults"] = queries.Where(query => Switch(query["ReturnData"]) != false).Select(query => Result(call, query, start, end, ascending)).ToJsonArray(),
            ["Messages"] = new JsonArray(),
        };
    }

    public static JsonObject List(Call call, JsonObject input)
    {
        var wanted = input.Objects("Dimensions").Select(dimension => (Name: dimension.Text("Name") ?? "", Value: dimension.Text("Value"))).ToList();
        var from = int.TryParse(input.Text("NextToken") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            ? token
            : throw Invalid.Message("Invalid nextToken");
        var series = Own(call)
            .Where(datum => datum.Namespace == (input.Text("Namespace") ?? datum.Namespace)
                && datum.Name == (input.Text("MetricName") ?? datum.Name)
                && wanted.TrueForAll(dimension => datum.Dimensions.TryGetValue(dimension.Name, out var value) && value == (dimension.Value ?? value)))
            .Select(datum => (Key: $"{datum.Namespace}\n{datum.Name}\n{string.Join('\n', datum.Dimensions)}", Datum: datum))
            .DistinctBy(each => each.Key, StringComparer.Ordinal)
            .OrderBy(each => each.Key, StringComparer.Ordinal)
            .Skip(from)
            .Take(SeriesPerPage + 1)
            .ToList();
        var page = new JsonObject { ["Metrics"] = series.Take(SeriesPerPage).Select(each => Metric(each.Datum)).ToJsonArray() };
        if (series.Count > SeriesPerPage)
            page["NextToken"] = (from + SeriesPerPage).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    private static JsonObject Result(Call call, JsonObject query, DateTimeOffset start, DateTimeOffset end, bool ascending)
    {
        var id = query.Text("Id") ?? throw Invalid.Missing("MetricDataQueries.Id");
        var stat = query["MetricStat"] as JsonObject ?? throw new AwsError(501, "NotImplemented", "The sandbox reads metrics; it computes no expressions.");
        var metric = stat["Metric"] as JsonObject ?? throw Invalid.Missing("MetricStat.Metric");
        var statistic = stat.Text("Stat") ?? throw Invalid.Missing("MetricStat.Stat");
        var compute = Statistics.GetValueOrDefault(statistic) ?? throw new AwsError(501, "NotImplemented", $"The sandbox does not compute the statistic {statistic}.");
        var period = PeriodOf(stat);
        var points = Matching(call, metric, stat.Text("Unit"))
            .GroupBy(datum => Floor(datum.Timestamp, period))
            .Where(point => point.Key >= Floor(start, period) && point.Key < end)
            .OrderBy(point => ascending ? point.Key.Ticks : -point.Key.Ticks)
            .Select(point => (Time: point.Key, Value: compute([.. point])))
            .ToList();
        return new JsonObject
        {
            ["Id"] = id,
            ["Label"] = query.Text("Label") ?? metric.Text("MetricName"),
            ["Timestamps"] = points.Select(point => (JsonNode)JsonValue.Create(point.Time)).ToJsonArray(),
            ["Values"] = points.Select(point => (JsonNode)JsonValue.Create(point.Value)).ToJsonArray(),
            ["StatusCode"] = "Complete",
        };
    }

    private static IEnumerable<MetricDatum> Matching(Call call, JsonObject metric, string? unit)
    {
        var dimensions = metric.Objects("Dimensions").ToDictionary(dimension => dimension.Text("Name") ?? "", dimension => dimension.Text("Value") ?? "", StringComparer.Ordinal);
        return Own(call).Where(datum => datum.Namespace == metric.Text("Namespace")
            && datum.Name == metric.Text("MetricName")
            && datum.Dimensions.Count == dimensions.Count
            && datum.HasAll(dimensions)
            && datum.Unit == (unit ?? datum.Unit));
    }

    private static IEnumerable<MetricDatum> Own(Call call) => call.World.Metrics.Where(datum => datum.Account == call.Account && datum.Region == call.Region);

    private static JsonObject Metric(MetricDatum datum) => new()
    {
        ["Namespace"] = datum.Namespace,
        ["MetricName"] = datum.Name,
        ["Dimensions"] = datum.Dimensions.Select(dimension => new JsonObject { ["Name"] = dimension.Key, ["Value"] = dimension.Value }).ToJsonArray(),
    };

    private static TimeSpan PeriodOf(JsonObject stat)
    {
        var seconds = stat["Period"].Real() ?? throw Invalid.Missing("MetricStat.Period");
        return seconds is 1 or 5 or 10 or 30 || (seconds > 0 && seconds % 60 == 0)
            ? TimeSpan.FromSeconds(seconds)
            : throw new AwsError(400, "ValidationError", "Period must be 1, 5, 10, 30 or a multiple of 60.");
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) => new(time.UtcTicks - (time.UtcTicks % period.Ticks), TimeSpan.Zero);

    private static bool? Switch(JsonNode? node) => node is null ? null : string.Equals(node.ToString(), "true", StringComparison.OrdinalIgnoreCase);
}
