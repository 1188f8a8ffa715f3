using System.Collections;
using System.Globalization;
using System.Reflection;
using Amazon.Runtime;

namespace PostureScanner.Tests.AwsPackages.Wire;

/// <summary>Shapes with something in every member, so that no member can be forgotten on its way.</summary>
internal static class Filled
{
    private static readonly DateTime Then = new(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>The members that a shape of ours declares itself.</summary>
    public static IEnumerable<PropertyInfo> Members(Type shape) => shape.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    /// <summary>The shape's XML in the query protocol. EC2's dialect names things differently.</summary>
    public static string Xml(Type shape, Func<string, string> name, string item) => string.Concat(Members(shape).Select(member =>
    {
        var type = member.PropertyType;
        var text = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
            ? $"<{item}>{Value(type.GetGenericArguments()[0])}</{item}>"
            : Value(type);
        return $"<{name(member.Name)}>{text}</{name(member.Name)}>";

        string Value(Type of) => Scalar(of) is { } scalar ? Convert.ToString(scalar is DateTime time ? time.ToString("O") : scalar, CultureInfo.InvariantCulture)! : Xml(of, name, item);
    }));

    public static object Instance(Type shape)
    {
        var made = Activator.CreateInstance(shape)!;
        foreach (var member in Members(shape))
            member.SetValue(made, Value(member.PropertyType));
        return made;
    }

    /// <summary>The members, at any depth, that are null.</summary>
    public static IEnumerable<string> Missing(object shape) => Members(shape.GetType()).SelectMany(member => member.GetValue(shape) switch
    {
        null => [$"{shape.GetType().Name}.{member.Name}"],
        IList { Count: > 0 } list when Scalar(list[0]!.GetType()) is null => Missing(list[0]!),
        { } value when value is not ICollection && Scalar(value.GetType()) is null => Missing(value),
        _ => [],
    });

    private static object Value(Type type)
    {
        if (Scalar(type) is { } scalar)
            return scalar;
        if (type == typeof(MemoryStream))
            return new MemoryStream([1]);
        if (!type.IsGenericType)
            return Instance(type);

        var made = Activator.CreateInstance(type)!;
        if (made is IDictionary map)
            map.Add("key", Value(type.GetGenericArguments()[1]));
        else
            ((IList)made).Add(Value(type.GetGenericArguments()[0]));
        return made;
    }

    private static object? Scalar(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { } t when t == typeof(string) => "text",
        { } t when t == typeof(int) => 7,
        { } t when t == typeof(double) => 1.5,
        { } t when t == typeof(bool) => true,
        { } t when t == typeof(DateTime) => Then,
        { } t when t.IsAssignableTo(typeof(ConstantClass)) => Activator.CreateInstance(t, "text"),
        _ => null,
    };
}
