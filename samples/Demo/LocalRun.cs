using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Zweizeiler.Demo;

/// <summary>A stack started by <c>./run</c> on data and a port of its own, and stopped as Ctrl+C would. For tests and measurements.</summary>
public sealed partial class LocalRun : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int FirstPort = 30_000;
    private const int LastPort = 32_700;
    private const string HealthyLine = "everything is healthy";

    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(60);

    private readonly Process _run;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _root;
    private readonly string _data;
    private bool _isDisposed;

    private LocalRun(Process run, string root, string data)
    {
        _run = run;
        _root = root;
        _data = data;
    }

    /// <summary>What the stack has printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>From the start of <c>./run</c> to everything healthy.</summary>
    public TimeSpan StartedWithin { get; private set; }

    public bool HasEnded => _run.HasExited;

    public int ExitCode => _run.ExitCode;

    /// <summary>
    /// A port that nobody listens on now, between those that the stack gives to its services and those that the system gives to outgoing connections:
    /// either could hold the port of a stack that is just being started anew.
    /// </summary>
    public static int FreePort()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(FirstPort, LastPort));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (attempt < 100)
            {
                // Taken: another one.
            }
        }
    }

    /// <summary>Starts <c>./run</c> without waiting for anything.</summary>
    public static LocalRun Launch(
        string root, string data, int port, IReadOnlyDictionary<string, string>? environment = null, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(root, "run"), ["--data", data, "--port", port.ToString(CultureInfo.InvariantCulture), "--no-install", .. arguments])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var stack = new LocalRun(process, root, data);
        process.OutputDataReceived += (_, e) => stack.Read(e.Data);
        process.ErrorDataReceived += (_, e) => stack.Read(e.Data);
        process.Exited += (_, _) => stack._healthy.TrySetException(new DemoException("The stack ended before it was healthy."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return stack;
    }

    /// <summary>Starts <c>./run</c> and waits until everything is healthy.</summary>
    public static async Task<LocalRun> StartAsync(
        string root, string data, int port, TimeSpan deadline, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, params IEnumerable<string> arguments)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var stack = Launch(root, data, port, environment, arguments);
        try
        {
            await stack._healthy.Task.WaitAsync(deadline, cancellationToken);
            stack.StartedWithin = TimeProvider.System.GetElapsedTime(begin);
            return stack;
        }
        catch (Exception e) when (e is DemoException or TimeoutException)
        {
            await stack.DisposeAsync();
            throw new DemoException($"The stack was not healthy within {deadline.TotalSeconds:0} s:\n{stack.Output}");
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>What <c>./run --details</c> prints now.</summary>
    public async Task<StackDetails> DetailsAsync(CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(_root, "run"), ["--details", "--data", _data])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
        })!;
        var json = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return StackDetails.Parse(json);
    }

    /// <summary>Waits until <c>./run</c> has ended by itself.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _run.WaitForExitAsync(cancellationToken).WaitAsync(StopDeadline, cancellationToken);

    /// <summary>Stops it as Ctrl+C does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_run.HasExited)
        {
            _ = Signal(_run.Id, Interrupt);
            await EndAsync(cancellationToken);
        }
    }

    /// <summary>May be called again: what failed to start again after it is then told, and not that the last one is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        try
        {
            await StopAsync(CancellationToken.None);
        }
        catch (TimeoutException)
        {
            _run.Kill(entireProcessTree: true);
        }

        _run.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains(HealthyLine, StringComparison.Ordinal))
        {
            _healthy.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
