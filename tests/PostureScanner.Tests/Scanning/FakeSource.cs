using System.Runtime.CompilerServices;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Scanning;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Scanning;

/// <summary>A source that says what it is told to, and remembers what it was asked for.</summary>
internal sealed class FakeSource(params Func<FactSelection, SourceItem>[] items) : IResourceSource
{
    public FactTable Table { get; init; } = Boxes.Table;

    public FactSelection? Wanted { get; private set; }

    public string? Only { get; private set; }

    /// <summary>Runs before the item of that number, from 0.</summary>
    public Action<int>? Before { get; init; }

    public async IAsyncEnumerable<SourceItem> ReadAsync(FactSelection wanted, string? only, [EnumeratorCancellation] CancellationToken stopReading)
    {
        (Wanted, Only) = (wanted, only);
        for (var i = 0; i < items.Length; i++)
        {
            await Task.Yield();
            Before?.Invoke(i);
            yield return items[i](wanted);
        }
    }

    /// <summary>A source whose listing of one target names these boxes, and which read them all.</summary>
    public static FakeSource Of(Target target, params Func<FactSelection, SourceItem>[] boxes) =>
        new([Listed(target, boxes.Length), .. boxes, .. boxes.Select(_ => (Func<FactSelection, SourceItem>)(_ => SourceItem.Asked.One))]);

    public static Func<FactSelection, SourceItem> Listed(Target target, int count, string? problem = null) =>
        wanted => new SourceItem.Listed(new Listing(target, wanted.Table.Kind, count, problem is null, problem));

    /// <summary>A box with these readings; what else is wanted is Unknown.</summary>
    public static Func<FactSelection, SourceItem> Box(string name, Target target, string[] members, params (string Fact, object? Value)[] readings) => wanted =>
    {
        var read = wanted.Facts.Select(f => Boxes.Read(readings.Where(r => r.Fact == f.Name).DefaultIfEmpty((f.Name, Boxes.Denied)).Single().Value));
        return new SourceItem.Read(new Sheet(Boxes.Box(name, target) with { Kind = wanted.Table.Kind }, wanted, [.. read], [.. members]));
    };

    public static Func<FactSelection, SourceItem> Box(string name, params (string Fact, object? Value)[] readings) => Box(name, Boxes.Home, [], readings);
}
