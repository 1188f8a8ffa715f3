using System.Security.Cryptography;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evidence;

/// <summary>Scans of boxes, recorded.</summary>
internal static class Recorded
{
    public const string PolicyText = """
        policy: box-lid-closed
        title: Lids are closed
        severity: high
        resource: Test::Box
        require: [ { fact: lid.closed, equals: true } ]
        because: Dust gets in.
        fix: close {name}
        examples:
          - { facts: { lid.closed: true }, verdict: pass }
          - { facts: { lid.closed: false }, verdict: fail }
        """;

    public static readonly PolicySet Policies = Set(("policies/box-lid-closed.yaml", PolicyText));

    public static PolicySet Set(params (string File, string Source)[] texts)
    {
        var problems = new List<Problem>();
        var set = PolicyFolder.Read(texts, [("waivers.yaml", WaiverText.Good.With("resource", "\"aired*\"").Text)], Boxes.Vocabulary, Boxes.Now, problems);
        Assert.That(problems, Is.Empty);
        return set;
    }

    /// <summary>Records one scan, an hour after the one before.</summary>
    public static async Task<ChainHead> ScanAsync(this IEvidenceStore store, int hour, IEnumerable<Sheet>? sheets = null, Signer? signer = null, PolicySet? policies = null)
    {
        using var writer = new EvidenceWriter();
        foreach (var sheet in sheets ?? Sheets)
            writer.Add(sheet);
        return await writer.WriteAsync(store, Draft(hour), policies ?? Policies, """{"regions":["north"]}""", [("report.json", output => output.Write("{}"u8))], signer, known: null, default);
    }

    public static Manifest Draft(int hour) => new(
        $"{hour:x16}",
        Boxes.Now.AddHours(hour),
        Boxes.Now.AddHours(hour).AddSeconds(9),
        "0.1.0",
        Policies.Digest,
        Complete: true,
        new VerdictCounts(2, 1, 1),
        [new Caller(Boxes.Home.Account, "arn:box:reader")],
        [new Listing(Boxes.Home, Boxes.Kind, 3, Complete: true, null) { RequestIds = ["req-1", "req-2"] }],
        [new OutOfScope(Boxes.Home with { Region = "west" }, Boxes.Kind, 2)],
        [("box:Describe", 3)],
        [],
        TimeSpan.FromSeconds(2),
        []);

    public static IEnumerable<Sheet> Sheets =>
    [
        Boxes.SheetOf(Boxes.Box("shut"), ("lid.closed", true), ("box.age", TimeSpan.FromTicks(123456789)), ("tags.owner", "=cmd|'/C calc'!A0")),
        Boxes.SheetOf(Boxes.Box("open"), ("lid.closed", false), ("box.places", new[] { "north", "east" }), ("box.made", Boxes.Now)),
        Boxes.SheetOf(Boxes.Box("dark"), ("lid.closed", Boxes.Denied), ("lid.count", 3.5m), ("box.colour", null)),
        Boxes.SheetOf(Boxes.Box("aired-box"), ("lid.closed", false)),
        Boxes.SheetOf(Boxes.Box("late"), ("lid.closed", true), ("box.age", TimeSpan.FromDays(-3))),
    ];

    public static (Signer Signer, SignatureCheck Check) Key()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (
            new Signer("ECDSA_SHA_256", "test", (bytes, _) => Task.FromResult(key.SignData(bytes.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))),
            new SignatureCheck("the test's key", (bytes, signature, algorithm) => algorithm == "ECDSA_SHA_256" && key.VerifyData(bytes.Span, signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }
}
