using System.Collections.Immutable;
using Amazon.EC2.Model;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.S3Buckets;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Doctor;

/// <summary>
/// Tries the calls that scans by some policies make, before anything is deployed: one cheap call in each region, because an organisation may
/// deny whole regions, and one in all where any region answers for the account.
/// </summary>
public static class Examination
{
    // S3 says 403 without a code of its own where there is no body.
    private static readonly string[] Denials = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden", "HTTP 403"];

    // What is answered about a thing that is not there, or not configured, is answered only to those who may ask.
    private static readonly string[] Answers =
    [
        "ResourceNotFoundException", "TableNotFoundException", "NotFoundException", "ValidationError", "NotFound",
        "ServerSideEncryptionConfigurationNotFoundError", "ReplicationConfigurationNotFoundError", "NoSuchLifecycleConfiguration",
        "ObjectLockConfigurationNotFoundError", "NoSuchPublicAccessBlockConfiguration", "NoSuchTagSet",
    ];

    /// <summary>The operations that can be tried.</summary>
    public static IEnumerable<string> Operations => PermissionProbe.All.Select(p => p.Operation).Append(Regions.Listing.Operation).Append(BucketRows.ListBuckets.Operation);

    /// <exception cref="SettingsException">Nobody can be asked with these settings.</exception>
    public static async Task<ImmutableArray<Examined>> RunAsync(AwsSettings settings, PolicySet policies, TimeProvider clock, CancellationToken stopAsking)
    {
        var login = Login.Of(settings);
        var regions = Regions.Of(settings.Regions);
        var caller = new ApiCaller(new Pacer(settings.Pace, clock), new CallTally(), clock, settings.Patience);
        var (connections, _) = Connections.Measuring(clock);
        var roles = Login.RolesOf(settings.RoleArns);
        var entries = roles.IsEmpty
            ? [await login.OwnAsync(caller, connections, regions.Home, stopAsking)]
            : await Task.WhenAll(roles.Select(role => login.AssumeAsync(role, caller, connections, regions.Home, stopAsking)));
        return [.. await Task.WhenAll(entries.Select(entry => ExamineAsync(entry, settings, login, regions, policies, caller, stopAsking)))];
    }

    private static async Task<Examined> ExamineAsync(Entry entry, AwsSettings settings, Login login, Regions regions, PolicySet policies, ApiCaller caller, CancellationToken stopAsking)
    {
        if (entry.Problem is { } problem)
        {
            // The caller's own identity needs no permission: where it is not told, something else is wrong.
            var call = settings.RoleArns.IsEmpty ? new Call("sts:GetCallerIdentity", null) : new Call("sts:AssumeRole", "sts:AssumeRole");
            var isDenied = Array.Exists(Denials, d => problem.Contains($": {d}: ", StringComparison.Ordinal));
            var answer = new Answer(isDenied ? Permitted.Missing : Permitted.Unclear, problem, []);
            return new Examined(entry.Account, [], [new Diagnosis(call, [answer], [.. policies.Policies.Select(p => p.Id)])]);
        }

        using var account = login.Account(entry);
        var listing = regions.Named.IsEmpty ? await regions.ListAsync(account, caller, stopAsking) : default;
        // Where nobody says which regions there are, the one that was asked is better than none.
        var names = listing.IsKnown(out var listed) ? Regions.In(listed) : regions.Shown;
        var patients = names.Select(region => new Patient(account, region, null, caller, stopAsking)).ToImmutableArray();
        var needed = Needed(policies, withRegions: regions.Named.IsEmpty).ToList();
        var (bucket, buckets) = needed.Exists(n => n.Call.Operation == BucketRows.ListBuckets.Operation) ? await FindBucketAsync(patients) : default;
        var diagnoses = await Task.WhenAll(needed.Select(async need =>
            new Diagnosis(need.Call, await TryAsync(need.Call, patients, bucket, listing, buckets), need.Policies)));
        return new Examined(entry.Account, names, [.. diagnoses]);
    }

