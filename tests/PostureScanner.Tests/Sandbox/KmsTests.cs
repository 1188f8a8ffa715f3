using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using PostureScanner.Sandbox;
using KeySpec = PostureScanner.Sandbox.KeySpec;

namespace PostureScanner.Tests.Sandbox;

internal sealed class KmsTests : SandboxTest
{
    private const string Partner = "444455556666";

    private AmazonKeyManagementServiceClient kms = null!;

    [SetUp]
    public void Connect() => kms = Sandbox.Kms();

    [TearDown]
    public void Disconnect() => kms.Dispose();

    [TestCase("key-1")]
    [TestCase("alias/orders")]
    [TestCase("arn:aws:kms:eu-west-1:111122223333:key/key-1")]
    [TestCase("arn:aws:kms:eu-west-1:111122223333:alias/orders")]
    public async Task A_key_is_described_by_id_alias_and_ARN(string name)
    {
        Estate.AddKey(new KeySpec("key-1") { Alias = "orders", DeletesIn = TimeSpan.FromDays(12) });

        var key = (await kms.DescribeKeyAsync(name)).KeyMetadata;

        Assert.Multiple(() =>
        {
            Assert.That(key.KeyId, Is.EqualTo("key-1"));
            Assert.That(key.KeyManager, Is.EqualTo(KeyManagerType.CUSTOMER));
            Assert.That(key.KeyState, Is.EqualTo(KeyState.PendingDeletion));
            Assert.That(key.DeletionDate!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(12).UtcDateTime));
            Assert.That(key.MultiRegion, Is.False);
        });
    }

    [Test]
    public async Task AWSs_own_key_of_a_service_is_there_when_it_is_asked_for()
    {
        var key = (await kms.DescribeKeyAsync("alias/aws/s3")).KeyMetadata;

        Assert.That(key.KeyManager, Is.EqualTo(KeyManagerType.AWS));
        Assert.That((await kms.DescribeKeyAsync(key.KeyId)).KeyMetadata.Arn, Is.EqualTo(key.Arn));
    }

    [Test]
    public async Task A_multi_region_key_names_its_family()
    {
        Estate.AddKey(new KeySpec("mrk-1") { MultiRegion = "primary" }).AddKey(new KeySpec("mrk-1") { Region = Clients.Away, MultiRegion = "replica" });

        var family = (await kms.DescribeKeyAsync("mrk-1")).KeyMetadata.MultiRegionConfiguration;

        Assert.That((family.MultiRegionKeyType.Value, family.PrimaryKey.Region, family.ReplicaKeys.Single().Region), Is.EqualTo(("PRIMARY", Clients.Home, Clients.Away)));
    }

    [TestCase("gone")]
    [TestCase("alias/gone")]
    [TestCase("arn:aws:kms:eu-central-1:111122223333:key/key-1")]
    public void A_key_that_is_not_here_is_a_NotFoundException(string name)
    {
        Estate.AddKey(new KeySpec("key-1") { Region = Clients.Away });

        Assert.That(async () => await kms.DescribeKeyAsync(name), Throws.InstanceOf<NotFoundException>());
    }

    [Test]
    public async Task Another_accounts_key_is_denied_unless_it_may_be_read()
    {
        Estate.AddAccount(Partner, "partner").AddKey(new KeySpec("closed") { Account = Partner }).AddKey(new KeySpec("open") { Account = Partner, ReadableBy = [Clients.Account] });

        Assert.That(async () => await kms.DescribeKeyAsync($"arn:aws:kms:eu-west-1:{Partner}:key/closed"), Refused("AccessDeniedException"));
        Assert.That((await kms.DescribeKeyAsync($"arn:aws:kms:eu-west-1:{Partner}:key/open")).KeyMetadata.AWSAccountId, Is.EqualTo(Partner));
    }

    [Test]
    public async Task A_key_lives_through_its_states()
    {
        var id = (await kms.CreateKeyAsync(new CreateKeyRequest { Description = "orders" })).KeyMetadata.KeyId;
        await kms.CreateAliasAsync("alias/orders", id);

        await kms.DisableKeyAsync(id);
        Assert.That(await StateAsync(), Is.EqualTo(KeyState.Disabled));
        await kms.EnableKeyAsync(id);
        Assert.That(await StateAsync(), Is.EqualTo(KeyState.Enabled));
        var deletion = (await kms.ScheduleKeyDeletionAsync(id, 7)).DeletionDate;
        Assert.That(deletion!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(7).UtcDateTime));
        Assert.That(async () => await kms.EnableKeyAsync(id), Throws.InstanceOf<KMSInvalidStateException>());
        await kms.CancelKeyDeletionAsync(id);
        Assert.That(await StateAsync(), Is.EqualTo(KeyState.Disabled));

        async Task<KeyState> StateAsync() => (await kms.DescribeKeyAsync("alias/orders")).KeyMetadata.KeyState;
    }

    [Test]
    public async Task Keys_and_aliases_are_listed_in_pages()
    {
        foreach (var id in new[] { "k1", "k2", "k3" })
            Estate.AddKey(new KeySpec(id) { Alias = $"alias-of-{id}" });

        var first = await kms.ListKeysAsync(new ListKeysRequest { Limit = 2 });
        var second = await kms.ListKeysAsync(new ListKeysRequest { Limit = 2, Marker = first.NextMarker });
        var aliases = (await kms.ListAliasesAsync(new ListAliasesRequest())).Aliases;

        Assert.That(first.Keys.Concat(second.Keys).Select(key => key.KeyId), Is.EqualTo(new[] { "k1", "k2", "k3" }));
        Assert.That((first.Truncated, second.Truncated), Is.EqualTo(((bool?)true, (bool?)false)));
        Assert.That(aliases.Select(alias => (alias.AliasName, alias.TargetKeyId)), Has.Member(("alias/alias-of-k2", "k2")));
    }

    [Test]
    public async Task Tags_are_listed_in_pages_of_fifty()
    {
        Estate.AddKey(new KeySpec("key-1") { Tags = Enumerable.Range(0, 51).ToDictionary(i => $"tag-{i:00}", string? (i) => $"{i}", StringComparer.Ordinal) });

        var first = await kms.ListResourceTagsAsync(new ListResourceTagsRequest { KeyId = "key-1" });
        var second = await kms.ListResourceTagsAsync(new ListResourceTagsRequest { KeyId = "key-1", Marker = first.NextMarker });

        Assert.That((first.Tags.Count, first.Truncated, second.Truncated), Is.EqualTo((50, (bool?)true, (bool?)false)));
        Assert.That(second.Tags.Select(tag => (tag.TagKey, tag.TagValue)), Is.EqualTo(new[] { ("tag-50", "50") }));
    }

    [Test]
    public async Task Rotation_tags_and_policy_are_answered()
    {
        Estate.AddKey(new KeySpec("key-1") { Rotation = true });

        Assert.That((await kms.GetKeyRotationStatusAsync("key-1")).KeyRotationEnabled, Is.True);
        Assert.That((await kms.ListResourceTagsAsync(new ListResourceTagsRequest { KeyId = "key-1" })).Tags, Is.Null.Or.Empty);
        Assert.That((await kms.GetKeyPolicyAsync("key-1", "default")).Policy, Does.Contain("arn:aws:iam::111122223333:root"));
    }
}
