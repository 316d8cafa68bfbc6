using System.Diagnostics;
using System.Globalization;
using System.Text;
using Zweizeiler.Demo;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>
/// One process of the stack. <c>./run</c> starts it first and starts nothing again; after it was killed it is started here, with the command, folder and
/// environment that it had, so that it comes back as the same replica at the same address.
/// </summary>
internal sealed class Member : IDisposable
{
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromMinutes(4);

    private readonly string[] _command;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly string _logs;
    private Process? _ours;
    private int _starts;

    public Member(string service, int replica, int process, string logs)
    {
        var proc = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}";
        (Service, Replica, Id, _logs) = (service, replica, process, logs);
        _command = File.ReadAllText($"{proc}/cmdline").TrimEnd('\0').Split('\0');
        _folder = new FileInfo($"{proc}/cwd").LinkTarget ?? "/";
        _environment = File.ReadAllText($"{proc}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v.Split('=', 2)).Where(v => v.Length == 2).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);
    }

    public string Service { get; }

    public int Replica { get; }

    /// <summary>The process that it is now.</summary>
    public int Id { get; private set; }

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Service}-{Replica}");

    public bool IsRunning => Posix.IsRunning(Id);

    /// <summary>Nobody else may kill it, or have it ready, meanwhile.</summary>
    public bool IsTaken { get; set; }

    public Uri? Address => _environment.TryGetValue("ASPNETCORE_URLS", out var urls) ? new Uri(urls.Split(';')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) : null;

    public string Setting(string name) => _environment[name];

    /// <summary>The last word of its command.</summary>
    public string LastArgument => _command[^1];

    public void Signal(int signal) => Posix.Signal(Id, signal);

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Signal(Posix.Kill);
        await EndedAsync(cancellationToken);
    }

    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        await Wait.ForAsync($"The end of {Name}", EndDeadline, _ => Task.FromResult(IsRunning ? null : "ended"), cancellationToken);
        _ours?.Dispose();
        _ours = null;
    }

    public void Start()
    {
        _starts++;
        var log = new StreamWriter(new FileStream(
            Path.Combine(_logs, string.Create(CultureInfo.InvariantCulture, $"{Name}-again-{_starts}.log")), FileMode.Create, FileAccess.Write, FileShare.ReadWrite), Encoding.UTF8)
        {
            AutoFlush = true,
        };
        // A session of its own, so that Ctrl+C reaches the harness alone, which then stops in order.
        var start = new ProcessStartInfo("setsid", _command) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var ends = 2;
        process.OutputDataReceived += (_, e) => Write(e.Data);
        process.ErrorDataReceived += (_, e) => Write(e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ours = process;
        Id = process.Id;

        void Write(string? line)
        {
            lock (log)
            {
                if (line is not null)
                {
                    log.WriteLine(line);
                }
                else if (--ends == 0)
                {
                    log.Dispose();
                }
            }
        }
    }

    /// <summary>Waits until it takes requests again. What ends while it starts, because a server is away, is started once more, as any platform would.</summary>
    public async Task ReadyAsync(HttpClient http, CancellationToken cancellationToken) => await Wait.ForAsync(
        $"The readiness of {Name}",
        ReadyDeadline,
        async token =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address!, "/health/ready"), token);
                return answer.IsSuccessStatusCode ? "ready" : null;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !token.IsCancellationRequested))
            {
                if (!IsRunning)
                {
                    Start();
                }

                return null;
            }
        },
        cancellationToken);

    /// <summary>Ends it, if it was started here; the others are ended by <c>./run</c>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_ours is not null)
        {
            Signal(Posix.Continue);
            Signal(Posix.Terminate);
            await EndedAsync(cancellationToken);
        }
    }

    public void Dispose() => _ours?.Dispose();
}
