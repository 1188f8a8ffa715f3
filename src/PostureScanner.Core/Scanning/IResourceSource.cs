using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Scanning;

/// <summary>One kind of resource in one account: lists it and reads its facts.</summary>
public interface IResourceSource
{
    FactTable Table { get; }

    /// <summary>
    /// Lists everything of the kind and reads the wanted facts of each. Whatever AWS does, the stream ends without an exception:
    /// what could not be listed is a <see cref="Listing"/> with a problem, what could not be read an Unknown reading.
    /// </summary>
    /// <param name="only">The ARN of the one resource to give; null for all.</param>
    /// <param name="stopReading">When signalled, nothing more is asked of AWS and the rest is given as Unknown.</param>
    IAsyncEnumerable<SourceItem> ReadAsync(FactSelection wanted, string? only, CancellationToken stopReading);
}

/// <summary>What a source has to say, in the order in which it learns it.</summary>
public abstract record SourceItem
{
    private SourceItem()
    {
    }

    /// <summary>The listing of one target is done.</summary>
    public sealed record Listed(Listing Listing) : SourceItem;

    /// <summary>Resources that stand in a region that is not scanned.</summary>
    public sealed record OutsideScope(OutOfScope Resources) : SourceItem;

    /// <summary>AWS has been asked everything about one resource; its sheet may wait for facts that need the others.</summary>
    public sealed record Asked : SourceItem
    {
        public static readonly Asked One = new();
    }

    /// <summary>One resource's sheet.</summary>
    public sealed record Read(Sheet Sheet) : SourceItem;
}
