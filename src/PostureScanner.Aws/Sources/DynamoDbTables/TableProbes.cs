using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>The calls about one table.</summary>
internal static class TableProbes
{
    private const string TagsOperation = "dynamodb:ListTagsOfResource";

    public static readonly Probe<TableSubject, TableDescription> Description = Asked(
        "dynamodb:DescribeTable",
        (dynamoDb, table, token) => dynamoDb.DescribeTableAsync(new DescribeTableRequest { TableName = table.Name }, token),
        response => response.Table?.TableStatus is not null,
        response => response.Table);

    // ContinuousBackupsStatus is ENABLED on every table and says nothing of point-in-time recovery.
    public static readonly Probe<TableSubject, PointInTimeRecoveryDescription> Backups = Asked(
        "dynamodb:DescribeContinuousBackups",
        (dynamoDb, table, token) => dynamoDb.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table.Name }, token),
        response => response.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus is not null,
        response => response.ContinuousBackupsDescription.PointInTimeRecoveryDescription);

    public static readonly Probe<TableSubject, ImmutableSortedDictionary<string, string>> Tags = new(TagsOperation, TagsOperation, TagsAsync);

    /// <summary>DescribeTable names the key, but only KMS says whose it is and whether it lives.</summary>
    public static readonly Probe<TableSubject, DataKey> Key = new(KeyBook.Operation, KeyBook.Operation, async reads =>
    {
        var table = await reads.OfAsync(Description);
        if (!table.IsKnown(out var description))
            return table.As<DataKey>();
        // Encryption under a key of DynamoDB's own leaves no SSEDescription.
        return description.SSEDescription?.KMSMasterKeyArn is { Length: > 0 } arn
            ? DataKey.Of(await reads.Subject.Keys.OfAsync(arn, reads.Subject.Resource.Target.Region), isDefault: false)
            : Reading<DataKey>.Known(DataKey.AwsOwned, table.Origin!);
    });

    private static readonly Probe<TableSubject, StackOwner> OwnTags = StackRows.OwnerBy(Tags);

    /// <summary>A table without a stack of its own may be the replica of one that has: it then waits for what is read of the others.</summary>
    public static readonly Probe<TableSubject, StackOwner> Owner = new(OwnTags.Call.Operation, OwnTags.Call.Permission, async reads =>
    {
        var (table, siblings) = (reads.Subject.Resource, reads.Subject.Siblings);
        var owner = await reads.OfAsync(OwnTags);
        siblings.Add(table, owner);
        if (owner.State != ReadingState.Absent)
            return owner;
        var description = await reads.OfAsync(Description);
        if (!description.IsKnown(out var known))
            return description.As<StackOwner>();
        var replicas = Replicas(known);
        if (replicas.Count > 0)
            siblings.Await(table, replicas.Select(r => r.RegionName));
        return owner;
    });

    /// <summary>The replicas elsewhere: AWS may name the table's own region among them.</summary>
    public static List<ReplicaDescription> Replicas(TableDescription table) =>
        [.. (table.Replicas ?? []).Where(r => r.RegionName is { Length: > 0 } region && region != OwnRegion(table))];

    private static string? OwnRegion(TableDescription table) => table.TableArn?.Split(':') is [_, _, _, var region, ..] ? region : null;

    private static async Task<Reading<ImmutableSortedDictionary<string, string>>> TagsAsync(Reads<TableSubject> reads)
    {
        var tags = new List<(string, string)>();
        string? next = null;
        while (true)
        {
            var page = await AskAsync(
                reads,
                TagsOperation,
                (dynamoDb, table, token) => dynamoDb.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.Arn, NextToken = next }, token),
                response => response.Tags?.TrueForAll(t => t.Key is not null && t.Value is not null) == true);
            if (!page.IsKnown(out var response))
                return page.As<ImmutableSortedDictionary<string, string>>();
            tags.AddRange(response.Tags.Select(t => (t.Key, t.Value)));
            if (string.IsNullOrEmpty(response.NextToken))
                return Reading<ImmutableSortedDictionary<string, string>>.Known(TagRows.Of(tags), page.Origin!);
            // A token that repeats would be followed for ever, and what stands behind it is not known.
            if (response.NextToken == next)
                return reads.Subject.Caller.Unknown<ImmutableSortedDictionary<string, string>>(reads.Subject.Api(TagsOperation), Fault.UnreadableAnswer, "a page repeats");
            next = response.NextToken;
        }
    }

    /// <summary>A call whose IAM action has its own name, as all of DynamoDB's have.</summary>
    private static Probe<TableSubject, TAnswer> Asked<TResponse, TAnswer>(
        string operation, Func<IAmazonDynamoDB, Resource, CancellationToken, Task<TResponse>> send, Func<TResponse, bool> isWhole, Func<TResponse, TAnswer> read)
        where TResponse : AmazonWebServiceResponse
        where TAnswer : class =>
        new(operation, operation, async reads => (await AskAsync(reads, operation, send, isWhole)).Select((response, _) => read(response)));

    private static Task<Reading<TResponse>> AskAsync<TResponse>(
        Reads<TableSubject> reads, string operation, Func<IAmazonDynamoDB, Resource, CancellationToken, Task<TResponse>> send, Func<TResponse, bool> isWhole)
        where TResponse : AmazonWebServiceResponse
    {
        var subject = reads.Subject;
        return subject.Caller.AskAsync(
            subject.Api(operation), token => send(subject.Account.DynamoDb(subject.Resource.Target.Region), subject.Resource, token), absentCodes: [], isWhole, reads.StopReading);
    }
}
