using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>Writes HTML: what stands in the source is markup, and what stands in braces is text and is escaped. There is no third way.</summary>
internal sealed class Page(TextWriter output)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // The parameter is written while it is made; nothing is left to do.
#pragma warning disable IDE0060, CA1822, RCS1163, MA0038
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
    }
#pragma warning restore IDE0060, CA1822, RCS1163, MA0038

    /// <summary>Our own style or script, between its tags and as it was hashed.</summary>
    public void Write(Asset asset) => output.Write(asset.Text);

    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly Page _page;

#pragma warning disable IDE0060, RCS1163 // The compiler passes them.
        public Markup(int literalLength, int formattedCount, Page page) => _page = page;
#pragma warning restore IDE0060, RCS1163

        private TextWriter Output => _page.Writer;

        public void AppendLiteral(string markup) => Output.Write(markup);

        /// <summary>Text that strangers may have named: harmless to the eye as well as to the parser, in elements and in quoted attributes.</summary>
        public void AppendFormatted(string? text) => Encoder.Encode(Output, Printable.Of(text ?? ""));

        public void AppendFormatted(int number) => Output.Write(number.ToString("N0", CultureInfo.InvariantCulture));

        /// <summary>A length in a drawing.</summary>
        public void AppendFormatted(double length) => Output.Write(length.ToString("0.##", CultureInfo.InvariantCulture));

        public void AppendFormatted(DateTimeOffset moment)
        {
            Output.Write($"<time datetime=\"{Instants.Format(moment)}\">");
            Output.Write(moment.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture));
            Output.Write("</time>");
        }

        public void AppendFormatted(Severity severity) => Output.Write($"<span class=\"badge {severity.Word()}\">{severity.Word()}</span>");

        public void AppendFormatted(Verdict verdict) => Output.Write($"<span class=\"badge {verdict.Word()}\">{verdict.Word()}</span>");
    }

    private TextWriter Writer => output;
}
