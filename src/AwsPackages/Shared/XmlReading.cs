using System.Globalization;
using System.Xml.Linq;

namespace PostureScanner.AwsPackages;

/// <summary>Reads the members of one structure. A member that is not there is null; namespaces do not matter.</summary>
internal readonly struct XmlReading(XElement element)
{
    public string Text(string name) => Child(name)?.Value;

    public int? Number(string name) => Text(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public double? Decimal(string name) => Text(name) is { Length: > 0 } text ? ParseDecimal(text) : null;

    public bool? Flag(string name) => Text(name) is { Length: > 0 } text ? bool.Parse(text) : null;

    /// <summary>Times are in UTC.</summary>
    public DateTime? Time(string name) => Text(name) is { Length: > 0 } text ? ParseTime(text) : null;

    public T Structure<T>(string name, Func<XmlReading, T> read)
        where T : class => Child(name) is { } child ? read(new XmlReading(child)) : null;

    public List<string> Texts(string name) => Items(name, "member", static item => item.Value);

    public List<double> Decimals(string name) => Items(name, "member", static item => ParseDecimal(item.Value));

    public List<DateTime> Times(string name) => Items(name, "member", static item => ParseTime(item.Value));

    public List<T> Structures<T>(string name, Func<XmlReading, T> read, string item = "member") => Items(name, item, child => read(new XmlReading(child)));

    /// <summary>The structure below, whose members are all absent when it is.</summary>
    public XmlReading In(string name) => new(Child(name) ?? new XElement(name));

    private static double ParseDecimal(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime ParseTime(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    // An empty list on the wire is no list, as in the official packages, unless collections are never null.
    private List<T> Items<T>(string name, string item, Func<XElement, T> read)
    {
        var items = Child(name)?.Elements().Where(child => Is(child, item)).Select(read).ToList();
        return items is { Count: > 0 } ? items : Unset.List<T>();
    }

    private XElement Child(string name)
    {
        foreach (var child in element.Elements())
        {
            if (Is(child, name))
                return child;
        }

        return null;
    }

    private static bool Is(XElement element, string name) => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal);
}
