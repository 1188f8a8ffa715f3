using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>One thing somebody is to be told, with all that is needed to tell it: it may have to wait for a later scan.</summary>
/// <param name="Id">The same however often it is told.</param>
/// <param name="ScanId">The scan that found it.</param>
/// <param name="At">The start of that scan.</param>
/// <param name="Word">A change's word, <see cref="Baseline"/> or <see cref="Reminder"/>.</param>
/// <param name="Target">Null where it is about policies, or about many targets.</param>
/// <param name="Kind">Of the resource, or of all resources of a target; null where it is about neither.</param>
/// <param name="Regions">Where the same happened to copies of the resource; empty where it is one resource's.</param>
/// <param name="Message">What was read, or what happened.</param>
/// <param name="Since">Since when the verdict has been this one.</param>
public sealed record Alert(
    string Id,
    string ScanId,
    DateTimeOffset At,
    string Word,
    Severity Severity,
    Target? Target,
    string? Kind,
    Resource? Resource,
    ImmutableArray<string> Regions,
    string? PolicyId,
    string? Title,
    string? Fact,
    string? Before,
    string? After,
    string Message,
    string? Because,
    string? Fix,
    DateTimeOffset? Since)
{
    /// <summary>The first look at a target: what fails there is counted, and nothing is a change.</summary>
    public const string Baseline = "baseline";

    /// <summary>A critical finding that was told before and still fails.</summary>
    public const string Reminder = "reminder";

    public bool IsReminder => Word == Reminder;

    /// <summary>The first 32 hex digits of SHA-256 over the four, joined by newlines.</summary>
    /// <param name="previousScan">The scan with which was compared, so that a change that is found again because its scan was lost is the same alert.</param>
    /// <param name="subject">The ARN; where there is none, whatever else it is about.</param>
    public static string IdOf(string previousScan, string subject, string? policyOrFact, string word) =>
        Hash($"{previousScan}\n{subject}\n{policyOrFact}\n{word}");

    /// <summary>The id of several alerts told together.</summary>
    public static string IdOf(IEnumerable<Alert> alerts) => Hash(string.Join('\n', alerts.Select(a => a.Id)));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
