using System.Collections.Immutable;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Doctor;

/// <summary>Whether an operation is allowed in an account.</summary>
public enum Finding
{
    Works,

    Missing,

    /// <summary>AWS did not say: no bucket to ask about, no answer, an error that is about something else.</summary>
    Unclear,
}

/// <param name="Account">"unknown" where nobody got into it.</param>
/// <param name="Why">AWS's answer, where it is not simply allowed.</param>
/// <param name="Policies">The policies that would be unknown without it, by id.</param>
public sealed record Diagnosis(string Account, Call Call, Finding Finding, string? Why, ImmutableArray<string> Policies);

/// <summary>Tries the calls that scans by some policies make, one cheap call each, before anything is deployed.</summary>
public static class Examination
{
    // S3 says 403 without a code of its own where there is no body.
    private static readonly string[] Denials = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden", "UnrecognizedClientException", "HTTP 403"];

    // What is answered about a thing that is not there, or not configured, is answered only to those who may ask.
    private static readonly string[] Answers =
    [
        "ResourceNotFoundException", "TableNotFoundException", "NotFoundException", "ValidationError", "NotFound",
        "ServerSideEncryptionConfigurationNotFoundError", "ReplicationConfigurationNotFoundError", "NoSuchLifecycleConfiguration",
        "ObjectLockConfigurationNotFoundError", "NoSuchPublicAccessBlockConfiguration", "NoSuchTagSet",
    ];

    /// <summary>The operations that can be tried.</summary>
    public static IEnumerable<string> Operations => PermissionProbe.All.Select(p => p.Operation);

    /// <exception cref="SettingsException">Nobody can be asked with these settings.</exception>
    public static async Task<ImmutableArray<Diagnosis>> RunAsync(AwsSettings settings, PolicySet policies, TimeProvider clock, CancellationToken stopAsking)
    {
        var login = Login.Of(settings);
        var regions = Regions.Of(settings.Regions);
        var caller = new ApiCaller(new Pacer(settings.Pace, clock), new CallTally(), clock, settings.Patience);
        var (connections, _) = Connections.Measuring(clock);
        var roles = Login.RolesOf(settings.RoleArns);
        var entries = roles.IsEmpty
            ? [await login.OwnAsync(caller, connections, regions.Home, stopAsking)]
            : await Task.WhenAll(roles.Select(role => login.AssumeAsync(role, caller, connections, regions.Home, stopAsking)));
        var diagnoses = await Task.WhenAll(entries.Select(entry => ExamineAsync(entry, settings, login, regions, policies, caller, stopAsking)));
        return [.. diagnoses.SelectMany(d => d)];
    }

    private static async Task<IEnumerable<Diagnosis>> ExamineAsync(Entry entry, AwsSettings settings, Login login, Regions regions, PolicySet policies, ApiCaller caller, CancellationToken stopAsking)
    {
        var needed = Needed(policies, withRegions: regions.Named.IsEmpty);
        if (entry.Problem is { } problem)
        {
            // The caller's own identity needs no permission: where it is not told, something else is wrong.
            var call = settings.RoleArns.IsEmpty ? new Call("sts:GetCallerIdentity", null) : new Call("sts:AssumeRole", "sts:AssumeRole");
            var isDenied = Array.Exists(Denials, d => problem.Contains($": {d}: ", StringComparison.Ordinal));
            return [new Diagnosis(entry.Account, call, isDenied ? Finding.Missing : Finding.Unclear, problem, [.. policies.Policies.Select(p => p.Id)])];
        }

        using var account = login.Account(entry);
        var patient = await FindBucketAsync(new Patient(account, regions.Home[0], null, null, caller, stopAsking));
        return await Task.WhenAll(needed.Select(async need => await TryAsync(need.Call, need.Policies, patient)));
    }

    private static async Task<Diagnosis> TryAsync(Call call, ImmutableArray<string> policies, Patient patient)
    {
        var probe = PermissionProbe.All.Single(p => p.Operation == call.Operation);
        if (probe.NeedsBucket && patient.Bucket is null)
            return new Diagnosis(patient.Account.Id, call, Finding.Unclear, "there is no bucket to ask about", policies);
        var answer = await probe.AskAsync(patient);
        if (answer.NotRead is not { } refused)
            return new Diagnosis(patient.Account.Id, call, Finding.Works, null, policies);
        var why = $"{refused.Code}: {refused.Reason}";
        if (Answers.Contains(refused.Code, StringComparer.Ordinal))
            return new Diagnosis(patient.Account.Id, call, Finding.Works, null, policies);
        return new Diagnosis(patient.Account.Id, call, Denials.Contains(refused.Code, StringComparer.Ordinal) ? Finding.Missing : Finding.Unclear, why, policies);
    }

    private static async Task<Patient> FindBucketAsync(Patient patient)
    {
        var buckets = await patient.Caller.AskAsync(
            new Api("s3:ListBuckets", patient.Account.Id, patient.Region), token => patient.Account.S3(patient.Region).ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 1 }, token), absentCodes: [], isWhole: null, patient.StopAsking);
        if (!buckets.IsKnown(out var response) || response.Buckets is not [var bucket, ..])
            return patient;
        var head = await patient.Caller.AskAsync(
            new Api("s3:HeadBucket", patient.Account.Id, patient.Region), token => BucketHead.AskAsync(patient.Account.S3(patient.Region), bucket.BucketName, token), absentCodes: [], isWhole: null, patient.StopAsking);
        var region = bucket.BucketRegion ?? (head.IsKnown(out var place) ? place.BucketRegion : null);
        return patient with { Bucket = bucket.BucketName, BucketRegion = string.IsNullOrEmpty(region) ? patient.Region : region };
    }

    /// <summary>Each call that some policy needs, with those policies; what lists is needed by all of its kind.</summary>
    private static IEnumerable<(Call Call, ImmutableArray<string> Policies)> Needed(PolicySet policies, bool withRegions) =>
        policies.Policies
            .SelectMany(p => p.Table.Listing.Concat(p.Facts.SelectMany(f => f.Calls)).Concat(withRegions ? [Regions.Listing] : Array.Empty<Call>()).Select(c => (Call: c, p.Id)))
            .GroupBy(n => n.Call.Operation, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.First().Call, g.Select(n => n.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray()));
}
