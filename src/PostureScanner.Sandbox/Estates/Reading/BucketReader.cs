namespace PostureScanner.Sandbox.Reading;

internal static class BucketReader
{
    public static BucketSpec Read(YamlMap map, string nameKey, Known known)
    {
        var spec = new BucketSpec(map.Required(nameKey))
        {
            Account = known.Account(map),
            Region = known.Region(map),
            Created = map.Span("created"),
            Versioning = map.OneOf("versioning", "enabled", "suspended", "off"),
            MfaDelete = map.Flag("mfa-delete"),
            Encryption = map.OneOf("encryption", "AES256", "aws:kms", "aws:kms:dsse"),
            Key = known.Key(map),
            BucketKey = map.Flag("bucket-key"),
            Replication = map.Maps("replication")?.Select(rule => ReadReplication(rule, known)).ToList(),
            Lifecycle = map.Maps("lifecycle")?.Select(ReadLifecycle).ToList(),
            ObjectLock = map.Map("object-lock") is { } objectLock ? ReadObjectLock(objectLock) : null,
            PublicAccessBlock = ReadPublicAccess(map),
            Tags = map.Words("tags"),
            ReadableBy = map.Texts("readable-by"),
        };
        map.Done();
        return spec;
    }

    private static ReplicationRuleSpec ReadReplication(YamlMap map, Known known)
    {
        var spec = new ReplicationRuleSpec(map.Required("to"))
        {
            Id = map.Text("id"),
            Enabled = map.Flag("enabled") ?? true,
            Version = (int)(map.Number("version") ?? 2),
            Priority = (int?)map.Number("priority"),
            Prefix = map.Text("prefix"),
            Tags = map.Words("tags")?.ToDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
            Account = known.Account(map),
            StorageClass = map.Text("storage-class"),
            DeleteMarkers = map.Flag("delete-markers") ?? false,
            KmsObjects = map.Flag("kms-objects"),
            ReplicaKey = known.Key(map, "replica-key"),
            TimeControl = map.Flag("time-control") ?? false,
            Metrics = map.Flag("metrics") ?? false,
        };
        if (spec.Version is not (1 or 2))
            map.Problem("version", "\"version\" is 1 or 2");
        map.Done();
        return spec;
    }

    private static LifecycleRuleSpec ReadLifecycle(YamlMap map)
    {
        var spec = new LifecycleRuleSpec
        {
            Id = map.Text("id"),
            Enabled = map.Flag("enabled") ?? true,
            Prefix = map.Text("prefix"),
            Expire = WholeDays(map, "expire"),
            ExpireNoncurrent = WholeDays(map, "expire-noncurrent"),
            KeepNoncurrent = (int?)map.Number("keep-noncurrent"),
            TransitionAfter = WholeDays(map, "transition-after"),
            TransitionTo = map.Text("transition-to") ?? "GLACIER",
            AbortUploads = WholeDays(map, "abort-uploads"),
        };
        map.Done();
        return spec;
    }

    private static ObjectLockSpec ReadObjectLock(YamlMap map)
    {
        var spec = new ObjectLockSpec
        {
            Mode = map.OneOf("mode", "GOVERNANCE", "COMPLIANCE"),
            Days = map.Days("retention"),
            Years = (int?)map.Number("years"),
        };
        map.Done();
        return spec;
    }

    private static IReadOnlyList<string>? ReadPublicAccess(YamlMap map)
    {
        const string Member = "public-access-block";
        if (!map.HoldsList(Member))
            return map.OneOf(Member, "all", "none") switch { null => null, "all" => BucketSpec.AllPublicAccess, _ => [] };
        var settings = map.Texts(Member)!;
        foreach (var unknown in settings.Except(BucketSpec.AllPublicAccess, StringComparer.Ordinal))
            map.Problem(Member, $"there is no setting {unknown}{Near.To(unknown, BucketSpec.AllPublicAccess)}");
        return settings;
    }

    private static TimeSpan? WholeDays(YamlMap map, string key) => map.Days(key) is { } days ? TimeSpan.FromDays(days) : null;
}
