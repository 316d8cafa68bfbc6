using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Zweizeiler.ServiceDefaults;

/// <summary>
/// Lets a process stand back where it shares a machine with others (<c>Process:Nice</c>, 0 to 19). Under overload orders are to be taken first, and
/// what follows from them may come a little later; messages wait for it. It does so once it has started: beginning takes seconds of a whole processor,
/// and a process that got none while others are busy would not be there for minutes.
/// </summary>
internal static class ProcessPriority
{
    private const int OfOneThread = 0;

    public static void Add(IHostApplicationBuilder builder)
    {
        var nice = builder.Configuration.GetValue("Process:Nice", 0);
        if (nice is < 0 or > 19)
        {
            throw new InvalidOperationException("Process:Nice must be between 0 and 19.");
        }

        if (nice > 0 && OperatingSystem.IsLinux())
        {
            builder.Services.AddHostedService(services => new AfterStart(services.GetRequiredService<IHostApplicationLifetime>(), nice));
        }
    }

    private static void StandBack(int nice)
    {
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

    private sealed class AfterStart(IHostApplicationLifetime lifetime, int nice) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() => StandBack(nice));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [DllImport("libc", EntryPoint = "getsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SessionOf(int process);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int kind, int id, int nice);
}
