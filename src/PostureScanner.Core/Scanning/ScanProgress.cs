namespace PostureScanner.Core.Scanning;

/// <summary>How far a scan is, for people who watch it.</summary>
/// <param name="Listed">Resources known so far.</param>
/// <param name="Asked">Resources about which AWS has been asked everything.</param>
public sealed record ScanProgress(int Listed = 0, int Asked = 0);
