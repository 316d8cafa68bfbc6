using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace Zweizeiler.ServiceDefaults;

/// <summary>
/// Lets a process stand back where it shares a machine with others (<c>Process:Nice</c>, 0 to 19). Under overload orders are to be taken first, and
/// what follows from them may come a little later; messages wait for it.
/// </summary>
internal static class ProcessPriority
{
    private const int OfOneThread = 0;

    public static void Apply(IConfiguration configuration)
    {
        var nice = configuration.GetValue("Process:Nice", 0);
        if (nice is < 0 or > 19)
        {
            throw new InvalidOperationException("Process:Nice must be between 0 and 19.");
        }

        if (nice == 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        // Linux knows priorities of threads only; those that are made later inherit it.
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (int.TryParse(Path.GetFileName(thread), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                // A thread that has just ended is no matter; standing back needs no permission.
                _ = SetPriority(OfOneThread, id, nice);
            }
        }

        StandBackAsGroup(nice);
    }

    /// <summary>
    /// Where the kernel groups processes by session (autogroups), niceness counts within the group only, so a process that is a session of its own
    /// sets its group's as well. One in somebody else's session leaves that alone.
    /// </summary>
    private static void StandBackAsGroup(int nice)
    {
        const string group = "/proc/self/autogroup";
        if (File.Exists(group) && SessionOf(0) == Environment.ProcessId)
        {
            try
            {
                File.WriteAllText(group, nice.ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not permitted here, or set too often just now: the process works all the same, only not as far back.
            }
        }
    }

    [DllImport("libc", EntryPoint = "getsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SessionOf(int process);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int kind, int id, int nice);
}
