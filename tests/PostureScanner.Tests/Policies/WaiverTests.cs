using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

internal sealed class WaiverTests
{
    [TestCase("box-1", true)]
    [TestCase("box-*", true)]
    [TestCase("arn:box:box-1", true, Description = "by ARN")]
    [TestCase("arn:*:box-?", true)]
    [TestCase("*", true)]
    [TestCase("box", false, Description = "anchored at the end")]
    [TestCase("ox-1", false, Description = "anchored at the start")]
    [TestCase("BOX-1", false, Description = "ordinal")]
    [TestCase("box:box-1", false)]
    [TestCase("arn*", false, Description = "without ':' or '/' it is the name, not the ARN")]
    [TestCase("*arn*", false)]
    [TestCase("a*r*n*", false)]
    [TestCase("*box-1", true)]
    [TestCase("*:box-1", true)]
    public void A_waiver_covers_what_its_glob_matches_by_name_or_arn(string pattern, bool covers) =>
        Assert.That(Rules.Waiver(resource: pattern).Covers(Rules.LidClosed, Boxes.Box(), Boxes.Now), Is.EqualTo(covers));

    [TestCase("box-lid-closed", true)]
    [TestCase("*", true)]
    [TestCase("box-lid-*", false, Description = "policies are named, not matched")]
    [TestCase("box-other", false)]
    public void A_waiver_covers_its_policy_or_every_policy(string policy, bool covers) =>
        Assert.That(Rules.Waiver(policy: policy).Covers(Rules.LidClosed, Boxes.Box(), Boxes.Now), Is.EqualTo(covers));

    [TestCase(1, true)]
    [TestCase(0, false)]
    [TestCase(-1, false)]
    public void A_waiver_covers_until_it_expires(int ticks, bool covers) =>
        Assert.That(Rules.Waiver(expires: Boxes.Now.AddTicks(ticks)).Covers(Rules.LidClosed, Boxes.Box(), Boxes.Now), Is.EqualTo(covers));

    [TestCase("2026-06-15", "2026-06-16T00:00:00Z", Description = "a date holds to its end")]
    [TestCase("2026-12-31", "2027-01-01T00:00:00Z")]
    [TestCase("2026-06-15T18:00:00Z", "2026-06-15T18:00:00Z", Description = "a time is that time")]
    [TestCase("2026-06-15T18:00:00+02:00", "2026-06-15T16:00:00Z")]
    [TestCase("2020-01-01", "2020-01-02T00:00:00Z", Description = "one that has expired is read; it waives nothing")]
    [TestCase("0001-01-01", "0001-01-02T00:00:00Z")]
    public void An_expiry_is_read(string written, string expires)
    {
        using var folder = WaiverText.Good.With("expires", written).InFolder();

        var waiver = folder.Open(out var problems).Waivers.Single();

        Assert.That(problems, Is.Empty);
        Assert.That(waiver.Expires, Is.EqualTo(DateTimeOffset.Parse(expires, null)));
    }

