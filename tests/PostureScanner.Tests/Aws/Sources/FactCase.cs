using System.Text.RegularExpressions;
using PostureScanner.Core.Facts;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>What one fact reads as, given an estate that says only what differs.</summary>
/// <param name="Expected">As <see cref="Scanned"/> words it; <c>ago(40d)</c> is the moment forty days back.</param>
/// <param name="Given">What the estate holds.</param>
internal sealed partial record FactCase(string Fact, string Expected, string When, Func<Estate, Estate> Given)
{
    /// <summary>What goes wrong on purpose.</summary>
    public Action<Faults> But { get; init; } = _ => { };

    /// <summary>What AWS says instead, given the body of each answer.</summary>
    public Func<string, string>? Saying { get; init; }

    /// <summary>AWS's JSON without one member.</summary>
    public static Func<string, string> Without(string member) =>
        body => Regex.Replace(body, $"\"{member}\":(?:\"[^\"]*\"|[a-z0-9.]+),?", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    public async Task<string> ReadAsync(SandboxServer sandbox, Reader reader, string resource)
    {
        Given(sandbox.Estate);
        But(sandbox.Faults);
        if (Saying is null)
            return (await reader.ReadAsync(Fact))[resource, Fact];
        await using var proxy = await Proxy.StartAsync(sandbox.Url, call => Saying(call.Answer));
        return (await (reader with { Endpoint = proxy.Url }).ReadAsync(Fact))[resource, Fact];
    }

    public string ExpectedAt(DateTimeOffset now) => Ago().Match(Expected) is { Success: true } ago
        && Durations.TryParse(ago.Groups["age"].Value, out var age)
        ? Instants.Format(now - age)
        : Expected;

    public override string ToString() => $"{Fact} is {Expected} when {When}";

    [GeneratedRegex(@"\Aago\((?<age>\d+[smhd])\)\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ago();
}
