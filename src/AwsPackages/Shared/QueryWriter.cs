using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;

namespace PostureScanner.AwsPackages;

/// <summary>Writes the members of one structure. A member that is null is not written.</summary>
internal readonly struct QueryWriter(IDictionary<string, string> parameters, string prefix, string list)
{
    public void Text(string name, string value) => Write(name, value);

    public void Text(string name, ConstantClass value) => Write(name, value?.Value);

    public void Number(string name, int? value) => Write(name, value is null ? null : StringUtils.FromInt(value));

    public void Number(string name, double? value) => Write(name, value is null ? null : Decimal(value.Value));

    public void Flag(string name, bool? value) => Write(name, value is null ? null : StringUtils.FromBool(value));

    /// <summary>A time of unspecified kind is taken for local time, as Core does.</summary>
    public void Time(string name, DateTime? value) => Write(name, value is null ? null : StringUtils.FromDateTimeToISO8601WithOptionalMs(value));

    public void Bytes(string name, MemoryStream value) => Write(name, value is null ? null : StringUtils.FromMemoryStream(value));

    public void Structure<T>(string name, T value, Action<QueryWriter, T> write)
        where T : class
    {
        if (value is not null)
            write(In(name), value);
    }

    public void Texts(string name, List<string> values) => Each(name, values, static (parameters, key, value) => parameters.Add(key, value));

    public void Numbers(string name, List<double> values) => Each(name, values, static (parameters, key, value) => parameters.Add(key, Decimal(value)));

    public void Structures<T>(string name, List<T> values, Action<QueryWriter, T> write)
    {
        var separator = list;
        Each(name, values, (parameters, key, value) => write(new QueryWriter(parameters, key + ".", separator), value));
    }

    /// <summary>Writes a map as <c>name.entry.1.Name</c> and <c>name.entry.1.Value.…</c>.</summary>
    public void Map<T>(string name, Dictionary<string, T> values, Action<QueryWriter, T> write)
    {
        if (values is null)
            return;

        var index = 1;
        foreach (var (key, value) in values)
        {
            var entry = In($"{name}.entry.{index.ToString(CultureInfo.InvariantCulture)}");
            entry.Text("Name", key);
            write(entry.In("Value"), value);
            index++;
        }
    }

    private void Each<T>(string name, List<T> values, Action<IDictionary<string, string>, string, T> write)
    {
        if (values is null)
            return;

        // Since v4 an empty list is sent as one, unless collections are never null, where it means "not set".
        if (values.Count == 0 && !AWSConfigs.InitializeCollections)
            Write(name, "");
        for (var index = 0; index < values.Count; index++)
            write(parameters, $"{prefix}{name}{list}.{(index + 1).ToString(CultureInfo.InvariantCulture)}", values[index]);
    }

    private QueryWriter In(string name) => new(parameters, $"{prefix}{name}.", list);

    private static string Decimal(double value) =>
        StringUtils.IsSpecialDoubleValue(value) ? StringUtils.FromSpecialDoubleValue(value) : StringUtils.FromDouble(value);

    private void Write(string name, string value)
    {
        if (value is not null)
            parameters.Add(prefix + name, value);
    }
}
