using System.Collections.Immutable;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Sources.Probes;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>The enabled lifecycle rules of one bucket. Of several rules the one that acts first counts.</summary>
internal sealed record LifecycleRules(ImmutableArray<LifecycleRule> Enabled)
{
    public static readonly LifecycleRules None = new([]);

    /// <summary>How long an overwritten or deleted object can be had back; null where for ever.</summary>
    public int? NoncurrentRetentionDays => Enabled.Min(r => r.NoncurrentVersionExpiration?.NoncurrentDays);

    /// <summary>How many old versions are kept whatever their age, by the rule that keeps the fewest; null where no rule expires any.</summary>
    public int? NewerVersionsKept => Enabled.Select(r => r.NoncurrentVersionExpiration).Where(e => e is not null).Min(e => e is null ? null : (int?)(e.NewerNoncurrentVersions ?? 0));

    /// <summary>When objects expire after their creation; null where never.</summary>
    public TimeSpan? Expiration(DateTimeOffset now) => Enabled.Min(r => r.Expiration is { } expiration ? After(expiration.Days, expiration.Date, now) : null);

    /// <summary>When objects move where reading them back takes minutes to days; Glacier Instant Retrieval does not.</summary>
    public TimeSpan? GlacierTransition(DateTimeOffset now) => Enabled
        .SelectMany(r => r.Transitions ?? [])
        .Where(t => t.StorageClass == S3StorageClass.Glacier || t.StorageClass == S3StorageClass.DeepArchive)
        .Min(t => After(t.Days, t.Date, now));

    // A rule with a date goes on acting after it: from then on, objects are old enough at once.
    private static TimeSpan? After(int? days, DateTime? date, DateTimeOffset now)
    {
        if (days is { } count)
            return Spans.Days(count);
        if (date is not { } at)
            return null;
        var wait = new DateTimeOffset(at.ToUniversalTime()) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
