using System.Text.Json.Nodes;

namespace PostureScanner.Tests.Reporting;

/// <summary>
/// What SARIF 2.1.0 (plus errata 01) says of the objects we write: properties they may have, those they must have, and their enumerations;
/// with the standard's rules beyond its schema. No other property is admitted. Noted from the schema of oasis-tcs/sarif-spec,
/// Schemata/sarif-schema-2.1.0.json at 0a8091f7d4057e57b6d8d9b56129e5f918747b34; properties that we do not write are left out.
/// </summary>
internal static class SarifStandard
{
    // A property with a star must be there; after the colon its object, [] for an array of them, or its words.
    private static readonly Dictionary<string, string> Objects = new(StringComparer.Ordinal)
    {
        ["log"] = "$schema version*=2.1.0 runs*:run[] inlineExternalProperties properties",
        ["run"] = "tool*:tool invocations:invocation[] automationDetails:automationDetails results:result[] properties columnKind language",
        ["tool"] = "driver*:toolComponent extensions properties",
        ["toolComponent"] = "guid name* organization product fullName version semanticVersion informationUri rules:reportingDescriptor[] notifications properties",
        ["reportingDescriptor"] = "id* guid name shortDescription:multiformat fullDescription:multiformat defaultConfiguration:configuration helpUri help:multiformat properties",
        ["configuration"] = "enabled level=none,note,warning,error rank parameters properties",
        ["multiformat"] = "text* markdown properties",
        ["message"] = "text markdown id arguments properties",
        ["automationDetails"] = "description id guid correlationGuid properties",
        ["invocation"] = "executionSuccessful* startTimeUtc endTimeUtc exitCode toolExecutionNotifications:notification[] toolConfigurationNotifications:notification[] properties",
        ["notification"] = "locations message*:message level=none,note,warning,error timeUtc descriptor associatedRule properties",
        ["result"] = "ruleId ruleIndex rule kind=notApplicable,pass,fail,review,open,informational level=none,note,warning,error message*:message locations:location[] guid fingerprints partialFingerprints suppressions:suppression[] properties",
        ["location"] = "id physicalLocation logicalLocations:logicalLocation[] message annotations relationships properties",
        ["logicalLocation"] = "name index fullyQualifiedName decoratedName parentIndex kind properties",
        ["suppression"] = "guid kind*=inSource,external status=accepted,underReview,rejected justification location properties",
    };

    public static IEnumerable<string> Problems(JsonNode log) => [.. Check(log, "log", "log"), .. log["runs"]!.AsArray().SelectMany(run => BeyondTheSchema(run!))];

    private static IEnumerable<string> Check(JsonNode node, string type, string path)
    {
        var rules = Objects[type].Split(' ').Select(Rule.Parse).ToDictionary(r => r.Name, StringComparer.Ordinal);
        foreach (var missing in rules.Values.Where(r => r.IsRequired && node[r.Name] is null))
            yield return $"{path} lacks {missing.Name}";
        foreach (var (name, value) in node.AsObject())
        {
            if (!rules.TryGetValue(name, out var rule))
                yield return $"{path} has no {name}";
            else if (value is null)
                yield return $"{path}.{name} is null";
            else if (rule.Words.Length > 0 && !rule.Words.Contains(value.GetValue<string>(), StringComparer.Ordinal))
                yield return $"{path}.{name} is {value}";
            else if (rule.Type is not null)
            {
                foreach (var problem in rule.IsArray ? value.AsArray().SelectMany((item, i) => Check(item!, rule.Type, $"{path}.{name}[{i}]")) : Check(value, rule.Type, $"{path}.{name}"))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<string> BeyondTheSchema(JsonNode run)
    {
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()).ToList();
        if (rules.Distinct(StringComparer.Ordinal).Count() != rules.Count)
            yield return "a rule stands twice";
        foreach (var result in run["results"]!.AsArray().Select(r => r!))
        {
            var id = result["ruleId"]!.GetValue<string>();
            if (rules[result["ruleIndex"]!.GetValue<int>()] != id)
                yield return $"{id}: ruleIndex points elsewhere";
            if (result["kind"]!.GetValue<string>() == "fail" == (result["level"]!.GetValue<string>() == "none"))
                yield return $"{id}: what fails has a level, and nothing else has one";
            if (result["message"]!["text"] is null && result["message"]!["id"] is null)
                yield return $"{id}: the message has no text";
        }
    }

    private sealed record Rule(string Name, bool IsRequired, string? Type, bool IsArray, string[] Words)
    {
        public static Rule Parse(string text)
        {
            var (head, words) = text.Split('=') is [var h, var w] ? (h, w.Split(',')) : (text, []);
            var (name, type) = head.Split(':') is [var n, var t] ? (n, t) : (head, null);
            return new Rule(name.TrimEnd('*'), name.EndsWith('*'), type?.Replace("[]", "", StringComparison.Ordinal), type?.EndsWith("[]", StringComparison.Ordinal) == true, words);
        }
    }
}
