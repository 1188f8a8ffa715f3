using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace PostureScanner.Core.Facts;

/// <summary>Durations as people write them (<c>15m</c>, <c>24h</c>, <c>35d</c>) and as machines do (ISO 8601).</summary>
public static partial class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)),
    ];

    // The unit behind a fraction is the last: only the smallest may have one.
    private const string Count = @"[0-9]+(?:[.,][0-9]+(?=[A-Z]\z))?";

    private static readonly (string Unit, decimal Ticks)[] IsoUnits =
    [
        ("W", TimeSpan.TicksPerDay * 7), ("D", TimeSpan.TicksPerDay), ("H", TimeSpan.TicksPerHour), ("M", TimeSpan.TicksPerMinute), ("S", TimeSpan.TicksPerSecond),
    ];

    /// <summary>
    /// Reads <c>90s</c>, <c>15m</c>, <c>24h</c>, <c>35d</c>, or ISO 8601: weeks alone, or days and smaller units, the smallest with a fraction or without.
    /// Years and months have no fixed length.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        try
        {
            if (Short().Match(text) is { Success: true } match)
            {
                var unit = Array.Find(Units, u => u.Unit == match.Groups["unit"].Value);
                duration = unit.Length * long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
                return true;
            }

            if (Iso().Match(text) is not { Success: true } iso)
                return false;
            var ticks = IsoUnits.Where(u => iso.Groups[u.Unit].Success)
                .Sum(u => decimal.Parse(iso.Groups[u.Unit].ValueSpan.ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * u.Ticks);
            duration = TimeSpan.FromTicks(decimal.ToInt64(decimal.Round(ticks)));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>An ISO 8601 duration that <see cref="TryParse"/> refuses for its years or months.</summary>
    public static bool HasYearsOrMonths(string text) => Calendar().IsMatch(text);

    /// <summary>The two largest units that matter: <c>35d</c>, <c>1d 6h</c>, <c>5m</c>; below a second <c>0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            return "-" + Format(duration.Negate());

        var parts = new List<string>(2);
        foreach (var (unit, length) in Units)
        {
            var count = duration.Ticks / length.Ticks;
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count}{unit}"));
                duration -= length * count;
            }

            if (parts.Count == 2)
                break;
        }

        return parts.Count == 0 ? "0s" : string.Join(' ', parts);
    }

    /// <summary>ISO 8601, for JSON.</summary>
    public static string ToIso(TimeSpan duration) => XmlConvert.ToString(duration);

    [GeneratedRegex(@"\A(?<count>[0-9]{1,9})(?<unit>[smhd])\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();

    [GeneratedRegex(
        $@"\AP(?=[0-9T])(?:(?<W>{Count})W|(?:(?<D>{Count})D)?(?:T(?=[0-9])(?:(?<H>{Count})H)?(?:(?<M>{Count})M)?(?:(?<S>{Count})S)?)?)\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\AP[^T]*[0-9][YM]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Calendar();
}
