using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

internal sealed class PolicySetTests
{
    [Test]
    public void The_same_texts_have_the_same_digest_wherever_they_lie()
    {
        using var one = WaiverText.Good.InFolder();
        using var other = new Folder().Write($"deep/{Draft.File}", Draft.Good.Text).Write("waivers.yaml", WaiverText.Good.Text);

        Assert.That(one.Open(out _).Digest, Is.EqualTo(other.Open(out _).Digest).And.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void Another_policy_text_or_waiver_is_another_digest()
    {
        var digests = new[]
        {
            Digest(Draft.Good, WaiverText.Good),
            Digest(Draft.Good.And("# A remark changes nothing but the text."), WaiverText.Good),
            Digest(Draft.Good, WaiverText.Good.With("owner", "bob@example.com")),
            Digest(Draft.Good, new WaiverText("waivers: []")),
        };

        Assert.That(digests, Is.Unique);
    }

    [Test]
    public void A_scan_wants_the_facts_that_some_policy_names_and_no_others()
    {
        var set = Rules.Set(
            Rules.Policy("a", when: "[{ fact: tags.a, exists: true }]", require: "[{ fact: lid.closed, equals: true }]"),
            Rules.Policy("b", require: "[{ fact: lid.closed, equals: true }, { fact: box.age, at-most: 1d }]"));

        Assert.That(set.Select(Boxes.Table)!.Facts.Select(f => f.Name), Is.EqualTo(new[] { "box.age", "lid.closed", "tags.a" }));
        Assert.That(set.Select(Boxes.Crates), Is.Null, "no policy is about crates");
    }

    private static string Digest(Draft draft, WaiverText waivers)
    {
        using var folder = new Folder().Write(Draft.File, draft.Text).Write("waivers.yaml", waivers.Text);
        return folder.Open(out _).Digest;
    }
}
