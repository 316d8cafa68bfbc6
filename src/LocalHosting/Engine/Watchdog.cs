using System.Diagnostics;

namespace Aspire.Hosting.Engine;

/// <summary>
/// A small process of its own that outlives the app host and ends what the app host started, when the app host is killed and cannot do so itself.
/// </summary>
/// <remarks>
/// Not the parent-death signal: Linux sends it when the thread that started the child ends, and it reaches no grandchild.
/// Each child registers itself before it becomes the program, so there is no moment in which it runs unknown.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    /// <summary>
    /// Registers its own id in the folder ($0) and becomes the program. For bash: dash passes on no variable whose name has a dot or a dash, and
    /// configuration may well have such names.
    /// </summary>
    private const string Launcher = "printf %s \"$1\" > \"$0/$$\" && shift && exec \"$@\" < /dev/null";

    private readonly Process _process;

    private Watchdog(Process process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    public string Folder { get; }

    public static async Task<Watchdog> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("apphost-").FullName;
        var script = Path.Combine(folder, "watchdog.sh");
        await using (var resource = typeof(Watchdog).Assembly.GetManifestResourceStream("watchdog.sh")!)
        await using (var file = File.Create(script))
        {
            await resource.CopyToAsync(file, cancellationToken);
        }

        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.ArgumentList.Add("/bin/sh");
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(folder);
        return new Watchdog(Process.Start(start)!, folder);
    }

    /// <summary>A start of <paramref name="command"/> in a session of its own, so that Ctrl+C reaches the app host alone, which then stops in order.</summary>
    public ProcessStartInfo Launch(string command, IEnumerable<string> arguments, bool isServer)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false };
        foreach (var argument in (string[])["bash", "-c", Launcher, Folder, isServer ? "1" : "2", command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public void Forget(int process) => File.Delete(Path.Combine(Folder, process.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public void Dispose()
    {
        // The end of its input lets the watchdog look at the (empty) folder, remove it and end.
        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromSeconds(30));
        _process.Dispose();
    }
}
