namespace PostureScanner.Core.Reporting.Html;

/// <summary>How many findings a page still has room for; a browser that hangs shows none of them.</summary>
internal sealed class Rows(int most)
{
    private int _left = most;

    /// <summary>Findings that found no room.</summary>
    public int LeftOut { get; private set; }

    public IEnumerable<T> Take<T>(IReadOnlyCollection<T> items)
    {
        var taken = Math.Min(_left, items.Count);
        _left -= taken;
        LeftOut += items.Count - taken;
        return items.Take(taken);
    }
}
