namespace PostureScanner.Core.Policies;

/// <summary>Kleene's three truth values, ordered False &lt; Unknown &lt; True: "all" is the least, "any" the greatest.</summary>
public enum Truth
{
    False,
    Unknown,
    True,
}

internal static class Kleene
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth Not(this Truth truth) => (Truth)((int)Truth.True - (int)truth);

    public static Truth All(this IEnumerable<Truth> truths) => truths.DefaultIfEmpty(Truth.True).Min();

    public static Truth Any(this IEnumerable<Truth> truths) => truths.DefaultIfEmpty(Truth.False).Max();
}
