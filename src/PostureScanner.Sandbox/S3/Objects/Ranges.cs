using System.Globalization;
using Microsoft.Net.Http.Headers;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class Ranges
{
    /// <summary>The part that was asked for; null where the whole was. S3 knows single ranges only, and a checksum is of the whole.</summary>
    public static Answer? Cut(Request request, Answer whole)
    {
        if (!RangeHeaderValue.TryParse(request.Header("Range"), out var wanted) || wanted.Unit != "bytes" || wanted.Ranges.Count != 1)
            return null;
        var (length, range) = (whole.Body.Length, wanted.Ranges.Single());
        var from = range.From ?? Math.Max(0, length - range.To!.Value);
        var to = range.From is null ? length - 1 : Math.Min(range.To ?? length - 1, length - 1);
        if (from > to)
            throw new AwsError(416, "InvalidRange", "The requested range is not satisfiable");
        return (whole with { Status = 206, Body = whole.Body.Slice((int)from, (int)(to - from + 1)) })
            .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{length}"));
    }
}
