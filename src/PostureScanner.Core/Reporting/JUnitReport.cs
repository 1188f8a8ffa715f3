using System.Globalization;
using System.Text;
using System.Xml;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>JUnit XML for build servers: a suite per policy with a case per resource, and one for what was listed.</summary>
public sealed class JUnitReport
{
    private static readonly XmlWriterSettings Layout = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    private readonly Report _report;
    private readonly XmlWriter _xml;

    private JUnitReport(Report report, XmlWriter xml)
    {
        _report = report;
        _xml = xml;
    }

    public static void Write(Report report, Stream stream)
    {
        using var xml = XmlWriter.Create(stream, Layout);
        new JUnitReport(report, xml).Write();
    }

    private void Write()
    {
        var byPolicy = _report.Findings.ToLookup(f => f.Policy);
        var unlisted = _report.Listings.Count(l => !l.Complete) + (_report.Complete ? 0 : 1);
        _xml.WriteStartElement("testsuites");
        Attribute("name", "PostureScanner");
        var (failures, errors, skipped) = Outcomes(_report.Findings);
        Counts(_report.Findings.Length + _report.Listings.Length + 1, (failures, errors + unlisted, skipped));
        WriteScan(unlisted);
        foreach (var (policy, _) in _report.Applied)
            WritePolicy(policy, [.. byPolicy[policy]]);
        _xml.WriteEndElement();
    }

    // A build server that sees only verdicts would call an account that could not be listed green.
    private void WriteScan(int unlisted)
    {
        StartSuite("scan", _report.Listings.Length + 1, (0, unlisted, 0));
        StartCase("scan", "the scan is complete");
        if (!_report.Complete)
            Outcome("error", "incomplete", "What is not named here is not proved to be well.", null);
        _xml.WriteEndElement();
        foreach (var listing in _report.Listings)
        {
            StartCase("scan", $"{listing.Kind} in {listing.Target} is listed to its end");
            if (!listing.Complete)
                Outcome("error", "not-listed", listing.Problem ?? "not listed to its end", null);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void WritePolicy(Policy policy, List<Finding> findings)
    {
        StartSuite(policy.Id, findings.Count, Outcomes(findings));
        _xml.WriteStartElement("properties");
        foreach (var (name, value) in new[] { ("title", policy.Title), ("severity", policy.Severity.Word()), ("mode", policy.Mode.Word()) })
        {
            _xml.WriteStartElement("property");
            Attribute("name", name);
            Attribute("value", value);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        foreach (var finding in findings)
            WriteFinding(finding);
        _xml.WriteEndElement();
    }

    private void WriteFinding(Finding finding)
    {
        StartCase(finding.Policy.Id, $"{finding.Resource.Name} ({finding.Resource.Target})");
        var word = finding.Verdict.Word();
        switch (Kind(finding))
        {
            case "skipped" when finding.Waiver is { } waiver:
                Outcome("skipped", null, $"waived by {waiver.Owner} until {Instants.Format(waiver.Expires)}: {waiver.Because}", null);
                break;
            case "skipped" when finding.Verdict == Verdict.NotApplicable:
                Outcome("skipped", null, finding.Message, null);
                break;
            case "skipped":
                Outcome("skipped", null, $"{word}, but the policy only reports (mode: report): {finding.Message}", null);
                break;
            case { } failed:
                Outcome(failed, failed == "failure" ? finding.Policy.Severity.Word() : word, finding.Message, Body(finding));
                break;
        }

        _xml.WriteEndElement();
    }

    private string Body(Finding finding)
    {
        var facts = ReadingText.FactsOf(finding).Select(p => $"\n  {Safe(p.Fact.Name)} = {Safe(ReadingText.Of(p.Fact, p.Reading))}");
        return $"{Safe(finding.Resource.Arn)}\n{Safe(finding.Message)}\nfix: {Safe(Printable.Flat(finding.Fix))}\nsince: {Instants.Format(_report.Since(finding))}\nfacts:{string.Concat(facts)}";
    }

    /// <summary>The element of a case that did not simply pass.</summary>
    private static string? Kind(Finding finding) => finding.Verdict switch
    {
        Verdict.Pass => null,
        Verdict.Fail when finding.Policy.Mode == PolicyMode.Alert => "failure",
        Verdict.Unknown when finding.Policy.Mode == PolicyMode.Alert => "error",
        _ => "skipped",
    };

    private static (int Failures, int Errors, int Skipped) Outcomes(IReadOnlyCollection<Finding> findings)
    {
        var counts = findings.CountBy(f => Kind(f) ?? "").ToDictionary(StringComparer.Ordinal);
        return (counts.GetValueOrDefault("failure"), counts.GetValueOrDefault("error"), counts.GetValueOrDefault("skipped"));
    }

    private void StartSuite(string name, int tests, (int Failures, int Errors, int Skipped) outcomes)
    {
        _xml.WriteStartElement("testsuite");
        Attribute("name", name);
        Counts(tests, outcomes);
        // The format's own: local time without an offset. Ours is UTC.
        Attribute("timestamp", _report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
    }

    private void Counts(int tests, (int Failures, int Errors, int Skipped) outcomes)
    {
        foreach (var (name, count) in new[] { ("tests", tests), ("failures", outcomes.Failures), ("errors", outcomes.Errors), ("skipped", outcomes.Skipped) })
            Attribute(name, count.ToString(CultureInfo.InvariantCulture));
    }

    private void StartCase(string suite, string name)
    {
        _xml.WriteStartElement("testcase");
        Attribute("classname", suite);
        Attribute("name", name);
        Attribute("time", "0");
    }

    private void Outcome(string element, string? type, string message, string? body)
    {
        _xml.WriteStartElement(element);
        if (type is not null)
            Attribute("type", type);
        Attribute("message", message);
        if (body is not null)
            _xml.WriteString(body);
        _xml.WriteEndElement();
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, Safe(value));

    // XML has no way at all to write some characters, not even by their number.
    private static string Safe(string text)
    {
        var printable = Printable.Of(text);
        return printable.All(XmlConvert.IsXmlChar)
            ? printable
            : string.Concat(printable.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? $"\\u{{{r.Value:x}}}" : r.ToString()));
    }
}
