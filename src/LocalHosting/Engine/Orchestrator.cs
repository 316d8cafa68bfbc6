using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>Starts all resources at once, each of which waits for what it needs, and ends them the other way round.</summary>
internal sealed class Orchestrator(
    IResourceCollection resources, BuildOutput build, DistributedApplicationExecutionContext context, HealthCheckService checks, Output output,
    ResourceNotificationService notifications, LocalHostingOptions options, TelemetryServer telemetry, TelemetrySwitch telemetrySwitch,
    IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _starting = new();
    private readonly HealthProbe _health = new(checks);
    private readonly Dictionary<IResource, ResourceRun> _runs = [];
    private readonly List<PosixSignalRegistration> _signals = [];
    private Watchdog? _watchdog;
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        output.NameWidth = resources.Select(r => r.Name.Length + 2).DefaultIfEmpty(0).Max();
        output.Say("app host", "LocalHosting: for development on one machine only; processes that end are not started again.");
        if (telemetrySwitch.On)
        {
            await telemetry.StartAsync(notifications, cancellationToken);
        }

        AllocatePorts();
        _watchdog = await Watchdog.StartAsync(cancellationToken);
        var planner = new LaunchPlanner(build, context, telemetry, options);
        foreach (var resource in resources.Where(r => r is ProjectResource or ExecutableResource or ContainerResource))
        {
            _runs[resource] = new ResourceRun(resource, RunOf, planner, _health, _watchdog, output, notifications, options);
        }

        foreach (var wait in _runs.Keys.SelectMany(r => r.Annotations.OfType<WaitAnnotation>()).Where(w => w.WaitType == WaitType.WaitForCompletion))
        {
            RunOf(wait.Resource).IsMeantToEnd = true;
        }

        StopAtOnceOnSecondSignal();
        _running = Task.WhenAll(_runs.Values.Select(run => Task.Run(() => run.RunAsync(_starting.Token), CancellationToken.None)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _starting.CancelAsync();
        var stops = new Dictionary<ResourceRun, Task>();
        await Task.WhenAll(_runs.Values.Select(Stop));
        await _running;
        _watchdog?.Dispose();
        await telemetry.StopAsync();

        Task Stop(ResourceRun run)
        {
            if (!stops.TryGetValue(run, out var stop))
            {
                // Whoever waited for this one to start needs it until its own end.
                var dependents = _runs.Values.Where(other => other.Resource.Annotations.OfType<WaitAnnotation>().Any(w => RunOf(w.Resource) == run)).ToList();
                stops[run] = stop = StopAfterAsync(dependents.ConvertAll(Stop), run);
            }

            return stop;
        }
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _health.Dispose();
        _starting.Dispose();
    }

    private async Task StopAfterAsync(List<Task> dependents, ResourceRun run)
    {
        await Task.WhenAll(dependents);
        if (!await run.StopAsync())
        {
            output.Shout(run.Resource.Name, $"did not end within {options.StopTimeout.TotalSeconds:0} s and was killed.");
        }
    }

    /// <summary>A database or another part stands for the server that has it.</summary>
    private ResourceRun RunOf(IResource resource) => _runs.TryGetValue(resource, out var run)
        ? run
        : resource is IResourceWithParent child
            ? RunOf(child.Parent)
            : throw new DistributedApplicationException($"'{resource.Name}' does not run, so nothing can wait for it.");

    private void AllocatePorts()
    {
        var ports = new Ports();
        foreach (var resource in resources)
        {
            var replicas = ResourceRun.ReplicasOf(resource);
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpoint.Port is { } wanted)
                {
                    if (replicas > 1)
                    {
                        throw new DistributedApplicationException($"'{resource.Name}' has {replicas} replicas, which cannot all listen on port {wanted}.");
                    }

                    if (!Ports.IsFree(wanted))
                    {
                        throw new DistributedApplicationException($"Port {wanted}, which '{resource.Name}' is to listen on, is taken.");
                    }

                    endpoint.Ports = [wanted];
                }
                else
                {
                    endpoint.Ports = [.. Enumerable.Range(0, replicas).Select(_ => ports.Free())];
                }
            }
        }
    }

    /// <summary>The first signal asks for an orderly stop; who repeats it has lost patience.</summary>
    private void StopAtOnceOnSecondSignal()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ =>
            {
                if (lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    foreach (var run in _runs.Values)
                    {
                        run.Kill();
                    }
                }
            }));
        }
    }
}
