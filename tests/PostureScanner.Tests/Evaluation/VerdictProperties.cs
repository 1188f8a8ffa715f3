using FsCheck.Fluent;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Evaluation;

internal sealed class VerdictProperties
{
    [Test]
    public void Learning_an_unknown_never_flips_a_decided_verdict()
    {
        var decided = 0;
        Prop.ForAll(Samples.Policies.ToArbitrary(), Samples.Readings.ToArbitrary(), Samples.Answers.ToArbitrary(), (policy, readings, answers) =>
        {
            var before = Judge.Verdict(policy, Samples.Sheet(readings));
            var learnt = readings.Zip(answers, (read, answer) => read.State == ReadingState.Unknown ? answer : read).ToArray();
            var after = Judge.Verdict(policy, Samples.Sheet(learnt));
            decided += before == Verdict.Unknown || readings.All(r => r.State != ReadingState.Unknown) ? 0 : 1;
            return before == after || before == Verdict.Unknown;
        }).Hold(samples: 3_000);

        Assert.That(decided, Is.GreaterThan(500), "the samples must decide often enough to prove anything");
    }

    [Test]
    public void Where_everything_is_known_the_verdict_is_decided() =>
        Prop.ForAll(Samples.Policies.ToArbitrary(), Samples.Answers.ToArbitrary(), (policy, answers) =>
            Judge.Verdict(policy, Samples.Sheet(answers)) != Verdict.Unknown).Hold(samples: 1_000);

    [Test]
    public void Where_nothing_is_known_the_verdict_is_unknown() =>
        Prop.ForAll(Samples.Policies.ToArbitrary(), policy => Judge.Verdict(policy, Boxes.Sheet()) == Verdict.Unknown).Hold();

    [Test]
    public void Every_verdict_can_be_said_in_a_sentence() =>
        Prop.ForAll(Samples.Policies.ToArbitrary(), Samples.Readings.ToArbitrary(), (policy, readings) =>
        {
            var sheet = Samples.Sheet(readings);
            return Explanation.Of(policy, sheet, Judge.Verdict(policy, sheet)).Length > 0 && Explanation.Required(policy.Require).Length > 0;
        }).Hold(samples: 1_000);
}
