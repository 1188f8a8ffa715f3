using Paths = System.IO.Path;

namespace PostureScanner.Core.Policies;

/// <summary>A file that holds a policy, as it was found.</summary>
/// <param name="Real">Where it lies when the links of folders are followed: one file, however many ways lead to it.</param>
/// <param name="Plan">The DR plan in whose folder it was found: what is read from <c>plans/NAME</c> is part of NAME.</param>
internal sealed record PolicyFile(string Path, string Real, string? Plan)
{
    /// <summary>The file itself, or every policy file below a folder, in the order of their paths.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IReadOnlyList<PolicyFile> Find(string path)
    {
        if (File.Exists(path))
        {
            var holder = Paths.GetDirectoryName(Paths.GetFullPath(path))!;
            return [In(holder, path, PlanOf(holder))];
        }

        var plan = PlanOf(path);
        return
        [
            .. Folders(path)
                .SelectMany(folder => Directory.EnumerateFiles(folder)
                    .Where(file => Paths.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml")
                    .Where(file => folder != path || Paths.GetFileName(file) != PolicyFolder.WaiversFile)
                    .Select(file => In(folder, file, plan)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Links that lead nowhere, where a folder of policies may have been meant.</summary>
    public static IEnumerable<string> DeadLinks(string path) =>
        Folders(path).SelectMany(Directory.EnumerateFiles)
            .Where(file => Paths.GetExtension(file).Length == 0 && File.ResolveLinkTarget(file, returnFinalTarget: true) is { Exists: false });

    /// <summary>The folder and those below it, through links, no real one twice. Links come last: what is reached with and without them is shown without.</summary>
    private static IEnumerable<string> Folders(string root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var own = new Queue<string>([root]);
        var links = new Queue<string>();
        while (own.TryDequeue(out var folder) || links.TryDequeue(out folder))
        {
            if (!seen.Add(RealPath(folder)))
                continue;
            yield return folder;
            foreach (var below in Directory.EnumerateDirectories(folder).Where(IsEntered).Order(StringComparer.Ordinal))
                (new DirectoryInfo(below).LinkTarget is null ? own : links).Enqueue(below);
        }
    }

    // Kubernetes keeps the files of a mounted ConfigMap in folders whose names begin with '..', and beside them links to what is to be read.
    private static bool IsEntered(string folder) =>
        !Paths.GetFileName(folder).StartsWith("..", StringComparison.Ordinal)
        && Paths.GetFileName(folder) != PolicyFolder.PlansFolder
        && Paths.GetFileName(RealPath(folder)) != PolicyFolder.PlansFolder;

    private static PolicyFile In(string folder, string file, string? plan) => new(file, Paths.Combine(RealPath(folder), Paths.GetFileName(file)), plan);

    private static string? PlanOf(string folder)
    {
        var full = Paths.TrimEndingDirectorySeparator(Paths.GetFullPath(folder));
        return Paths.GetFileName(Paths.GetDirectoryName(full)) == PolicyFolder.PlansFolder ? Paths.GetFileName(full) : null;
    }

    /// <summary>The path without links, which may stand at any place of it.</summary>
    private static string RealPath(string folder)
    {
        var full = Paths.TrimEndingDirectorySeparator(Paths.GetFullPath(folder));
        if (Paths.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Paths.Combine(RealPath(parent), Paths.GetFileName(full));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here;
    }
}
