using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

/// <summary>One datum of a PutMetricData, and what CloudWatch refuses in it.</summary>
internal sealed class DatumReader(Call call, JsonObject datum, string at)
{
    private const int MostDimensions = 30;
    private const int MostValues = 150;
    private const int LongestName = 255;
    private const int LongestValue = 1024;

    private static readonly double Largest = Math.Pow(2, 360);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None",
        "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
        "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second",
    };

    public MetricDatum Read(string space)
    {
        var name = datum.Text("MetricName") ?? throw Invalid.Missing($"{at}.MetricName");
        if (name.Length is 0 or > LongestName || !Ascii.IsPrintable(name))
            throw Invalid.Value($"{at}.MetricName", name);
        var unit = datum.Text("Unit") ?? "None";
        if (!Units.Contains(unit))
            throw Invalid.Value($"{at}.Unit", unit);
        var resolution = (int)(datum["StorageResolution"].Real() ?? 60);
        if (resolution is not (1 or 60))
            throw Invalid.Value($"{at}.StorageResolution", resolution.ToString(CultureInfo.InvariantCulture));
        return Statistics(new MetricDatum(space, name)
        {
            Account = call.Account,
            Region = call.Region,
            Dimensions = Dimensions(),
            Timestamp = Timestamp(),
            Unit = unit,
            StorageResolution = resolution,
        });
    }

    private DateTimeOffset Timestamp()
    {
        if (datum["Timestamp"] is null)
            return call.Now;
        var time = datum.Time("Timestamp") ?? throw Invalid.Value($"{at}.Timestamp", datum["Timestamp"]!.ToString());
        if (time < call.Now - Oldest)
            throw Invalid.Message($"The parameter {at}.Timestamp must specify a time no more than two weeks in the past.");
        return time <= call.Now + Newest ? time : throw Invalid.Message($"The parameter {at}.Timestamp must specify a time no more than two hours in the future.");
    }

    private ImmutableSortedDictionary<string, string> Dimensions()
    {
        var dimensions = datum.Objects("Dimensions").ToList();
        if (dimensions.Count > MostDimensions)
            throw Invalid.TooMany($"{at}.Dimensions", MostDimensions);
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < dimensions.Count; i++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{at}.Dimensions.member.{i + 1}");
            var name = dimensions[i].Text("Name") ?? throw Invalid.Missing($"{where}.Name");
            var value = dimensions[i].Text("Value") ?? throw Invalid.Missing($"{where}.Value");
            if (name.Length is 0 or > LongestName || name.StartsWith(':') || !Ascii.IsPrintable(name) || !read.TryAdd(name, value))
                throw Invalid.Value($"{where}.Name", name);
            if (value.Length is 0 or > LongestValue || !Ascii.IsPrintable(value))
                throw Invalid.Value($"{where}.Value", value);
        }

        return read.ToImmutable();
    }

    /// <summary>One value, or many with how often each, or a set of statistics.</summary>
    private MetricDatum Statistics(MetricDatum named)
    {
        var given = new[] { "Value", "Values", "StatisticValues" }.Where(way => datum[way] is not (null or JsonArray { Count: 0 })).ToList();
        if (given.Count > 1)
            throw Invalid.Both($"{at}.{given[0]}", $"{at}.{given[1]}");
        switch (given.FirstOrDefault())
        {
            case "Value":
                var value = Number(datum["Value"], "Value");
                return named with { Sum = value, Minimum = value, Maximum = value };
            case "Values":
                return OfMany(named, (datum["Values"] as JsonArray)!);
            case "StatisticValues":
                var set = datum["StatisticValues"] as JsonObject ?? [];
                double Part(string name) => Number(set[name] ?? throw Invalid.Missing($"{at}.StatisticValues.{name}"), $"StatisticValues.{name}");
                return named with { SampleCount = Part("SampleCount"), Sum = Part("Sum"), Minimum = Part("Minimum"), Maximum = Part("Maximum") };
            default:
                throw Invalid.Message($"At least one of the parameters must be specified: {at}.Value, {at}.Values, {at}.StatisticValues.");
        }
    }

    private MetricDatum OfMany(MetricDatum named, JsonArray given)
    {
        if (given.Count > MostValues)
            throw Invalid.TooMany($"{at}.Values", MostValues);
        var values = given.Select(each => Number(each, "Values")).ToList();
        var counts = datum["Counts"] is JsonArray { Count: > 0 } said ? said.Select(each => Number(each, "Counts")).ToList() : [.. values.Select(_ => 1.0)];
        if (counts.Count != values.Count)
            throw Invalid.Message($"The parameters {at}.Values and {at}.Counts must have the same size.");
        return named with
        {
            SampleCount = counts.Sum(),
            Sum = values.Zip(counts, (value, count) => value * count).Sum(),
            Minimum = values.Min(),
            Maximum = values.Max(),
        };
    }

    private double Number(JsonNode? node, string parameter) =>
        node.Real() is { } number && double.IsFinite(number) && Math.Abs(number) <= Largest ? number : throw Invalid.Value($"{at}.{parameter}", node?.ToString());
}
