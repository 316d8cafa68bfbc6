using System.Diagnostics;

namespace Aspire.Hosting.Engine;

/// <summary>One running process and what it may have left behind in its process group.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan LeftoverTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputTimeout = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly Task _output;
    private volatile bool _stopping;

    private ChildProcess(Process process, Watchdog watchdog, Action<string> line)
    {
        _process = process;
        _watchdog = watchdog;
        Id = process.Id;
        _output = Task.WhenAll(PumpAsync(process.StandardOutput, line), PumpAsync(process.StandardError, line));
        Exited = WaitForEndAsync();
    }

    public int Id { get; }

    /// <summary>The exit code, once the process and its whole group are gone.</summary>
    public Task<int> Exited { get; }

    public bool IsStopping => _stopping;

    public static ChildProcess Start(LaunchPlan plan, Watchdog watchdog, Action<string> line)
    {
        var start = watchdog.Launch(plan.Command, plan.Arguments, plan.IsServer);
        start.WorkingDirectory = plan.WorkingDirectory;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // Secrets of the whole application are nobody's business but the app host's; each resource gets its own below.
        foreach (var name in start.Environment.Keys.Where(IsOfAppHostOnly).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!, watchdog, line);
    }

    /// <summary>SIGTERM, then after the time limit SIGKILL to the whole group.</summary>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        _stopping = true;
        if (Exited.IsCompleted)
        {
            return true;
        }

        Signals.Terminate(Id);
        try
        {
            await Exited.WaitAsync(limit);
            return true;
        }
        catch (TimeoutException)
        {
            Signals.KillGroup(Id);
            await Exited;
            return false;
        }
    }

    public void Kill()
    {
        _stopping = true;
        Signals.KillGroup(Id);
    }

    private static bool IsOfAppHostOnly(string name) =>
        name.StartsWith("Parameters__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LocalHosting__", StringComparison.OrdinalIgnoreCase)
        || name is "ASPNETCORE_URLS" or "DOTNET_ENVIRONMENT";

    private static async Task PumpAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } text)
        {
            line(text);
        }
    }

    private async Task<int> WaitForEndAsync()
    {
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        await EndLeftoversAsync();

        // A grandchild in another session may hold the pipe open; its words are not waited for.
        await Task.WhenAny(_output, Task.Delay(OutputTimeout));
        _watchdog.Forget(Id);
        return code;
    }

    private async Task EndLeftoversAsync()
    {
        if (!Signals.TerminateGroup(Id))
        {
            return;
        }

        var waited = Stopwatch.StartNew();
        while (Signals.GroupExists(Id))
        {
            if (waited.Elapsed > LeftoverTimeout)
            {
                Signals.KillGroup(Id);
            }

            await Task.Delay(20);
        }
    }
}
