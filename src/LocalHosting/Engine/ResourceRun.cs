using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>The life of one resource: wait, start its replicas, watch their health, report their end. Nothing is started again.</summary>
internal sealed class ResourceRun(
    IResource resource, Func<IResource, ResourceRun> runOf, LaunchPlanner planner, HealthProbe health, Watchdog watchdog, Output output,
    ResourceNotificationService notifications, LocalHostingOptions options)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<ChildProcess> _processes = [];
    private int _replicasSeenHealthy;
    private bool _stopRequested;

    public IResource Resource => resource;

    public int Replicas { get; } = ReplicasOf(resource);

    /// <summary>Set by the orchestrator: somebody waits for this resource to end, so that its end is no news.</summary>
    public bool IsMeantToEnd { get; set; }

    public static int ReplicasOf(IResource resource) => resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    public string NameOf(int replica) =>
        Replicas == 1 ? resource.Name : $"{resource.Name}-{replica.ToString(CultureInfo.InvariantCulture)}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PublishAllAsync(s => s with { State = KnownResourceStates.Waiting });
            await WaitForOthersAsync(cancellationToken);
            await PublishAllAsync(s => s with { State = KnownResourceStates.Starting });
            var replicas = await Task.WhenAll(Enumerable.Range(0, Replicas).Select(replica => StartAsync(replica, cancellationToken)));
            _started.TrySetResult();
            var watching = replicas.Select((process, replica) => WatchHealthAsync(process, replica, cancellationToken)).ToList();
            var codes = await Task.WhenAll(replicas.Select(EndAsync));
            await Task.WhenAll(watching);
            _ended.TrySetResult(codes.FirstOrDefault(code => code != 0));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops before this resource's turn came.
        }
        catch (Exception e) when (e is DistributedApplicationException or InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            output.Shout(resource.Name, $"does not start: {e.Message}");
            await PublishAllAsync(s => s with { State = KnownResourceStates.FailedToStart, HealthStatus = HealthStatus.Unhealthy });
            var failure = new DistributedApplicationException($"'{resource.Name}' did not start.");
            _ended.TrySetException(failure);
        }
        finally
        {
            _ended.TrySetCanceled(cancellationToken);
            _ = _ended.Task.Exception;
        }
    }

    /// <summary>Ends all replicas; true when none had to be killed.</summary>
    public async Task<bool> StopAsync()
    {
        List<ChildProcess> processes;
        lock (_lock)
        {
            _stopRequested = true;
            processes = [.. _processes];
        }

        return (await Task.WhenAll(processes.Select(process => process.StopAsync(options.StopTimeout)))).All(clean => clean);
    }

    public void Kill()
    {
        lock (_lock)
        {
            _stopRequested = true;
            _processes.ForEach(process => process.Kill());
        }
    }

    private async Task WaitForOthersAsync(CancellationToken cancellationToken)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            var other = runOf(wait.Resource);
            var reached = wait.WaitType switch
            {
                WaitType.WaitForCompletion => other._ended.Task,
                WaitType.WaitUntilStarted => other._started.Task,
                _ => other._healthy.Task,
            };
            await Task.WhenAny(reached, other._ended.Task).WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (wait.WaitType == WaitType.WaitForCompletion && other._ended.Task.IsCompletedSuccessfully)
            {
                var code = await other._ended.Task;
                if (code != wait.ExitCode)
                {
                    throw new DistributedApplicationException($"it waits for '{wait.Resource.Name}', which ended with exit code {code} instead of {wait.ExitCode}.");
                }
            }
            else if (!reached.IsCompletedSuccessfully)
            {
                throw new DistributedApplicationException($"it waits for '{wait.Resource.Name}', which is not there.");
            }
        }
    }

    private async Task<ChildProcess> StartAsync(int replica, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(resource, replica, cancellationToken);
        var name = NameOf(replica);
        ChildProcess process;
        lock (_lock)
        {
            if (_stopRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            process = ChildProcess.Start(plan, watchdog, line => output.Line(name, line));
            _processes.Add(process);
        }

        await PublishAsync(replica, s => s with
        {
            State = KnownResourceStates.Running,
            Properties = [new ResourcePropertySnapshot("executable.pid", process.Id)],
            Urls = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(e =>
                new UrlSnapshot(e.Name, new EndpointReference((IResourceWithEndpoints)resource, e.Name).UrlOf(replica), !e.IsExternal))],
        });
        return process;
    }

    private async Task<int> EndAsync(ChildProcess process, int replica)
    {
        var code = await process.Exited;
        lock (_lock)
        {
            _processes.Remove(process);
        }

        var name = NameOf(replica);
        var expected = process.IsStopping || (IsMeantToEnd && code == 0);
        if (!expected)
        {
            output.Shout(name, $"process {process.Id} has ended with {Describe(code)}. It is not started again; everything else goes on.");
            foreach (var line in output.Tail(name))
            {
                output.Shout(name, $"  {line}");
            }

            if (output.FileOf(name) is { } file)
            {
                output.Shout(name, $"  all of it: {file}");
            }
        }

        await PublishAsync(replica, s => s with
        {
            State = code == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited,
            ExitCode = code,
            HealthStatus = IsMeantToEnd && code == 0 ? s.HealthStatus : HealthStatus.Unhealthy,
        });
        return code;
    }

    private async Task WatchHealthAsync(ChildProcess process, int replica, CancellationToken cancellationToken)
    {
        var healthy = false;
        var seenHealthy = false;
        while (!process.Exited.IsCompleted && !process.IsStopping && !cancellationToken.IsCancellationRequested)
        {
            var now = await health.IsHealthyAsync(resource, replica, cancellationToken);
            if (process.Exited.IsCompleted || process.IsStopping)
            {
                return;
            }

            if (now != healthy)
            {
                healthy = now;
                await PublishAsync(replica, s => s with { HealthStatus = now ? HealthStatus.Healthy : HealthStatus.Unhealthy });
                if (!now)
                {
                    output.Shout(NameOf(replica), "is no longer healthy.");
                }
                else if (!seenHealthy)
                {
                    seenHealthy = true;
                    if (Interlocked.Increment(ref _replicasSeenHealthy) == Replicas)
                    {
                        _healthy.TrySetResult();
                    }
                }
            }

            await Task.WhenAny(process.Exited, Task.Delay(healthy ? options.HealthyInterval : options.HealthInterval, cancellationToken));
        }
    }

    private async Task PublishAllAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        for (var replica = 0; replica < Replicas; replica++)
        {
            await PublishAsync(replica, change);
        }
    }

    private Task PublishAsync(int replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, NameOf(replica), change);

    private static string Describe(int exitCode) =>
        exitCode > 128 ? string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128}") : string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
}
