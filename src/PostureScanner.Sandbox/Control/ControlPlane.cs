using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Control;

/// <summary>The sandbox's own HTTP face, for programs that are not .NET. No bucket name can begin with an underscore, so no bucket is hidden.</summary>
internal sealed class ControlPlane(Estate estate, Faults faults, CallLog calls)
{
    private const string Root = "/_sandbox";

    public void Map(IApplicationBuilder web) => web.Use((HttpContext context, RequestDelegate next) =>
        context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest) ? AnswerAsync(context, rest.Value ?? "") : next(context));

    private async Task AnswerAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var (status, answer) = Do($"{context.Request.Method} {path}", body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(JsonSerializerOptions.Web) + "\n", context.RequestAborted);
    }

    private (int Status, JsonObject Answer) Do(string request, string body)
    {
        try
        {
            return request switch
            {
                "GET /calls" => (200, Counts()),
                "GET /estate" => (200, Holdings()),
                "POST /reset" => (200, Reset()),
                "POST /faults" => (200, new JsonObject { ["added"] = FaultFile.Add(faults, body) }),
                "POST /drift" => (200, Drift(body)),
                _ => (404, new JsonObject { ["problems"] = new JsonArray($"{request} is not known; known are GET calls, GET estate, POST reset, POST faults, POST drift.") }),
            };
        }
        catch (EstateException problem)
        {
            return (400, new JsonObject { ["problems"] = problem.Problems.Select(text => JsonValue.Create(text)).ToJsonArray() });
        }
    }

    private JsonObject Counts() => new()
    {
        ["total"] = calls.Total,
        ["calls"] = new JsonObject(calls.Counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value))),
    };

    private JsonObject Reset()
    {
        estate.Reset();
        faults.Clear();
        calls.Clear();
        return [];
    }

    private JsonObject Drift(string yaml)
    {
        var drift = EstateDrift.Parse(yaml, "drift.yaml");
        estate.Apply(drift);
        return new JsonObject { ["steps"] = drift.Steps.Select(step => JsonValue.Create(step)).ToJsonArray() };
    }

    private JsonObject Holdings() => new()
    {
        ["accounts"] = estate.Accounts.Select(account => new JsonObject { ["id"] = account.Id, ["name"] = account.Name }).ToJsonArray(),
        ["regions"] = estate.Regions.Select(region => JsonValue.Create(region.Name)).ToJsonArray(),
        ["tables"] = Places(estate.Tables),
        ["buckets"] = Places(estate.Buckets),
        ["keys"] = Places(estate.Keys),
        ["stacks"] = Places(estate.Stacks),
    };

    private static JsonArray Places(IEnumerable<Place> places) => places
        .Select(place => new JsonObject { ["account"] = place.Account, ["region"] = place.Region, ["name"] = place.Name })
        .ToJsonArray();
}
