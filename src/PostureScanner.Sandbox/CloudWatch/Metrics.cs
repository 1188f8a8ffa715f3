using PostureScanner.Sandbox.Founding;

namespace PostureScanner.Sandbox;

/// <summary>What was put into CloudWatch, read from within.</summary>
public sealed class Metrics
{
    private readonly Estate estate;

    internal Metrics(Estate estate) => this.estate = estate;

    /// <summary>In the order they were put.</summary>
    public IReadOnlyList<MetricDatum> All => estate.World.Metrics;

    /// <summary>Those of one name that have the dimensions named here, whatever others they have.</summary>
    public IReadOnlyList<MetricDatum> Of(string name, params (string Name, string Value)[] dimensions) => estate.World.Metrics.FindAll(datum =>
        datum.Name == name && datum.HasAll(dimensions.Select(dimension => KeyValuePair.Create(dimension.Name, dimension.Value))));

    /// <summary>As AWS puts its own, into its own namespaces too. Without a time it is now.</summary>
    public void Put(MetricDatum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        lock (estate.Gate)
        {
            var placed = datum with
            {
                Account = estate.AccountOr(datum.Account),
                Region = estate.RegionOr(datum.Region),
                Timestamp = datum.Timestamp == default ? estate.Now : datum.Timestamp,
            };
            estate.World = estate.World with { Metrics = estate.World.Metrics.Add(placed) };
        }
    }
}
