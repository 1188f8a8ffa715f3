using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

/// <summary>DynamoDB's control plane, JSON 1.0. There are no items here: the estate is about tables.</summary>
internal sealed class DynamoDbService() : JsonService("dynamodb", "DynamoDB_20120810", Version, "com.amazonaws.dynamodb.v20120810", Rows)
{
    private const string Version = "1.0";

    private static IEnumerable<Operation> Rows =>
    [
        Row("ListTables", _ => "", Listing.Tables),
        Row("DescribeTable", Tables.NameIn, Tables.Describe),
        Row("CreateTable", Tables.NameIn, TableWrites.Create),
        Row("UpdateTable", Tables.NameIn, TableWrites.Update),
        Row("DeleteTable", Tables.NameIn, TableWrites.Delete),
        Row("DescribeContinuousBackups", Tables.NameIn, ContinuousBackups.Describe),
        Row("UpdateContinuousBackups", Tables.NameIn, ContinuousBackups.Update),
        Row("ListTagsOfResource", Tags.NameIn, Tags.List),
        Row("TagResource", Tags.NameIn, Tags.Add),
        Row("UntagResource", Tags.NameIn, Tags.Remove),
        Row("DescribeTimeToLive", Tables.NameIn, Tables.DescribeTimeToLive),
        Row("DescribeLimits", _ => "", (_, _) => Listing.Limits()),
        Row("ListBackups", _ => "", Listing.Backups),
    ];

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => Row(name, subject, run, Version);
}
