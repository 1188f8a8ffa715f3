using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using static PostureScanner.Aws.Sources.DynamoDbTables.TableProbes;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>Every fact of a table: one row each.</summary>
internal sealed class TableRows() : FactRows<TableSubject>(
    "AWS::DynamoDB::Table",
    [new Call("dynamodb:ListTables", "dynamodb:ListTables")],
    ["table.id", "table.created"],
    new RestoreWindow("pitr.enabled", "table.created", "pitr.earliest-restorable", "pitr.latest-restorable", "pitr.recovery-period"))
{
    // Kept by DynamoDB without charge, for tables that had point-in-time recovery on when they were deleted.
    private static readonly TimeSpan SystemBackupIsKept = TimeSpan.FromDays(35);

    private const string NoRecovery = "point-in-time recovery is off";
    private const string NoReplicas = "the table has no replica in another region";

    public static readonly TableRows Instance = new();

    public override ImmutableArray<FactRow<TableSubject>> Rows { get; } =
    [
        Text(Description, "table.id", "AWS's identity of this table; a table dropped and created again has another.", t => t.TableId, "AWS gives no id"),
        Text(Description, "table.status", "The table's state; a table in INACCESSIBLE_ENCRYPTION_CREDENTIALS is archived after seven days.", t => t.TableStatus?.Value, worse: Worse.Left("ACTIVE", "UPDATING")),
        Instant(Description, "table.created", "When the table was created.", t => t.CreationDateTime, "the table is still being created"),
        Age(Description, "table.age", "How long ago the table was created.", t => t.CreationDateTime, "the table is still being created"),
        Number(Description, "table.items", "Items in the table; AWS counts about every six hours.", t => t.ItemCount),
        Number(Description, "table.size-bytes", "Bytes in the table; AWS measures about every six hours.", t => t.TableSizeBytes),
        Text(Description, "table.class", "STANDARD or STANDARD_INFREQUENT_ACCESS.", t => t.TableClassSummary?.TableClass?.Value ?? TableClass.STANDARD.Value),
        Flag(Description, "deletion-protection.enabled", "DeleteTable is refused until the protection is switched off.", t => t.DeletionProtectionEnabled is true),

        .. KeyRows.Of(Key, Description.Call),
        .. StackRows.OfKey(Key, Description.Call),

        From(Description, "replication.regions", FactType.List, "Other regions that hold a replica of the table.", (t, _) => Replicas(t) is { Count: > 0 } replicas ? FactValue.Of(replicas.Select(r => r.RegionName)) : null, NoReplicas, Worse.LostElement),
        Text(Description, "replication.status", "The worst state among the replicas.", t => Replicas(t).Select(r => r.ReplicaStatus?.Value ?? "").OrderBy(Soundness).FirstOrDefault(), NoReplicas, Worse.Left("ACTIVE", "UPDATING")),
        Text(Description, "replication.consistency", "EVENTUAL, or STRONG with a recovery point of zero.", t => Replicas(t).Count == 0 ? null : t.MultiRegionConsistency?.Value ?? MultiRegionConsistency.EVENTUAL.Value, NoReplicas, Worse.Left("STRONG")),

        Flag(Backups, "pitr.enabled", "Point-in-time recovery is on.", b => b.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED),
        Days(Backups, "pitr.recovery-period", "How far back the table is promised to be restorable: 1 to 35 days.", b => IsOn(b) ? b.RecoveryPeriodInDays ?? 35 : null, NoRecovery, Worse.Lower),
        Instant(Backups, "pitr.earliest-restorable", "The oldest moment the table can be restored to.", b => b.EarliestRestorableDateTime, NoRecovery),
        Instant(Backups, "pitr.latest-restorable", "The newest moment the table can be restored to.", b => b.LatestRestorableDateTime, NoRecovery),
        Age(Backups, "pitr.earliest-restorable-age", "How old the oldest restorable moment is.", b => b.EarliestRestorableDateTime, NoRecovery),
        Age(Backups, "pitr.latest-restorable-age", "How old the newest restorable moment is: what a restore would lose; about five minutes.", b => b.LatestRestorableDateTime, NoRecovery),
        From(Backups, "pitr.window", FactType.Duration, "From the oldest to the newest restorable moment.", (b, _) => b is { EarliestRestorableDateTime: { } earliest, LatestRestorableDateTime: { } latest } ? FactValue.Of(NotNegative(latest - earliest)) : null, NoRecovery),
        new(
            new Fact("pitr.window-shortfall", FactType.Duration, "How much of the promised window cannot be restored (yet).", [Backups.Call, Description.Call], NoRecovery, null),
            async (reads, _) => Shortfall(await reads.OfAsync(Backups), await reads.OfAsync(Description))),

        .. StackRows.Of(Owner, [Tags.Call, Description.Call], new(table => table.Siblings.Waits(table.Resource), table => table.Siblings.OwnersBeside(table.Resource))),
        TagRows.Family(Tags),
    ];

    protected override string Copies => "replication.regions";

    protected override string Created => "table.created";

    protected override string ResourceDimension => "TableName";

    protected override string WhenGone(Resource resource, IReadOnlyDictionary<string, FactValue?> facts, DateTimeOffset lastSeen) =>
        facts.GetValueOrDefault("pitr.enabled") == FactValue.Of(value: true)
            ? $"DynamoDB keeps the system backup {resource.Name}$DeletedTableBackup until {Instants.Format(lastSeen + SystemBackupIsKept)}: restore it before then"
            : "point-in-time recovery was not seen on, so DynamoDB has made no backup of its own: look for on-demand backups";

    public override Task<ImmutableArray<string>> MembersAsync(Reads<TableSubject> reads) => TagRows.MembersAsync(reads, Tags);

    private static bool IsOn(PointInTimeRecoveryDescription backups) => backups.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED;

    // Of two states the one that is further from a readable copy is the worse. A state AWS adds later is the worst of all.
    private static int Soundness(string status) => Array.IndexOf(
        ["CREATION_FAILED", "ARCHIVED", "ARCHIVING", "REPLICATION_NOT_AUTHORIZED", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "REGION_DISABLED", "DELETING", "CREATING", "UPDATING", "ACTIVE"],
        status);

    // The promise cannot reach back behind the table's own creation.
    private static Reading<FactValue> Shortfall(Reading<PointInTimeRecoveryDescription> backups, Reading<TableDescription> table)
    {
        if (!backups.IsKnown(out var recovery) || !IsOn(recovery) || Moment(recovery.EarliestRestorableDateTime) is not { } earliest)
            return backups.Select((_, _) => (FactValue?)null);
        if (!table.IsKnown(out var description) || Moment(description.CreationDateTime) is not { } created)
            return table.Select((_, _) => (FactValue?)null);
        var period = TimeSpan.FromDays(recovery.RecoveryPeriodInDays ?? 35);
        var promised = backups.Origin!.ObservedAt - period;
        var shortfall = NotNegative(earliest - (created > promised ? created : promised));
        return Reading<FactValue>.Known(FactValue.Of(shortfall), backups.Origin)
            .Noting(shortfall > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"the window will be full on {earliest + period:yyyy-MM-dd}") : null);
    }
}
