using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

internal static class Xml
{
    public static XNamespace Ns { get; } = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static XElement Of(string name, params object?[] content) => new(Ns + name, content);

    /// <summary>The element, or nothing where there is no value: S3 leaves out what is not set.</summary>
    public static XElement? OfAny(string name, object? value) => value is null ? null : Of(name, value);

    public static XElement? Child(this XElement? element, string name) => element?.Element(Ns + name);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static Answer Answer(XElement root) =>
        Wire.Answer.Of(200, "application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting));

    /// <summary>A body as it was sent, but in S3's namespace, which some clients leave out.</summary>
    public static XElement Parse(Request request, string root)
    {
        try
        {
            using var stream = new MemoryStream(request.Body.ToArray());
            var element = XElement.Load(stream);
            if (element.Name.LocalName != root)
                throw Malformed();
            foreach (var each in element.DescendantsAndSelf())
            {
                each.Name = Ns + each.Name.LocalName;
                each.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Name == "xmlns").Remove();
            }

            return element;
        }
        catch (XmlException)
        {
            throw Malformed();
        }
    }

    public static AwsError Malformed() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
}
