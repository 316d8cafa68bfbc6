using System.Diagnostics;
using System.Text;

namespace Zweizeiler.Testing.Servers;

/// <summary>A server from the system's packages, run by a script of AppHost/native.</summary>
internal sealed class NativeHost(string script, int port, IReadOnlyDictionary<string, string> environment) : IHost
{
    // A clean stop of the broker takes some seconds on a busy machine.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("zweizeiler-test-").FullName;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public Task StartAsync()
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(ScriptFolder(), script), Path.Combine(Open(_folder), "data"), $"{port}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token);
    }

    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        // The server before the script: when the script went first, the server would hear of it and begin a clean stop.
        foreach (var child in await ChildrenAsync(process.Id))
            child.Kill();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public Task<string> OutputAsync()
    {
        lock (_output)
            return Task.FromResult(_output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        // Nobody wants this data again.
        await KillAsync();
        _process?.Dispose();
        await Eventually.Within(TimeSpan.FromSeconds(20), () => Deleted(_folder), $"Deleting {_folder}");
    }

    private static async Task<IEnumerable<Process>> ChildrenAsync(int parent)
    {
        var list = $"/proc/{parent}/task/{parent}/children";
        if (!File.Exists(list))
            return [];
        var ids = (await File.ReadAllTextAsync(list)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ids.Select(int.Parse).Select(Find).OfType<Process>();
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            // It has just ended.
            return null;
        }
    }

    private void Keep(object _, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    // Temporary folders are their owner's alone; the database's user has to pass through.
    private static string Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    // Children of a killed server write their last files while they go.
    private static bool Deleted(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return false;
        }
    }

    private static string ScriptFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var scripts = Path.Combine(folder.FullName, "AppHost", "native");
            if (Directory.Exists(scripts))
                return scripts;
        }
        throw new InvalidOperationException($"AppHost/native was not found above {AppContext.BaseDirectory}.");
    }
}
