using System.Diagnostics;
using Zweizeiler.Client;
using Zweizeiler.Demo;
using Zweizeiler.SystemTests;

[assembly: AssemblyFixture(typeof(Stack))]
// A stack has the machine to itself: tests that start their own would otherwise measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Zweizeiler.SystemTests;

/// <summary>The whole stack, started once for all tests by <c>./run</c> on data and a port of its own, and ended at the end without a trace.</summary>
#pragma warning disable CA1711 // It is a stack, of another kind.
public sealed class Stack : IAsyncLifetime
#pragma warning restore CA1711
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly DataFolder _data = new();
    private LocalRun? _run;

    public StackDetails Details { get; private set; } = null!;

    public LocalRun Run => _run!;

    public string Data => _data.Path;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Enough money for every test, however often the assembly grows.
        var environment = new Dictionary<string, string> { ["Demo__Merchant__OpeningBalanceCents"] = "10000000" };
        _run = await LocalRun.StartAsync(Checkout.Root, _data.Path, LocalRun.FreePort(), StartDeadline, Cancelled, environment, "--no-build");
        Details = await _run.DetailsAsync(Cancelled);
    }

    public ZweizeilerClient Merchant() => new(Details.Gateway, Details.Keys.Live);

    public ZweizeilerClient Tester() => new(Details.Gateway, Details.Keys.Test);

    public async ValueTask DisposeAsync()
    {
        if (_run is null)
        {
            return;
        }

        var processes = AllProcesses(Details);
        await _run.DisposeAsync();
        var left = processes.Where(IsRunning).ToList();
        _data.Dispose();
        left.ShouldBeEmpty("processes of the stack outlived it");
    }

    /// <summary>Every process that the details name, servers included.</summary>
    public static IReadOnlyList<int> AllProcesses(StackDetails details) => [.. details.Processes.Keys.SelectMany(details.ProcessesOf), details.AppHost];

    public static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>A temporary data folder.</summary>
public sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("zweizeiler-system-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
