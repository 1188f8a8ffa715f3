using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Tests.Aws;

/// <summary>What a reading gave, in words a test can say: <c>true</c>, <c>35d</c>, <c>absent</c>, <c>unknown: s3:GetBucketTagging AccessDenied</c>.</summary>
internal sealed record Scanned(IReadOnlyList<SourceItem> Items, CallTally Calls)
{
    public const string Absent = "absent";

    public IReadOnlyList<Sheet> Sheets => [.. Items.OfType<SourceItem.Read>().Select(i => i.Sheet)];

    /// <summary>As <c>account/region kind: count</c>, with the problem where the listing is not complete; sorted.</summary>
    public IReadOnlyList<string> Listings =>
    [
        .. Items.OfType<SourceItem.Listed>().Select(i => i.Listing)
            .OrderBy(l => l.Target).ThenBy(l => l.Kind, StringComparer.Ordinal)
            .Select(l => $"{l.Target} {l.Kind}: {l.Listed}{(l.Complete ? "" : $", but {l.Problem}")}"),
    ];

    /// <summary>As <c>account/region: count</c>, sorted.</summary>
    public IReadOnlyList<string> OutOfScope =>
        [.. Items.OfType<SourceItem.OutsideScope>().Select(i => i.Resources).OrderBy(o => o.Target).Select(o => $"{o.Target}: {o.Count}")];

    /// <summary>The names of the resources that have a sheet, sorted; each as often as it has one.</summary>
    public IReadOnlyList<string> Names => [.. Sheets.Select(s => s.Resource.Name).Order(StringComparer.Ordinal)];

    public string this[string resource, string fact] => Text(Reading(resource, fact));

    public Reading<FactValue> Reading(string resource, string fact) => ReadingOf(SheetOf(resource), fact);

    public Sheet SheetOf(string resource) => Sheets.Single(s => s.Resource.Name == resource);

    /// <summary>Everything that was read of one resource, by fact.</summary>
    public SortedDictionary<string, string> Of(string resource) => Of(SheetOf(resource));

    public static SortedDictionary<string, string> Of(Sheet sheet) => new(sheet.Readings.ToDictionary(r => r.Fact.Name, r => Text(r.Reading), StringComparer.Ordinal), StringComparer.Ordinal);

    public static string Unknown(string operation, string code) => $"unknown: {operation} {code}";

    private static Reading<FactValue> ReadingOf(Sheet sheet, string fact) => sheet.Readings.Single(r => r.Fact.Name == fact).Reading;

    private static string Text(Reading<FactValue> reading) => reading.State switch
    {
        ReadingState.Known => reading.Value.ToString(),
        ReadingState.Absent => Absent,
        _ => reading.NotRead is { } notRead ? Unknown(notRead.Operation, notRead.Code) : "not asked",
    };
}
