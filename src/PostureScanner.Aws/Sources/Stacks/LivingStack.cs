using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>What is kept of a stack that is not deleted. Its parameters and outputs may hold secrets.</summary>
/// <param name="RootId">Set on a nested stack.</param>
internal sealed record LivingStack(string Name, string Status, string? RootId, bool TerminationProtection)
{
    // An update carried out is UPDATE_COMPLETE_CLEANUP_IN_PROGRESS; until then a failure brings the template before it back.
    private static readonly string[] Unsettled =
    [
        StackStatus.UPDATE_IN_PROGRESS.Value,
        StackStatus.UPDATE_ROLLBACK_IN_PROGRESS.Value,
        StackStatus.IMPORT_IN_PROGRESS.Value,
        StackStatus.IMPORT_ROLLBACK_IN_PROGRESS.Value,
    ];

    /// <summary>It is not settled which template will hold.</summary>
    public bool IsBetweenTemplates => Unsettled.Contains(Status, StringComparer.Ordinal);

    /// <summary>Null where the stack is deleted; such a one is described for 90 days more.</summary>
    public static LivingStack? Of(Stack stack) => stack.StackStatus == StackStatus.DELETE_COMPLETE
        ? null
        : new LivingStack(stack.StackName, stack.StackStatus.Value, string.IsNullOrEmpty(stack.RootId) ? null : stack.RootId, stack.EnableTerminationProtection is true);
}
