using System.Reflection;
using Amazon.Runtime;

namespace PostureScanner.Tests.AwsPackages;

/// <summary>What others can see of a type, one line each, as the notes beside this file write it.</summary>
internal static class Signatures
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type)
    {
        yield return $"{type.FullName} : {Ancestry(type)}";
        foreach (var member in type.GetMembers(Declared))
        {
            var signature = member switch
            {
                ConstructorInfo made when Visible(made) => $"{Access(made)}{type.Name}({Parameters(made)})",
                MethodInfo method when Visible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
                    $"{Access(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
                PropertyInfo property when property.GetMethod is { } get && Visible(get) =>
                    $"{Access(get)}{Name(property.PropertyType)} {property.Name} {{ get; {(property.SetMethod is { } set && Visible(set) ? "set; " : "")}}}",
                FieldInfo { IsPublic: true } field => $"public static readonly {Name(field.FieldType)} {field.Name} = {((ConstantClass)field.GetValue(null)!).Value}",
                _ => null,
            };
            if (signature is not null)
                yield return $"{type.FullName} | {signature}";
        }
    }

    private static string Ancestry(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces().Except(inherited).ToList();
        // An interface's own parents are written with it, not with those that implement it.
        interfaces = [.. interfaces.Where(i => !interfaces.Any(other => other != i && i.IsAssignableFrom(other)))];
        return string.Join(", ", interfaces.Select(i => i.FullName).Order(StringComparer.Ordinal).Prepend(type.BaseType?.FullName).Where(name => name is not null));
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method)
    {
        var kind = method switch
        {
            { IsAbstract: true } => "abstract ",
            { IsStatic: true } => "static ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return (method.IsPublic ? "public " : "protected ") + kind;
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
