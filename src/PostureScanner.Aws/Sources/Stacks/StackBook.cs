using System.Collections.Immutable;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>The CloudFormation stacks of an account: each is described once and its template fetched once, however many resources of whatever kind it owns.</summary>
internal sealed class StackBook
{
    public static readonly Call Describe = new("cloudformation:DescribeStacks", "cloudformation:DescribeStacks");
    public static readonly Call GetTemplate = new("cloudformation:GetTemplate", "cloudformation:GetTemplate");

    /// <summary>Ours: the stack is between two templates.</summary>
    public const string InProgress = "StackInProgress";

    private readonly Memo<StackId, Reading<LivingStack>> _stacks;
    private readonly Memo<StackId, Reading<Template>> _templates;
    private readonly AwsAccount _account;
    private readonly ApiCaller _caller;
    private readonly CancellationToken _stopReading;

    public StackBook(AwsAccount account, ApiCaller caller, CancellationToken stopReading)
    {
        (_account, _caller, _stopReading) = (account, caller, stopReading);
        _stacks = new Memo<StackId, Reading<LivingStack>>(DescribeAsync);
        _templates = new Memo<StackId, Reading<Template>>(GetTemplateAsync);
    }

    /// <summary>The stack behind a resource with these tags; Absent where none is.</summary>
    public Reading<StackOwner> OwnerBy(Reading<ImmutableSortedDictionary<string, string>> tags) =>
        !tags.IsKnown(out var all) || !StackOwner.IsNamedIn(all)
            ? tags.Select((_, _) => (StackOwner?)null)
            : StackOwner.In(all) is { } owner
                ? Reading<StackOwner>.Known(owner, tags.Origin!)
                : _caller.Unreadable<StackOwner>(tags.Origin!.Call, $"the tags {StackOwner.StackIdTag} and {StackOwner.LogicalIdTag} name no stack's resource");

    /// <summary>Absent where there is no stack, or it was deleted and left the resource behind.</summary>
    public async Task<Reading<LivingStack>> StackOfAsync(Reading<StackOwner> owner) =>
        owner.IsKnown(out var known) ? await _stacks.OfAsync(known.Stack) : owner.As<LivingStack>();

    /// <summary>The stack itself or, of a nested one, the one at the root: only there can anybody set termination protection.</summary>
    public async Task<Reading<LivingStack>> RootOfAsync(Reading<StackOwner> owner)
    {
        var stack = await StackOfAsync(owner);
        if (!stack.IsKnown(out var living) || living.RootId is null)
            return stack;
        return StackId.Of(living.RootId) is { } root
            ? await _stacks.OfAsync(root)
            : _caller.Unreadable<LivingStack>(Describe.Operation, $"the root of the stack {living.Name} is no stack");
    }

    /// <summary>One attribute of the resource. Absent where nothing the stack does can reach the resource any more.</summary>
    public async Task<Reading<FactValue>> WordOfAsync(Reading<StackOwner> owner, string attribute, Func<Retention, string?> read)
    {
        var reading = await RetentionOfAsync(owner);
        return reading.IsKnown(out var retention) && read(retention) is null
            ? _caller.Unreadable<FactValue>(GetTemplate.Operation, $"the {attribute} of {owner.Value.LogicalId} in the stack {owner.Value.Stack.Name} is not a plain word")
            : reading.Select((known, _) => FactValue.Of(read(known)!));
    }

    private async Task<Reading<Retention>> RetentionOfAsync(Reading<StackOwner> owner)
    {
        var stack = await StackOfAsync(owner);
        if (!stack.IsKnown(out var living))
            return stack.As<Retention>();
        var (id, logicalId) = owner.Value;
        if (living.IsBetweenTemplates)
            return _caller.Unknown<Retention>(ApiOf(Describe, id), InProgress, $"the stack {living.Name} is {living.Status}; which template will hold is not settled");
        var reading = await _templates.OfAsync(id);
        if (!reading.IsKnown(out var template))
            return reading.As<Retention>();
        if (template.Resources.TryGetValue(logicalId, out var retention))
            return Reading<Retention>.Known(retention, reading.Origin!).Noting($"{logicalId} in the stack {living.Name}");
        return template.IsUnresolved
            ? _caller.Unreadable<Retention>(GetTemplate.Operation, $"the template of the stack {living.Name} does not name {logicalId}, but has Fn::ForEach left to make resources")
            : Reading<Retention>.Absent(reading.Origin!).Noting($"the stack {living.Name} has let it go: its template no longer holds {logicalId}");
    }

    private async Task<Reading<LivingStack>> DescribeAsync(StackId id) => (await AskAsync(
            Describe,
            id,
            (client, token) => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = id.Arn }, token),
            response => response.Stacks is [{ StackName: not null, StackStatus: not null }]))
        .Select((response, _) => LivingStack.Of(response.Stacks[0])) switch
        {
            { State: ReadingState.Absent } gone => gone.Noting($"the stack {id.Name} was deleted and left it behind"),
            var reading => reading,
        };

    private async Task<Reading<Template>> GetTemplateAsync(StackId id)
    {
        var answer = await AskAsync(
            GetTemplate,
            id,
            (client, token) => client.GetTemplateAsync(new GetTemplateRequest { StackName = id.Arn, TemplateStage = TemplateStage.Processed }, token),
            response => !string.IsNullOrEmpty(response.TemplateBody));
        if (!answer.IsKnown(out var response))
            return answer.As<Template>().Noting(answer.State == ReadingState.Absent ? $"the stack {id.Name} was deleted and left it behind" : null);
        return TemplateReader.Read(response.TemplateBody) is { } template
            ? Reading<Template>.Known(template, answer.Origin!)
            : _caller.Unreadable<Template>(GetTemplate.Operation, $"the template of the stack {id.Name} cannot be read");
    }

    /// <summary>In the stack's own region. Absent where CloudFormation says that there is no such stack (any more).</summary>
    private async Task<Reading<TResponse>> AskAsync<TResponse>(
        Call call, StackId id, Func<IAmazonCloudFormation, CancellationToken, Task<TResponse>> send, Func<TResponse, bool> isWhole)
        where TResponse : AmazonWebServiceResponse
    {
        var answer = await _caller.AskAsync(ApiOf(call, id), token => send(_account.CloudFormation(id.Region), token), absentCodes: [], isWhole, _stopReading);
        // The code is that of every request CloudFormation finds wrong; only the sentence tells a missing stack.
        return answer.NotRead is { Code: "ValidationError" } refusal && refusal.Reason.EndsWith("does not exist", StringComparison.Ordinal)
            ? Reading<TResponse>.Absent(answer.Origin!)
            : answer;
    }

    private Api ApiOf(Call call, StackId id) => new(call.Operation, _account.Id, id.Region);
}
