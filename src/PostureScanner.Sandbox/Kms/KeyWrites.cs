using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

internal static class KeyWrites
{
    private const int LongestWait = 30;
    private const int ShortestWait = 7;

    public static JsonObject Create(Call call, JsonObject input)
    {
        var (spec, usage) = KindOf(input);
        var multiRegion = input.Flag("MultiRegion") == true;
        var id = call.Estate.NewId($"{call.Account}/{call.Region}/key");
        var key = new Key
        {
            Account = call.Account,
            Region = call.Region,
            Id = multiRegion ? "mrk-" + id.Replace("-", "", StringComparison.Ordinal) : id,
            Created = call.Now,
            Description = input.Text("Description") ?? "",
            MultiRegion = multiRegion ? "PRIMARY" : null,
            Spec = spec,
            Usage = usage,
            Material = KeyMaterial.New(spec),
            Tags = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal, input.Objects("Tags").Select(tag => KeyValuePair.Create(tag.Text("TagKey") ?? "", tag.Text("TagValue") ?? ""))),
        };
        call.World = call.World.Put(key);
        return new JsonObject { ["KeyMetadata"] = KeyJson.Of(call.World, key) };
    }

    public static JsonObject? Enable(Call call, JsonObject input) => Set(call, input, "Enabled");

    public static JsonObject? Disable(Call call, JsonObject input) => Set(call, input, "Disabled");

    public static JsonObject ScheduleDeletion(Call call, JsonObject input)
    {
        var key = NotPending(Keys.Find(call, input));
        var days = input.Number("PendingWindowInDays") ?? LongestWait;
        if (days is < ShortestWait or > LongestWait)
            throw new AwsError(400, "ValidationException", "PendingWindowInDays must be between 7 and 30");
        key = key with { State = "PendingDeletion", Deletion = call.Now.AddDays(days) };
        call.World = call.World.Put(key);
        return new JsonObject { ["KeyId"] = key.Arn, ["DeletionDate"] = key.Deletion.Value.Epoch(), ["KeyState"] = key.State, ["PendingWindowInDays"] = days };
    }

    /// <summary>A key that was to be deleted comes back disabled.</summary>
    public static JsonObject CancelDeletion(Call call, JsonObject input)
    {
        var key = Keys.Find(call, input);
        if (key.State != "PendingDeletion")
            throw InvalidState(key);
        call.World = call.World.Put(key with { State = "Disabled", Deletion = null });
        return new JsonObject { ["KeyId"] = key.Arn };
    }

    public static JsonObject? CreateAlias(Call call, JsonObject input)
    {
        var alias = input.Text("AliasName") ?? "";
        if (!alias.StartsWith("alias/", StringComparison.Ordinal))
            throw new AwsError(400, "ValidationException", "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        if (Keyring.ByAlias(call.World, call.Account, call.Region, alias) is not null)
            throw new AwsError(400, "AlreadyExistsException", $"An alias with the name arn:aws:kms:{call.Region}:{call.Account}:{alias} already exists");
        var target = input.Text("TargetKeyId") ?? "";
        var key = Keyring.Find(call.World, call.Account, call.Region, target.Split(":key/")[^1])
            ?? throw Keys.NotFound($"Key '{target}' does not exist");
        call.World = call.World.Put(key with { Aliases = key.Aliases.Add(alias) });
        return null;
    }

    /// <summary>The older name of the member is still taken.</summary>
    private static (string Spec, string Usage) KindOf(JsonObject input)
    {
        var spec = input.Text("KeySpec") ?? input.Text("CustomerMasterKeySpec") ?? KeyMaterial.Symmetric;
        if (!KeyMaterial.Specs.Contains(spec, StringComparer.Ordinal))
            throw new AwsError(400, "ValidationException", $"KeySpec {spec} is not one that the sandbox makes: {string.Join(", ", KeyMaterial.Specs)}.");
        var usage = input.Text("KeyUsage") ?? (spec == KeyMaterial.Symmetric
            ? KeyMaterial.Encrypts
            : throw new AwsError(400, "ValidationException", "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."));
        return KeyMaterial.Fits(spec, usage)
            ? (spec, usage)
            : throw new AwsError(400, "ValidationException", $"KeyUsage {usage} is not compatible with KeySpec {spec}");
    }

    private static JsonObject? Set(Call call, JsonObject input, string state)
    {
        call.World = call.World.Put(NotPending(Keys.Find(call, input)) with { State = state });
        return null;
    }

    private static Key NotPending(Key key) => key.State == "PendingDeletion" ? throw InvalidState(key) : key;

    private static AwsError InvalidState(Key key) => new(400, "KMSInvalidStateException", $"{key.Arn} is {(key.State == "PendingDeletion" ? "pending deletion" : "not pending deletion")}.");
}
