using System.Security.Cryptography;
using System.Text;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>A file that stands in the page itself; the page's policy admits it by its hash, and admits nothing else.</summary>
internal sealed class Asset
{
    public static readonly Asset Style = Load("report.css");
    public static readonly Asset Script = Load("report.js");

    private Asset(string text)
    {
        Text = text;
        Source = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    public string Text { get; }

    /// <summary>As a Content Security Policy names it.</summary>
    public string Source { get; }

    private static Asset Load(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(typeof(Asset), name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Asset(reader.ReadToEnd());
    }
}
