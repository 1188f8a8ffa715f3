using System.Runtime.InteropServices;

namespace PostureScanner.Aws.Stores;

/// <summary>
/// Names a file where no file has that name. <see cref="File.Move(string, string)"/> looks and then renames on Unix, so that of two at once
/// the second would write over the first; a hard link is made or refused in one step.
/// </summary>
internal static class NewName
{
    private const int Exists = 17; // EEXIST, on Linux and macOS alike

    /// <returns>False where the name is taken; the draft is still there.</returns>
    /// <exception cref="IOException">It cannot be named so.</exception>
    public static bool Give(string draft, string file)
    {
        if (OperatingSystem.IsWindows())
            return Move(draft, file);
        if (Link(draft, file) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == Exists
            ? false
            : throw new IOException($"it cannot be given its name ({Marshal.GetLastPInvokeErrorMessage()}), for which the file system must know hard links");
    }

    private static bool Move(string draft, string file)
    {
        try
        {
            File.Move(draft, file, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