    [Test]
    public void A_waiver_is_read_as_it_is_written()
    {
        using var folder = WaiverText.Good.InFolder();

        Assert.That(folder.Open(out _).Waivers.Single(), Is.EqualTo(Rules.Waiver(
            resource: "box-1", expires: new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), ticket: "OPS-1") with { Line = 2 }));
    }

    [Test]
    public void A_ticket_may_be_missing()
    {
        using var folder = WaiverText.Good.Without("ticket").InFolder();

        Assert.That(folder.Open(out var problems).Waivers.Single().Ticket, Is.Null);
        Assert.That(problems, Is.Empty);
    }

    [TestCase("resource")]
    [TestCase("because")]
    [TestCase("owner")]
    [TestCase("expires")]
    public void A_missing_key_is_a_problem(string key)
    {
        using var folder = WaiverText.Good.Without(key).InFolder();

        Assert.That(folder.Problems(), Is.EqualTo(new[] { $"waivers.yaml:2:5: a waiver needs '{key}'" }));
    }

    [TestCase("policy", "box-lid-clsoed", "2:13: no loaded policy is called 'box-lid-clsoed'; did you mean 'box-lid-closed'?")]
    [TestCase("policy", "box-*", "2:13: no loaded policy is called 'box-*'")]
    [TestCase("owner", null, "5:11: 'owner' must be text")]
    [TestCase("expires", "never", "6:14: 'expires' is 'never', must be a date such as 2026-12-31")]
    [TestCase("expires", "2026-02-30", "6:14: 'expires' is '2026-02-30', must be a date such as 2026-12-31")]
    [TestCase("expires", "2027-06-17", "6:14: 'expires' is more than 366 days away; a longer exception is a change of policy")]
    [TestCase("expires", "9999-12-31", "6:14: 'expires' is more than 366 days away; a longer exception is a change of policy")]
    [TestCase("expires", "9999-12-31T23:59:59Z", "6:14: 'expires' is more than 366 days away; a longer exception is a change of policy")]
    [TestCase("ticket", "[OPS-1]", "7:13: 'ticket' must be text")]
    [TestCase("ticket", "OPS-1\n    tickt: OPS-2", "8:5: a waiver has no key 'tickt'; did you mean 'ticket'?")]
    [TestCase("ticket", "OPS-1\n    owner: bob@example.com", "8:5: the key 'owner' stands here a second time; keep one of them")]
    public void A_wrong_line_is_a_problem_with_its_place(string key, string? value, string problem)
    {
        using var folder = WaiverText.Good.With(key, value).InFolder();

        Assert.That(folder.Problems(), Is.EqualTo(new[] { $"waivers.yaml:{problem}" }));
    }

    [Test]
    public void An_expiry_exactly_366_days_away_is_allowed()
    {
        using var folder = WaiverText.Good.With("expires", "2027-06-16").InFolder();

        Assert.That(folder.Problems(), Is.Empty);
    }

    [TestCase("'*'")]
    [TestCase("'**'")]
    [TestCase("'?*'")]
    [TestCase("'*:*'")]
    [TestCase("'*/*'")]
    [TestCase("'arn:*'")]
    [TestCase("'arn:*:*/*'")]
    public void A_waiver_for_everything_is_a_problem(string resource)
    {
        using var folder = WaiverText.Good.With("policy", "'*'").With("resource", resource).InFolder();

        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            "waivers.yaml:3:15: a waiver for every policy on every resource would switch the scanner off; name the policy or the resource",
        }));
    }

    [TestCase("'*'", "box-1")]
    [TestCase("box-lid-closed", "'*'")]
    public void A_waiver_may_be_for_every_policy_or_every_resource(string policy, string resource)
    {
        using var folder = WaiverText.Good.With("policy", policy).With("resource", resource).InFolder();

        Assert.That(folder.Problems(), Is.Empty);
    }

    [Test]
    public void A_waiver_for_a_policy_that_could_not_be_read_is_no_second_problem()
    {
        using var folder = WaiverText.Good.InFolder().Write(Draft.File, Draft.Good.With("severity", "severity: huge").Text);

        Assert.That(folder.Problems(), Has.Count.EqualTo(1));
    }

    [TestCase("waivers: []\n", null)]
    [TestCase("", null)]
    [TestCase("# none yet\n", "1:1: the file is empty")]
    [TestCase("waivers:\n", "1:9: 'waivers' must be a list")]
    [TestCase("waiver: []\n", "1:1: a waivers file has no key 'waiver'; did you mean 'waivers'?")]
    [TestCase("- policy: a\n", "1:1: a waivers file is a mapping with the one key 'waivers:'")]
    [TestCase("{}\n", "1:1: a waivers file needs 'waivers'; write 'waivers: []' for none")]
    [TestCase("waivers: [box-1]\n", "1:11: a waiver is a mapping with policy, resource, because, owner, expires")]
    public void A_waivers_file_is_a_list_of_waivers(string text, string? problem)
    {
        using var folder = new Folder().Write(Draft.File, Draft.Good.Text).Write("waivers.yaml", text);

        if (problem is null)
            Assert.That(folder.Problems(), Is.Empty);
        else
            Assert.That(folder.Problems(), Has.Member($"waivers.yaml:{problem}"));
    }
}
