using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.Keys;

/// <summary>Keys that stand elsewhere than what they encrypt.</summary>
internal sealed class KeyBookTests : AwsTest
{
    private const string Key = "0b1f0a4e-0000-4000-8000-000000000003";

    [Test]
    public async Task A_key_is_asked_for_in_the_region_its_ARN_names()
    {
        Estate.AddKey(new KeySpec(Key) { Region = Away, State = "Disabled" }).AddTable(new TableSpec("orders") { Key = $"arn:aws:kms:{Away}:{Account}:key/{Key}" });
        Assert.That((await Reader.ReadAsync("encryption.key-state"))["orders", "encryption.key-state"], Is.EqualTo("Disabled"));
        Assert.That(Calls.Of("kms:DescribeKey", region: Away), Is.EqualTo(1));
    }

    [TestCase(true, ExpectedResult = "customer-managed")]
    [TestCase(false, ExpectedResult = "unknown: kms:DescribeKey AccessDeniedException")]
    public async Task<string> Another_accounts_key_is_known_where_its_owner_lets_us_ask(bool readable)
    {
        Estate
            .AddKey(new KeySpec(Key) { Account = OtherAccount, ReadableBy = readable ? [Account] : [] })
            .AddBucket(new BucketSpec("data") { Key = $"arn:aws:kms:{Home}:{OtherAccount}:key/{Key}" });
        return (await Reader.ReadAsync("encryption.key-kind"))["data", "encryption.key-kind"];
    }
}
