using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

internal sealed class PolicyFolderTests
{
    [Test]
    public void Every_problem_of_every_file_is_said_at_once_in_the_order_of_files_and_places()
    {
        const string Condition = "require: [{ fact: lid.closed, equals: true }]";
        using var folder = new Folder();
        Write("a01", d => d.Without("title"));
        Write("a02", d => d.With("title", "titel: Lids are closed"));
        Write("a03", d => d.With("title", "title: a\ntitle: b"));
        Write("a04", d => d.With("severity", "severity: criticl"));
        Write("a05", d => d.With("severity", "severity: high\nmode: alrt"));
        Write("a06", d => d.With("resource", "resource: Test::Bxo"));
        Write("a07", d => d.With("require", Condition.Replace("lid.closed", "lid.close", StringComparison.Ordinal)));
        Write("a08", d => d.With("require", Condition.Replace("equals", "eqals", StringComparison.Ordinal)));
        Write("a09", d => d.With("require", "require: [{ fact: lid.closed, equals: true, exists: true }]"));
        Write("a10", d => d.With("require", Condition.Replace("true", "1", StringComparison.Ordinal)));
        Write("a11", d => d.With("require", "require: [{ fact: lid.closed, at-most: 1 }]"));
        Write("a12", d => d.With("require", "require: []"));
        Write("a13", d => d.With("require", "require: [{ fact: box.age, at-most: 1 month }]"));
        Write("a14", d => d.With("fix", "fix: close {nam}"));
        Write("a15", d => d.Named("a51"));
        Write("a16", d => d.Examples("{ facts: { lid.closed: false }, verdict: fail }"));
        Write("a17", d => d.Examples("{ facts: { lid.closed: true }, verdict: pass }"));
        Write("a18", d => d.And("  - { facts: { }, verdict: pass }"));
        Write("a19", d => d.And("---").And("policy: a19b"));
        Write("a20", d => d.With("title", "title:\n\t- a"));
        Write("a21", d => d.With("title", "title: &title Lids"));
        Write("a22", d => d.With("title", "title: *title"));
        Write("a23", d => d.With("title", "title: !important Lids"));
        Write("a24", d => d.With("title", "title: [Lids"));
        Write("a25", _ => new Draft("policy"));
        Write("a26", _ => new Draft());
        Write("a27", d => d.And("because: Twice."));
        Write("twins/a28", d => d);
        Write("twins2/a28", d => d);
        folder.Write("waivers.yaml", WaiverText.Good.With("policy", "a01").With("expires", "never").Text);

        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            "a01.yaml:1:1: a policy needs 'title'",
            "a02.yaml:1:1: a policy needs 'title'",
            "a02.yaml:2:1: a policy has no key 'titel'; did you mean 'title'?",
            "a03.yaml:3:1: the key 'title' stands here a second time; keep one of them",
            "a04.yaml:3:11: 'severity' is 'criticl', must be one of critical, high, medium, low; did you mean 'critical'?",
            "a05.yaml:4:7: 'mode' is 'alrt', must be one of alert, report; did you mean 'alert'?",
            "a06.yaml:4:11: 'Test::Bxo' is not a kind of resource that is scanned; kinds are Test::Box, Test::Crate; did you mean 'Test::Box'?",
            "a07.yaml:5:19: Test::Box has no fact 'lid.close'; did you mean 'lid.closed'?",
            "a08.yaml:5:31: a condition has no key 'eqals'; did you mean 'equals'?",
            "a09.yaml:5:11: a condition has one operator, here are 'equals' and 'exists'; write two conditions",
            "a10.yaml:5:39: lid.closed is a flag: write true or false, not '1'",
            "a11.yaml:5:40: 'at-most' does not fit lid.closed, which is of type Flag; use equals, in, exists",
            "a12.yaml:5:10: 'require' needs at least one condition",
            "a13.yaml:5:37: box.age is a duration: write a duration such as 15m, 24h, 35d or PT15M, not '1 month'",
            "a14.yaml:7:6: 'fix' has the placeholder {nam}; there are {name}, {arn}, {region}, {account}; did you mean 'name'?",
            "a15.yaml:1:9: the id 'a51' differs from the file name 'a15'; rename one of them",
            "a16.yaml:9:3: an example with verdict pass is missing; a policy shows at least one pass and one fail",
            "a17.yaml:9:3: an example with verdict fail is missing; a policy shows at least one pass and one fail",
            "a18.yaml:11:5: the example's verdict is unknown, not pass: lid.closed could not be read, must equal true",
            "a19.yaml:11:1: a second document begins here; put it into a file of its own",
            "a20.yaml:3:1: not valid YAML: a tab indents this line; indent it with spaces",
            "a21.yaml:2:8: not valid YAML: anchors (&) are not part of the policy language; write the value out where it is used",
            "a22.yaml:2:8: not valid YAML: aliases (*) are not part of the policy language; write the value out",
            "a23.yaml:2:8: not valid YAML: the tag !important is not part of the policy language; values are typed by the fact",
            "a24.yaml:2:8: not valid YAML: a '[' or '{' is opened here or before and never closed",
            "a25.yaml:1:1: a policy file is a mapping that begins with 'policy:'",
            "a26.yaml:1:1: the file is empty",
            "a27.yaml:11:1: the key 'because' stands here a second time; keep one of them",
            "twins2/a28.yaml:1:1: the policy 'a28' is also in twins/a28.yaml; ids are unique over all loaded policies",
            "waivers.yaml:6:14: 'expires' is 'never', must be a date such as 2026-12-31",
        }));

        void Write(string path, Func<Draft, Draft> broken) =>
            folder.Write($"{path}.yaml", broken(Draft.Good.Named(Path.GetFileName(path))).Text);
    }

    [Test]
    public void Policies_are_read_from_every_folder_below_and_stand_in_the_order_of_their_ids()
    {
        using var folder = new Folder();
        foreach (var path in new[] { "z.yaml", "deep/deeper/a.yaml", "deep/m.yml", "deep/notes.txt", "deep/old.yaml.bak" })
            folder.Write(path, Draft.Good.Named(Path.GetFileNameWithoutExtension(path)).Text);

        var set = folder.Open(out var problems);

        Assert.That(problems, Is.Empty);
        Assert.That(set.Policies.Select(p => p.Id), Is.EqualTo(new[] { "a", "m", "z" }));
        Assert.That(set.Policies.Select(p => p.File), Is.EqualTo(new[] { "deep/deeper/a.yaml", "deep/m.yml", "z.yaml" }));
    }

    [Test]
    public void A_folder_named_plans_is_never_entered_wherever_it_stands()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, Draft.Good.Text).Write("plans/gold/broken.yaml", "broken").Write("deep/plans/broken.yaml", "broken");

        Assert.That(folder.Problems(), Is.Empty);
    }

    [Test]
    public void A_plan_that_is_named_is_read()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, Draft.Good.Text).Write("plans/gold/gold-lid.yaml", Draft.Good.Named("gold-lid").Text);

        var set = folder.Open(out var problems, ".", "plans/gold");

        Assert.That(problems, Is.Empty);
        Assert.That(set.Policies.Select(p => p.Id), Is.EqualTo(new[] { Draft.Id, "gold-lid" }));
    }

    [TestCase("plans/gold")]
    [TestCase("plans/gold/")]
    [TestCase("plans/gold/silver-lid.yaml")]
    public void The_ids_of_a_plan_begin_with_its_name(string source)
    {
        using var folder = new Folder().Write("plans/gold/silver-lid.yaml", Draft.Good.Named("silver-lid").Text);

        Assert.That(folder.Problems(source), Is.EqualTo(new[]
        {
            "plans/gold/silver-lid.yaml:1:9: the id 'silver-lid' must begin with 'gold-', because the policy is part of the plan 'gold'; rename it and its file",
        }));
    }

    [Test]
    public void Waivers_are_read_at_the_root_only()
    {
        using var folder = WaiverText.Good.InFolder();
        folder.Write("deep/waivers.yaml", WaiverText.Good.Text);

        var set = folder.Open(out var problems);

        Assert.That(set.Waivers.Select(w => w.File), Is.EqualTo(new[] { "waivers.yaml" }));
        Assert.That(problems.Select(p => p.ToString()), Has.Member("deep/waivers.yaml:1:1: a policy has no key 'waivers'"));
    }

    [Test]
    public void Each_root_has_its_waivers_and_a_file_may_be_named_beside_them()
    {
        using var folder = new Folder();
        folder.Write("one/a.yaml", Draft.Good.Named("a").Text).Write("one/waivers.yaml", WaiverText.Good.With("policy", "b").Text)
            .Write("two/b.yaml", Draft.Good.Named("b").Text).Write("two/waivers.yaml", WaiverText.Good.With("policy", "a").Text)
            .Write("more.yaml", WaiverText.Good.With("policy", "a").Text);

        var set = folder.Open(["one", "two"], ["more.yaml"], out var problems);

        Assert.That(problems, Is.Empty);
        Assert.That(set.Waivers.Select(w => w.File), Is.EqualTo(new[] { "one/waivers.yaml", "two/waivers.yaml", "more.yaml" }));
    }

    [Test]
    public void One_file_is_a_source_too()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, Draft.Good.Text).Write("broken.yaml", "broken");

        Assert.That(folder.Open(out var problems, Draft.File).Policies, Has.Length.EqualTo(1));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void A_file_that_is_named_twice_is_read_once()
    {
        using var folder = new Folder();
        folder.Write($"deep/{Draft.File}", Draft.Good.Text);

        Assert.That(folder.Open(out var problems, ".", "deep", $"deep/../deep/{Draft.File}").Policies, Has.Length.EqualTo(1));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void A_folder_that_is_missing_is_a_problem()
    {
        using var folder = new Folder();

        Assert.That(folder.Problems("nowhere"), Is.EqualTo(new[] { "nowhere: there is no such file or folder; give the folder that holds the policies" }));
    }

    [Test]
    public void A_waivers_file_that_is_missing_is_a_problem()
    {
        using var folder = new Folder().Write(Draft.File, Draft.Good.Text);

        folder.Open([], ["nowhere.yaml"], out var problems);

        Assert.That(problems.Single().ToString(), Does.StartWith("nowhere.yaml: the file cannot be read: "));
    }

    [Test]
    public void A_folder_without_a_policy_is_a_problem()
    {
        using var folder = new Folder().Write("waivers.yaml", "waivers: []\n").Write("read.me", "");

        Assert.That(folder.Problems("."), Is.EqualTo(new[] { ".: the folder holds no policy; a policy is a file that ends in .yaml" }));
    }

    [Test]
    public void A_folder_named_like_a_file_is_a_folder()
    {
        using var folder = new Folder().Write($"inner.yaml/{Draft.File}", Draft.Good.Text);

        Assert.That(folder.Problems(), Is.Empty);
    }

    [Test]
    public void A_link_to_nothing_is_a_problem()
    {
        using var folder = new Folder().Write(Draft.File, Draft.Good.Text);
        File.CreateSymbolicLink(folder["gone.yaml"], folder["nowhere"]);

        Assert.That(folder.Problems().Single(), Does.StartWith("gone.yaml: the file cannot be read: "));
    }

    [Test]
    public void A_link_to_the_folder_itself_does_not_go_round_in_circles()
    {
        using var folder = new Folder().Write($"deep/{Draft.File}", Draft.Good.Text);
        Directory.CreateSymbolicLink(folder["deep/up"], folder.Root);

        Assert.That(folder.Problems(), Is.Empty);
    }

    [Test]
    public void A_link_to_a_folder_is_followed()
    {
        using var elsewhere = new Folder().Write("deep/b.yaml", Draft.Good.Named("b").With("severity", "severity: huge").Text);
        using var folder = new Folder().Write("a.yaml", Draft.Good.Named("a").Text);
        Directory.CreateSymbolicLink(folder["team"], elsewhere.Root);

        Assert.That(folder.Problems(), Is.EqualTo(new[] { "team/deep/b.yaml:3:11: 'severity' is 'huge', must be one of critical, high, medium, low" }));
    }

    [Test]
    public void What_links_lead_to_twice_is_read_once_and_shown_without_links_where_it_can_be()
    {
        using var elsewhere = new Folder().Write("c.yaml", Draft.Good.Named("c").Text);
        using var folder = new Folder().Write("deep/a.yaml", Draft.Good.Named("a").Text).Write("other/b.yaml", Draft.Good.Named("b").Text);
        Directory.CreateSymbolicLink(folder["alias"], folder["deep"]);
        Directory.CreateSymbolicLink(folder["other/one"], elsewhere.Root);
        Directory.CreateSymbolicLink(folder["other/two"], elsewhere.Root);

        var set = folder.Open(out var problems, "alias/..", "other", "alias");

        Assert.That(problems, Is.Empty);
        Assert.That(set.Policies.Select(p => p.File), Is.EqualTo(new[] { "deep/a.yaml", "other/b.yaml", "other/one/c.yaml" }));
    }

    [Test]
    public void Two_links_to_each_others_folders_do_not_go_round_in_circles()
    {
        using var folder = new Folder().Write("a/a.yaml", Draft.Good.Named("a").Text).Write("b/b.yaml", Draft.Good.Named("b").Text);
        Directory.CreateSymbolicLink(folder["a/to-b"], folder["b"]);
        Directory.CreateSymbolicLink(folder["b/to-a"], folder["a"]);

        Assert.That(folder.Open(out var problems, "a").Policies.Select(p => p.File), Is.EqualTo(new[] { "a/a.yaml", "a/to-b/b.yaml" }));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void A_mounted_config_map_is_read_once_through_its_links()
    {
        using var folder = new Folder().Write("..2026_06_15/a.yaml", Draft.Good.Named("a").Text).Write("..2026_06_15/deep/b.yaml", Draft.Good.Named("b").Text);
        Directory.CreateSymbolicLink(folder["..data"], "..2026_06_15");
        File.CreateSymbolicLink(folder["a.yaml"], "..data/a.yaml");
        Directory.CreateSymbolicLink(folder["deep"], "..data/deep");

        Assert.That(folder.Open(out var problems).Policies.Select(p => p.File), Is.EqualTo(new[] { "a.yaml", "deep/b.yaml" }));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void A_link_to_plans_is_not_entered_by_another_name()
    {
        using var folder = new Folder().Write(Draft.File, Draft.Good.Text).Write("plans/gold/broken.yaml", "broken");
        Directory.CreateSymbolicLink(folder["drafts"], folder["plans"]);

        Assert.That(folder.Problems(), Is.Empty);
    }

    [Test]
    public void A_link_that_may_have_been_a_folder_and_leads_nowhere_is_a_problem()
    {
        using var folder = new Folder().Write(Draft.File, Draft.Good.Text);
        Directory.CreateSymbolicLink(folder["team"], folder["nowhere"]);

        Assert.That(folder.Problems(), Is.EqualTo(new[] { "team: the link leads nowhere; mend it or take it away" }));
    }

    [Test]
    public void A_path_outside_the_current_folder_is_shown_whole()
    {
        using var folder = new Folder().Write("a.yaml", "");

        PolicyFolder.Read(new PolicySources([folder.Root], [], folder["elsewhere"]), Boxes.Vocabulary, Boxes.Now, Problems(out var problems));

        Assert.That(problems.Single().ToString(), Is.EqualTo($"{folder["a.yaml"]}:1:1: the file is empty"));

        static List<Problem> Problems(out List<Problem> list) => list = [];
    }
}
