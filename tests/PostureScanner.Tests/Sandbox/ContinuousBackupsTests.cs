using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class ContinuousBackupsTests : SandboxTest
{
    private AmazonDynamoDBClient dynamo = null!;

    [SetUp]
    public void Connect() => dynamo = Sandbox.DynamoDb();

    [TearDown]
    public void Disconnect() => dynamo.Dispose();

    [Test]
    public async Task Continuous_backups_are_enabled_even_where_point_in_time_recovery_is_not()
    {
        Estate.AddTable(new TableSpec("orders"));

        var backups = await DescribeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(backups.ContinuousBackupsStatus, Is.EqualTo(ContinuousBackupsStatus.ENABLED));
            Assert.That(backups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus, Is.EqualTo(PointInTimeRecoveryStatus.DISABLED));
            Assert.That(backups.PointInTimeRecoveryDescription.RecoveryPeriodInDays, Is.Null);
            Assert.That(backups.PointInTimeRecoveryDescription.EarliestRestorableDateTime, Is.Null);
            Assert.That(backups.PointInTimeRecoveryDescription.LatestRestorableDateTime, Is.Null);
        });
    }

    [TestCase(400, 35, ExpectedResult = 35 * 24)]
    [TestCase(400, 7, ExpectedResult = 7 * 24)]
    [TestCase(6, 35, ExpectedResult = 6 * 24)]
    public async Task<double> The_window_reaches_back_to_the_period_or_to_the_day_it_was_switched_on(int sinceDays, int period)
    {
        Estate.AddTable(new TableSpec("orders")
        {
            Created = TimeSpan.FromDays(500), Pitr = new PitrSpec { Since = TimeSpan.FromDays(sinceDays), RecoveryPeriodInDays = period },
        });

        var pitr = (await DescribeAsync()).PointInTimeRecoveryDescription;

        Assert.That(Age(pitr.LatestRestorableDateTime), Is.EqualTo(TimeSpan.FromMinutes(5)));
        return Age(pitr.EarliestRestorableDateTime).TotalHours;
    }

    [Test]
    public async Task The_newest_point_lags_as_the_estate_says()
    {
        Estate.AddTable(new TableSpec("orders") { Created = TimeSpan.FromDays(9), Pitr = new PitrSpec { Latest = TimeSpan.FromHours(30) } });

        Assert.That(Age((await DescribeAsync()).PointInTimeRecoveryDescription.LatestRestorableDateTime), Is.EqualTo(TimeSpan.FromHours(30)));
    }

    [Test]
    public async Task Switching_off_and_on_again_begins_a_new_window_and_the_same_setting_does_not()
    {
        Estate.AddTable(new TableSpec("orders") { Created = TimeSpan.FromDays(500), Pitr = PitrSpec.On });

        await UpdateAsync(enabled: true, days: 14);
        Assert.That(Age((await DescribeAsync()).PointInTimeRecoveryDescription.EarliestRestorableDateTime), Is.EqualTo(TimeSpan.FromDays(14)));

        await UpdateAsync(enabled: false);
        await UpdateAsync(enabled: true);
        Clock.Pass(TimeSpan.FromHours(2));
        var pitr = (await DescribeAsync()).PointInTimeRecoveryDescription;

        Assert.That(Age(pitr.EarliestRestorableDateTime), Is.EqualTo(TimeSpan.FromHours(2)));
        Assert.That(pitr.RecoveryPeriodInDays, Is.EqualTo(35));
    }

    [Test]
    public async Task Just_after_switching_on_earliest_is_not_later_than_latest()
    {
        Estate.AddTable(new TableSpec("orders"));

        await UpdateAsync(enabled: true);
        var pitr = (await DescribeAsync()).PointInTimeRecoveryDescription;

        Assert.That(pitr.EarliestRestorableDateTime, Is.LessThanOrEqualTo(pitr.LatestRestorableDateTime!.Value));
    }

    [TestCase(0)]
    [TestCase(36)]
    public void A_period_outside_1_to_35_days_is_a_ValidationException(int days)
    {
        Estate.AddTable(new TableSpec("orders"));

        Assert.That(async () => await UpdateAsync(enabled: true, days), Refused("ValidationException"));
    }

    [Test]
    public async Task A_deleted_table_that_could_be_restored_leaves_a_system_backup()
    {
        Estate.AddTable(new TableSpec("orders") { Pitr = PitrSpec.On }).AddTable(new TableSpec("scratch"));

        await dynamo.DeleteTableAsync("orders");
        await dynamo.DeleteTableAsync("scratch");

        var backups = (await dynamo.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.ALL })).BackupSummaries;
        Assert.That(backups.Select(backup => backup.BackupName), Is.EqualTo(new[] { "orders$DeletedTableBackup" }));
        Assert.That(backups[0].BackupExpiryDateTime!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(35).UtcDateTime));
    }

    private async Task<ContinuousBackupsDescription> DescribeAsync() =>
        (await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" })).ContinuousBackupsDescription;

    private Task UpdateAsync(bool enabled, int? days = null) => dynamo.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
    {
        TableName = "orders",
        PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = enabled, RecoveryPeriodInDays = days },
    });

    private TimeSpan Age(DateTime? time) => Clock.Now.UtcDateTime - time!.Value.ToUniversalTime();
}
