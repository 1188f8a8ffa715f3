using System.Globalization;

namespace PostureScanner.Tests.Facts;

/// <summary>A machine that writes 0,5 and 31.01.2026: made by hand, because the build carries no cultures but the invariant.</summary>
internal sealed class ForeignCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public ForeignCulture()
    {
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NumberGroupSeparator = ".";
        foreign.NumberFormat.NegativeSign = "\u2212";
        foreign.DateTimeFormat.DateSeparator = ".";
        foreign.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = foreign;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
