using System.Collections.Immutable;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>The rows about the CloudFormation stack behind a resource, the same for every kind that a stack can own.</summary>
internal static class StackRows
{
    private const string NoStack = "no stack owns it";

    private static readonly Worse LeftRetain = Worse.Left("Retain", "RetainExceptOnCreate");

    /// <summary>A resource's owner by its own tags.</summary>
    public static Probe<TSubject, StackOwner> OwnerBy<TSubject>(Probe<TSubject, ImmutableSortedDictionary<string, string>> tags)
        where TSubject : ISubject =>
        new(tags.Call.Operation, tags.Call.Permission, async reads => reads.Subject.Stacks.OwnerBy(await reads.OfAsync(tags)));

    /// <param name="owner">By the resource's own tags.</param>
    /// <param name="ownerCalls">What it takes to know the owner.</param>
    /// <param name="others">Whose owners count where the resource itself has none; null where nobody's do.</param>
    public static IEnumerable<FactRow<TSubject>> Of<TSubject>(Probe<TSubject, StackOwner> owner, ImmutableArray<Call> ownerCalls, OtherOwners<TSubject>? others = null)
        where TSubject : ISubject
    {
        yield return Row("retain.deletion-policy", FactType.Text, "What happens to it when its stack is deleted or lets it go: Delete, Retain, RetainExceptOnCreate or Snapshot.", DeletionPolicyAsync, LeftRetain, StackBook.GetTemplate);
        yield return Row("retain.update-replace-policy", FactType.Text, "What happens to it when an update of its stack puts another in its place: Delete, Retain or Snapshot.", UpdateReplacePolicyAsync, LeftRetain, StackBook.GetTemplate);
        yield return Row("stack.name", FactType.Text, "The CloudFormation stack that made it, as long as the stack is not deleted.", async (stacks, o) => (await stacks.StackOfAsync(o)).Select((s, _) => FactValue.Of(s.Name)), null);
        yield return Row("stack.termination-protection", FactType.Flag, "Deleting its stack, or the root of a nested one, is refused until the protection is switched off.", async (stacks, o) => (await stacks.RootOfAsync(o)).Select((s, _) => FactValue.Of(s.TerminationProtection)), Worse.False);

        FactRow<TSubject> Row(string name, FactType type, string meaning, Func<StackBook, Reading<StackOwner>, Task<Reading<FactValue>>> readAsync, Worse? worse, params ImmutableArray<Call> first) => new(
            new Fact(name, type, meaning, [.. first, StackBook.Describe, .. ownerCalls], NoStack, worse),
            async (reads, _) => await readAsync(reads.Subject.Stacks, await reads.OfAsync(owner)),
            Join: others?.Join((subject, other) => readAsync(subject.Stacks, other)));
    }

    /// <summary>The same two attributes of the key behind the resource's data.</summary>
    /// <param name="setting">The call that names the key.</param>
    public static IEnumerable<FactRow<TSubject>> OfKey<TSubject>(Probe<TSubject, DataKey> key, Call setting)
        where TSubject : ISubject
    {
        var owner = new Probe<TSubject, StackOwner>(KeyBook.Tags.Operation, KeyBook.Tags.Permission, async reads =>
        {
            var reading = await reads.OfAsync(key);
            return reading.IsKnown(out var known) && known.IsCustomers
                ? reads.Subject.Stacks.OwnerBy(await reads.Subject.Keys.TagsOfAsync(known.Metadata.Arn, reads.Subject.Resource.Target.Region))
                : reading.Select((_, _) => (StackOwner?)null);
        });
        yield return Row("encryption.key-deletion-policy", "What happens to the customer-managed key of its data when the key's stack is deleted or lets it go; KMS then waits 7 to 30 days.", DeletionPolicyAsync);
        yield return Row("encryption.key-update-replace-policy", "What happens to the customer-managed key of its data when an update of the key's stack puts another in its place.", UpdateReplacePolicyAsync);

        FactRow<TSubject> Row(string name, string meaning, Func<StackBook, Reading<StackOwner>, Task<Reading<FactValue>>> readAsync) => new(
            new Fact(name, FactType.Text, meaning, [StackBook.GetTemplate, StackBook.Describe, owner.Call, key.Call, setting], "the key is AWS's own, no longer exists, or no stack owns it", LeftRetain),
            async (reads, _) => await readAsync(reads.Subject.Stacks, await reads.OfAsync(owner)));
    }

    private static Task<Reading<FactValue>> DeletionPolicyAsync(StackBook stacks, Reading<StackOwner> owner) =>
        stacks.WordOfAsync(owner, Retention.DeletionAttribute, r => r.DeletionPolicy);

    private static Task<Reading<FactValue>> UpdateReplacePolicyAsync(StackBook stacks, Reading<StackOwner> owner) =>
        stacks.WordOfAsync(owner, Retention.ReplacementAttribute, r => r.UpdateReplacePolicy);
}
