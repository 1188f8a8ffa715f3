using System.Net;
using System.Text.Json;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class ControlPlaneTests : SandboxTest
{
    private readonly HttpClient http = new();

    [OneTimeTearDown]
    public void HangUp() => http.Dispose();

    [Test]
    public async Task Calls_are_counted_by_operation_name_and_region_whatever_became_of_them()
    {
        Estate.AddTable(new TableSpec("orders"));
        Sandbox.Faults.ThrottleFirst("dynamodb:DescribeTable", 1);
        using var dynamo = Sandbox.DynamoDb();

        Assert.That(async () => await dynamo.DescribeTableAsync("orders"), Refused("ThrottlingException"));
        await dynamo.DescribeTableAsync("orders");
        await dynamo.ListTablesAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Sandbox.Calls.Total, Is.EqualTo(3));
            Assert.That(Sandbox.Calls.Of("dynamodb:DescribeTable", "orders", Clients.Home), Is.EqualTo(2));
            Assert.That(Sandbox.Calls.Of("dynamodb:DescribeTable", region: Clients.Away), Is.Zero);
            Assert.That(Sandbox.Calls.Counts, Is.EqualTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["dynamodb:DescribeTable"] = 2, ["dynamodb:ListTables"] = 1 }));
        });
        Assert.That((await GetAsync("calls")).GetProperty("calls").GetProperty("dynamodb:DescribeTable").GetInt32(), Is.EqualTo(2));
        Sandbox.Calls.Clear();
        Assert.That(Sandbox.Calls.Total, Is.Zero);
    }

    [Test]
    public async Task An_estate_tells_what_it_holds()
    {
        Estate.AddTable(new TableSpec("orders"));

        var estate = await GetAsync("estate");

        Assert.That(estate.GetProperty("tables")[0].GetProperty("name").GetString(), Is.EqualTo("orders"));
        Assert.That(estate.GetProperty("regions").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Faults_are_posted_and_reset_forgets_them_and_what_was_changed_since_the_start()
    {
        await PostAsync("faults", """[{ "fault": "deny", "operation": "dynamodb:*" }, { "fault": "latency", "milliseconds": 1 }]""", HttpStatusCode.OK);
        using var dynamo = Sandbox.DynamoDb();
        Assert.That(async () => await dynamo.ListTablesAsync(), Throws.InstanceOf<Amazon.DynamoDBv2.AmazonDynamoDBException>());
        Estate.AddTable(new TableSpec("orders"));

        await PostAsync("reset", "", HttpStatusCode.OK);

        Assert.That((await dynamo.ListTablesAsync()).TableNames, Is.Null.Or.Empty);
        Assert.That(Sandbox.Calls.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task A_fault_nobody_knows_is_refused_and_none_is_added()
    {
        var answer = await PostAsync("faults", """[{ "fault": "deny" }, { "fault": "explode", "force": 9 }]""", HttpStatusCode.BadRequest);

        Assert.That(answer.GetProperty("problems").GetArrayLength(), Is.EqualTo(2));
        using var dynamo = Sandbox.DynamoDb();
        await dynamo.ListTablesAsync();
    }

    [Test]
    public async Task A_drift_is_posted_and_says_its_steps()
    {
        var answer = await PostAsync("drift", "steps: [{ say: New., add: { table: orders } }]", HttpStatusCode.OK);

        Assert.That(answer.GetProperty("steps")[0].GetString(), Is.EqualTo("New."));
        Assert.That(Estate.Tables.Single().Name, Is.EqualTo("orders"));
        await PostAsync("drift", "steps: 3", HttpStatusCode.BadRequest);
        await PostAsync("nothing", "", HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> GetAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri(Sandbox.Url, $"/_sandbox/{path}")));

    private async Task<JsonElement> PostAsync(string path, string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body);
        using var answer = await http.PostAsync(new Uri(Sandbox.Url, $"/_sandbox/{path}"), content);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}
