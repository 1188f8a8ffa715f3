namespace PostureScanner.Core.Facts;

/// <summary>The names of the facts that bound a kind's restorable window, so that drift can see it begin anew without knowing the kind.</summary>
/// <param name="Enabled">Flag: continuous recovery is on.</param>
/// <param name="Created">Instant: when the resource was created.</param>
/// <param name="Earliest">Instant: the oldest restorable moment.</param>
/// <param name="Latest">Instant: the newest restorable moment.</param>
/// <param name="Period">Duration: how far back is promised.</param>
public sealed record RestoreWindow(string Enabled, string Created, string Earliest, string Latest, string Period)
{
    internal IEnumerable<string> Names => [Enabled, Created, Earliest, Latest, Period];
}
