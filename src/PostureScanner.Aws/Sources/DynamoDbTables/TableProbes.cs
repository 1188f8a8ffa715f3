using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>The calls about one table.</summary>
internal static class TableProbes
{
    public static readonly Probe<TableSubject, TableDescription> Description = new("dynamodb:DescribeTable", "dynamodb:DescribeTable", async reads =>
        (await AskAsync(
            reads,
            "dynamodb:DescribeTable",
            (table, token) => table.Account.DynamoDb(table.Resource.Target.Region).DescribeTableAsync(new DescribeTableRequest { TableName = table.Resource.Name }, token),
            response => response.Table?.TableStatus is not null))
        .Select((response, _) => response.Table));

    public static readonly Probe<TableSubject, PointInTimeRecoveryDescription> Backups = new("dynamodb:DescribeContinuousBackups", "dynamodb:DescribeContinuousBackups", async reads =>
        (await AskAsync(
            reads,
            "dynamodb:DescribeContinuousBackups",
            (table, token) => table.Account.DynamoDb(table.Resource.Target.Region)
                .DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table.Resource.Name }, token),
            // ContinuousBackupsStatus is ENABLED on every table and says nothing of point-in-time recovery.
            response => response.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus is not null))
        .Select((response, _) => response.ContinuousBackupsDescription.PointInTimeRecoveryDescription));

    public static readonly Probe<TableSubject, ImmutableSortedDictionary<string, string>> Tags = new("dynamodb:ListTagsOfResource", "dynamodb:ListTagsOfResource", TagsAsync);

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

    private static async Task<Reading<ImmutableSortedDictionary<string, string>>> TagsAsync(Reads<TableSubject> reads)
    {
        var tags = new List<(string, string)>();
        string? next = null;
        do
        {
            var page = await AskAsync(
                reads,
                "dynamodb:ListTagsOfResource",
                (table, token) => table.Account.DynamoDb(table.Resource.Target.Region)
                    .ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.Resource.Arn, NextToken = next }, token),
                response => response.Tags is not null);
            if (!page.IsKnown(out var response))
                return page.As<ImmutableSortedDictionary<string, string>>();
            tags.AddRange(response.Tags.Select(t => (t.Key, t.Value)));
            if (string.IsNullOrEmpty(response.NextToken) || response.NextToken == next)
                return Reading<ImmutableSortedDictionary<string, string>>.Known(TagRows.Of(tags), page.Origin!);
            next = response.NextToken;
        }
        while (true);
    }

    private static Task<Reading<TResponse>> AskAsync<TResponse>(
        Reads<TableSubject> reads, string operation, Func<TableSubject, CancellationToken, Task<TResponse>> send, Func<TResponse, bool> isWhole)
        where TResponse : AmazonWebServiceResponse =>
        reads.Subject.Caller.AskAsync(reads.Subject.Api(operation), token => send(reads.Subject, token), absentCodes: [], isWhole, reads.StopReading);
}
