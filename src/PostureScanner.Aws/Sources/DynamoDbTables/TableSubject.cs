using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>One table, and what is needed to ask about it.</summary>
internal sealed record TableSubject(Resource Resource, AwsAccount Account, ApiCaller Caller, KeyBook Keys, StackBook Stacks, SiblingBook Siblings) : ISubject
{
    public Api Api(string operation) => new(operation, Account.Id, Resource.Target.Region);
}
