namespace PostureScanner.Sandbox.Reading;

internal static class TableReader
{
    private static readonly string[] TableStatuses =
        ["ACTIVE", "CREATING", "UPDATING", "DELETING", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "ARCHIVING", "ARCHIVED", "REPLICATION_NOT_AUTHORIZED"];

    private static readonly string[] ReplicaStatuses = [.. TableStatuses, "CREATION_FAILED", "REGION_DISABLED"];

    public static TableSpec Read(YamlMap map, string nameKey, Known known)
    {
        var spec = new TableSpec(map.Required(nameKey))
        {
            Account = known.Account(map),
            Region = known.Region(map),
            Created = map.Span("created"),
            Status = map.OneOf("status", TableStatuses),
            Items = map.Number("items"),
            Bytes = map.Number("bytes"),
            Class = map.OneOf("class", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
            DeletionProtection = map.Flag("deletion-protection"),
            Key = known.Key(map),
            Pitr = ReadPitr(map),
            Consistency = map.OneOf("consistency", "EVENTUAL", "STRONG"),
            Replicas = map.Maps("replicas")?.Select(replica => ReadReplica(replica, known)).ToList(),
            Tags = map.Words("tags"),
            Backups = map.Maps("backups")?.Select(ReadBackup).ToList(),
        };
        map.Done();
        return spec;
    }

    /// <summary><c>on</c>, <c>off</c>, or what is to be said of it.</summary>
    private static PitrSpec? ReadPitr(YamlMap map)
    {
        if (!map.HoldsMap("pitr"))
            return map.OneOf("pitr", "on", "off") switch { null => null, "off" => PitrSpec.Off, _ => PitrSpec.On };
        var pitr = map.Map("pitr")!;
        var spec = new PitrSpec { Since = pitr.Span("since"), RecoveryPeriodInDays = pitr.Days("recovery-period"), Latest = pitr.Span("latest") };
        if (spec.RecoveryPeriodInDays is < 1 or > Pitr.MostDays)
            pitr.Problem("recovery-period", "\"recovery-period\" is 1d to 35d");
        pitr.Done();
        return spec;
    }

    private static ReplicaSpec ReadReplica(YamlMap map, Known known)
    {
        map.Required("region");
        var spec = new ReplicaSpec(known.Region(map) ?? "?")
        {
            Status = map.OneOf("status", ReplicaStatuses),
            DeletionProtection = map.Flag("deletion-protection"),
            Key = known.Key(map),
            Pitr = ReadPitr(map),
        };
        map.Done();
        return spec;
    }

    private static BackupSpec ReadBackup(YamlMap map)
    {
        map.Required("created");
        var spec = new BackupSpec(map.Span("created") ?? default)
        {
            Name = map.Text("name"),
            Type = map.OneOf("type", "USER", "SYSTEM", "AWS_BACKUP") ?? "USER",
            Status = map.OneOf("status", "CREATING", "AVAILABLE", "DELETED") ?? "AVAILABLE",
            ExpiresIn = map.Span("expires-in"),
        };
        map.Done();
        return spec;
    }
}
