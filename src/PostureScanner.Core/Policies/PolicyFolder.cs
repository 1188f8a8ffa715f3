using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Policies;

/// <summary>Where policies come from.</summary>
/// <param name="Paths">Folders, read with everything below them but <c>plans</c>, or single files.</param>
/// <param name="Waivers">Waiver files beside the <c>waivers.yaml</c> at the root of each folder.</param>
/// <param name="ShownFrom">The folder that shown paths are relative to.</param>
public sealed record PolicySources(ImmutableArray<string> Paths, ImmutableArray<string> Waivers, string ShownFrom)
{
    /// <summary>The path as its reader would write it: relative where it lies below <see cref="ShownFrom"/>.</summary>
    internal string Shown(string path)
    {
        var relative = Path.GetRelativePath(ShownFrom, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}

/// <summary>Finds policy files in folders and reads them all, with every problem of every file.</summary>
public static class PolicyFolder
{
    public const string WaiversFile = "waivers.yaml";
    public const string PlansFolder = "plans";

    /// <summary>The folder of a DR plan: <c>plans/NAME</c> of the first policy folder that has it.</summary>
    /// <param name="said">How the setting that names the plan is called, for the problem.</param>
    /// <returns>Null, with a problem, where there is none.</returns>
    public static string? Plan(string name, string said, IEnumerable<string> roots, ICollection<Problem> problems)
    {
        var folders = roots.Select(root => Path.Combine(root, PlansFolder)).Where(Directory.Exists).ToList();
        // A name, not a path: what lies outside 'plans' is a policy folder of its own.
        var found = Path.GetFileName(name) == name ? folders.Select(f => Path.Combine(f, name)).FirstOrDefault(Directory.Exists) : null;
        if (found is not null)
            return found;
        var known = folders.SelectMany(Directory.EnumerateDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        problems.Add(new Problem($"{said} {name}", 0, 0, known.Count == 0
            ? "there is no plan of that name: no policy folder has a folder 'plans'"
            : $"there is no plan of that name; there are {string.Join(", ", known)}"));
        return null;
    }

    /// <summary>Reads everything; any problem in <paramref name="problems"/> means that the set must not be used.</summary>
    /// <param name="prove">Says what is wrong with a policy's examples.</param>
    public static PolicySet Read(
        PolicySources sources, Vocabulary vocabulary, DateTimeOffset now, ICollection<Problem> problems, Func<Policy, IEnumerable<Problem>>? prove = null)
    {
        var named = sources.Waivers.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        var files = sources.Paths.SelectMany(path => Find(path, sources, problems))
            .DistinctBy(file => file.Real, StringComparer.Ordinal)
            .Where(file => !named.Contains(Path.GetFullPath(file.Path)))
            .ToList();
        var parser = new PolicyParser(vocabulary, problems, prove);
        var policies = new Dictionary<string, Policy>(StringComparer.Ordinal);
        foreach (var policy in files.Select(file => parser.Parse(file.Path, sources.Shown(file.Path), file.Plan)).OfType<Policy>())
        {
            if (!policies.TryAdd(policy.Id, policy))
                problems.Add(new Problem(policy.File, 1, 1, $"the policy '{policy.Id}' is also in {policies[policy.Id].File}; ids are unique over all loaded policies"));
        }

        // A waiver may name a policy whose own file has a problem; that problem is the one to report.
        var ids = files.Select(f => Path.GetFileNameWithoutExtension(f.Path)).Concat(policies.Keys).ToHashSet(StringComparer.Ordinal);
        var waiverFiles = sources.Paths
            .Select(path => Path.Combine(path, WaiversFile)).Where(File.Exists)
            .Concat(sources.Waivers)
            .DistinctBy(Path.GetFullPath, StringComparer.Ordinal);
        var waivers = new List<Waiver>();
        var waiverSources = new List<(string, string)>();
        foreach (var file in waiverFiles)
        {
            waivers.AddRange(new WaiverParser(now, problems).Parse(file, sources.Shown(file), ids, out var source));
            waiverSources.Add((sources.Shown(file), source));
        }

        return new PolicySet([.. policies.Values.OrderBy(p => p.Id, StringComparer.Ordinal)], [.. waivers], [.. waiverSources]);
    }

    /// <summary>Reads policies and waivers that were recorded as texts; any problem means that the set must not be used.</summary>
    public static PolicySet Read(
        IEnumerable<(string File, string Source)> policies, IEnumerable<(string File, string Source)> waivers, Vocabulary vocabulary, DateTimeOffset now, ICollection<Problem> problems)
    {
        var parser = new PolicyParser(vocabulary, problems);
        var read = policies.Select(p => parser.ParseText(p.Source, p.File)).OfType<Policy>().OrderBy(p => p.Id, StringComparer.Ordinal).ToImmutableArray();
        var ids = read.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var sources = waivers.ToImmutableArray();
        return new PolicySet(read, [.. sources.SelectMany(w => new WaiverParser(now, problems).ParseText(w.Source, w.File, ids))], sources);
    }

    private static IEnumerable<PolicyFile> Find(string path, PolicySources sources, ICollection<Problem> problems)
    {
        if (File.Exists(path))
            return PolicyFile.Find(path);

        if (!Directory.Exists(path))
        {
            problems.Add(new Problem(sources.Shown(path), 0, 0, "there is no such file or folder; give the folder that holds the policies"));
            return [];
        }

        try
        {
            var files = PolicyFile.Find(path);
            if (files.Count == 0)
                problems.Add(new Problem(sources.Shown(path), 0, 0, "the folder holds no policy; a policy is a file that ends in .yaml"));
            foreach (var link in PolicyFile.DeadLinks(path))
                problems.Add(new Problem(sources.Shown(link), 0, 0, "the link leads nowhere; mend it or take it away"));
            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(sources.Shown(path), 0, 0, $"the folder cannot be read: {exception.Message}"));
            return [];
        }
    }
}
