using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Tests.Facts;

/// <summary>A made-up kind with one fact of every type: what Core does must not depend on what a cloud calls its things.</summary>
internal static class Boxes
{
    public const string Kind = "Test::Box";

    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    public static readonly Target Home = new("111122223333", "north");
    public static readonly NotRead Denied = new("box:Describe", "AccessDenied", "The scanner may not call box:Describe.");

    public static readonly FactTable Table = new(
        Kind,
        [new Call("box:List", "box:List")],
        [
            Row("lid.closed", FactType.Flag, Worse.False),
            Row("lid.count", FactType.Number),
            Row("box.colour", FactType.Text),
            Row("box.places", FactType.List),
            Row("box.age", FactType.Duration),
            Row("box.made", FactType.Instant),
            Row("tags.*", FactType.Text),
        ]);

    public static readonly FactTable Crates = new("Test::Crate", [new Call("crate:List", null)], [Row("lid.closed", FactType.Flag)]);

    public static readonly Vocabulary Vocabulary = new([Crates, Table]);

    public static Fact Fact(string name) => Table.Find(name) ?? throw new ArgumentException($"There is no fact {name}.", nameof(name));

    public static Fact OfType(FactType type) => Table.Facts.First(f => f.Type == type && !f.IsFamily);

    public static Resource Box(string name = "box-1", Target? target = null) => new(Kind, $"arn:box:{name}", name, target ?? Home);

    /// <param name="readings">A value is Known, null Absent, a <see cref="NotRead"/> Unknown; a fact that is not named was never asked for.</param>
    public static Sheet Sheet(params (string Fact, object? Value)[] readings) => SheetOf(Box(), readings);

    public static Sheet SheetOf(Resource resource, params (string Fact, object? Value)[] readings)
    {
        var selection = new FactSelection(Table, readings.Select(r => Fact(r.Fact)));
        return new Sheet(resource, selection, [.. selection.Facts.Select(f => Read(readings.Single(r => r.Fact == f.Name).Value))]);
    }

    public static Reading<FactValue> Read(object? value)
    {
        var origin = new Origin("box:Describe", Now);
        return value switch
        {
            null => Reading<FactValue>.Absent(origin),
            NotRead notRead => Reading<FactValue>.Unknown(notRead, Now),
            _ => Reading<FactValue>.Known(Value(value), origin),
        };
    }

    public static FactValue Value(object value) => value switch
    {
        FactValue typed => typed,
        bool flag => FactValue.Of(flag),
        int number => FactValue.Of(number),
        decimal number => FactValue.Of(number),
        string text => FactValue.Of(text),
        string[] list => FactValue.Of(list),
        TimeSpan duration => FactValue.Of(duration),
        DateTimeOffset instant => FactValue.Of(instant),
        _ => throw new ArgumentException($"{value.GetType().Name} is not a type of fact.", nameof(value)),
    };

    private static Fact Row(string name, FactType type, Worse? worse = null) =>
        new(name, type, $"The meaning of {name}.", [new Call("box:Describe", "box:Describe")], "nobody set it", worse);
}