    private static async Task<ImmutableArray<Answer>> TryAsync(
        Call call, ImmutableArray<Patient> patients, Patient? bucket, Reading<DescribeRegionsResponse> regions, Reading<ListBucketsResponse> buckets)
    {
        if (call.Operation == Regions.Listing.Operation)
            return [Judged(regions, [])];
        if (call.Operation == BucketRows.ListBuckets.Operation)
            return [Judged(buckets, [])];
        var probe = PermissionProbe.All.Single(p => p.Operation == call.Operation);
        if (!probe.NeedsBucket)
            return Merged(await Task.WhenAll(patients.Select(async p => (p.Region, await probe.AskAsync(p)))));
        if (bucket is null)
            return [new Answer(Permitted.Unclear, buckets.NotRead is null ? "there is no bucket to ask about" : "no bucket to ask about is known", [])];
        // One bucket's region says nothing about the others.
        return [Judged(await probe.AskAsync(bucket), patients is [var only] && only.Region == bucket.Region ? [] : [bucket.Region])];
    }

    /// <summary>Regions that answer alike, together. Whatever AWS says, it says with the name of the region.</summary>
    private static ImmutableArray<Answer> Merged<T>((string Region, Reading<T> Said)[] asked)
    {
        var groups = asked.GroupBy(a => IsAnswer(a.Said) ? "" : $"{a.Said.NotRead?.Code}: {a.Said.NotRead?.Reason.Replace(a.Region, "", StringComparison.Ordinal)}", StringComparer.Ordinal).ToList();
        return [.. groups.Select(g => Judged(g.First().Said, groups is [_] ? [] : [.. g.Select(a => a.Region)])).OrderBy(a => a.Permitted)];
    }

    private static Answer Judged<T>(Reading<T> said, ImmutableArray<string> regions) => said switch
    {
        _ when IsAnswer(said) => new Answer(Permitted.Works, null, regions),
        { NotRead: { } refused } => new Answer(Denials.Contains(refused.Code, StringComparer.Ordinal) ? Permitted.Missing : Permitted.Unclear, $"{refused.Code}: {refused.Reason}", regions),
        _ => new Answer(Permitted.Unclear, "nothing was asked", regions),
    };

    private static bool IsAnswer<T>(Reading<T> said) => said.State != ReadingState.Unknown || (said.NotRead is { } refused && Answers.Contains(refused.Code, StringComparer.Ordinal));

    /// <summary>Some bucket, of the regions if there is one; null where the account has none, or nobody may know.</summary>
    private static async Task<(Patient? Bucket, Reading<ListBucketsResponse> Listing)> FindBucketAsync(ImmutableArray<Patient> patients)
    {
        var (home, listing) = await AnyRegion.AskAsync([.. patients.Select(p => p.Region)], region => ListAsync(patients.First(p => p.Region == region)));
        if (!listing.IsKnown(out var response) || response.Buckets is not [var first, ..])
            return (null, listing);
        var asked = patients.First(p => p.Region == home);
        var bucket = response.Buckets.Find(b => patients.Any(p => p.Region == b.BucketRegion)) ?? first;
        return (asked with { Bucket = bucket.BucketName, Region = bucket.BucketRegion ?? await RegionAsync(bucket.BucketName, asked) }, listing);
    }

    // With the parameter S3 says where each bucket stands.
    private static Task<Reading<ListBucketsResponse>> ListAsync(Patient patient) => patient.AskAsync(
        BucketRows.ListBuckets.Operation, token => patient.Account.S3(patient.Region).ListBucketsAsync(new ListBucketsRequest { MaxBuckets = BucketSource.PageSize }, token));

    private static async Task<string> RegionAsync(string bucket, Patient patient)
    {
        var head = await patient.AskAsync(BucketBook.Head, token => BucketHead.AskAsync(patient.Account.S3(patient.Region), bucket, token));
        return head.IsKnown(out var place) && !string.IsNullOrEmpty(place.BucketRegion) ? place.BucketRegion : patient.Region;
    }

    /// <summary>Each call that some policy needs, with those policies; what lists is needed by all of its kind.</summary>
    private static IEnumerable<(Call Call, ImmutableArray<string> Policies)> Needed(PolicySet policies, bool withRegions) =>
        policies.Policies
            .SelectMany(p => p.Table.Listing.Concat(p.Facts.SelectMany(f => f.Calls)).Concat(withRegions ? [Regions.Listing] : Array.Empty<Call>()).Select(c => (Call: c, p.Id)))
            .GroupBy(n => n.Call.Operation, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.First().Call, g.Select(n => n.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray()));
}
