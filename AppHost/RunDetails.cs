using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Zweizeiler.AppHost.Infrastructure;

namespace Zweizeiler.AppHost;

/// <summary>
/// Watches the run for people and scripts: prints what becomes healthy and, once everything is, where everything is; keeps
/// <c>resources.json</c> in the data folder up to date (what <c>./run --details</c> prints); and ends a run that cannot become healthy.
/// </summary>
internal sealed class RunDetails(
    IReadOnlyDictionary<string, int> expected, Settings settings, Demo? demo, MailServer mail, ResourceNotificationService notifications,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Aspire's name for its dashboard; the local engine's stand-in takes the same one.</summary>
    private const string Dashboard = "aspire-dashboard";

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Dictionary<string, ResourceEvent> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private readonly RunDetailsFile _file = new(settings.DataFolder);
    private bool _ready;

    public static void Add(IDistributedApplicationBuilder builder, Settings settings, Demo? demo, MailServer mail)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        // Only what the topology names: Aspire adds helpers of its own.
        var expected = builder.Resources.Where(r => r is ProjectResource or ExecutableResource or ContainerResource)
            .ToDictionary(r => r.Name, r => r is ProjectResource && !IsMigration(r.Name) ? settings.Replicas(r.Name) : 1, StringComparer.Ordinal);
        foreach (var helper in expected.Keys.Where(name => name.EndsWith("-rebuilder", StringComparison.Ordinal)).ToList())
        {
            expected.Remove(helper);
        }

        builder.Services.AddHostedService(services => new RunDetails(
            expected, settings, demo, mail, services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<IHostApplicationLifetime>()));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                await FollowAsync(change, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run is the end of the watch.
        }
        finally
        {
            _file.Remove();
        }
    }

    private async Task FollowAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        var name = change.Resource.Name;
        if (name != Dashboard && !expected.ContainsKey(name))
        {
            return;
        }

        _states[change.ResourceId] = change;
        if (name != Dashboard && !_there.Contains(name))
        {
            if (Failure(change) is { } failure && !_ready)
            {
                Console.Error.WriteLine($"The stack cannot start: {change.ResourceId} {failure}.");
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }

            if (_states.Values.Count(s => s.Resource.Name == name && IsThere(s)) >= expected[name])
            {
                _there.Add(name);
                Say($"{name} is {(IsMigration(name) ? "done" : "healthy")} ({_there.Count} of {expected.Count})");
            }
        }

        var becameReady = !_ready && _there.Count == expected.Count;
        _ready |= becameReady;
        var details = await DetailsAsync(cancellationToken);
        _file.Write(details);
        if (becameReady)
        {
            Say("everything is healthy");
            Console.WriteLine(RunSummary.Of(details, settings));
        }
    }

    private async Task<Details> DetailsAsync(CancellationToken cancellationToken)
    {
        var password = demo is null ? null : await demo.TranslatorPassword.GetValueAsync(cancellationToken);
        return new Details
        {
            Ready = _ready,
            Gateway = settings.GatewayUrl,
            Portal = $"{settings.GatewayUrl}/portal",
            Docs = $"{settings.GatewayUrl}/docs",
            Keys = demo is null ? null : new DemoKeys(
                await demo.LiveKey.GetValueAsync(cancellationToken), await demo.TestKey.GetValueAsync(cancellationToken)),
            Translators = demo?.Translators.Select(t => new SignIn(t.Email, password, t.Pairs)).ToList(),
            Operator = demo is null ? null : new SignIn(demo.OperatorEmail, await demo.OperatorPassword.GetValueAsync(cancellationToken), null),
            MailFolder = mail.Folder,
            MailPages = UrlsOf("mailpit").FirstOrDefault(url => url.StartsWith("http", StringComparison.Ordinal)),
            DataFolder = settings.DataFolder,
            Telemetry = UrlsOf(Dashboard).FirstOrDefault(),
            AppHost = Environment.ProcessId,
            Processes = expected.Keys.Where(n => !IsMigration(n)).ToDictionary(n => n, ProcessesOf, StringComparer.Ordinal),
            Resources = _states.Values.OrderBy(s => s.ResourceId, StringComparer.Ordinal).ToDictionary(
                s => s.ResourceId,
                s => new ResourceDetails(s.Snapshot.State?.Text, s.Snapshot.HealthStatus?.ToString(), s.Snapshot.ExitCode, PidOf(s), [.. Urls(s)]),
                StringComparer.Ordinal),
        };
    }

    /// <summary>One id, or a list where replicas are asked for; null for what does not run.</summary>
    private object? ProcessesOf(string name)
    {
        var ids = _states.Values.Where(s => s.Resource.Name == name && s.Snapshot.ExitCode is null).OrderBy(s => s.ResourceId, StringComparer.Ordinal)
            .Select(PidOf).OfType<int>().ToList();
        return expected[name] > 1 ? ids : ids.Count > 0 ? ids[0] : null;
    }

    private IEnumerable<string> UrlsOf(string name) => _states.Values.Where(s => s.Resource.Name == name).SelectMany(Urls);

    private static IEnumerable<string> Urls(ResourceEvent state) =>
        state.Snapshot.Urls.IsDefault ? [] : state.Snapshot.Urls.Select(url => url.Url);

    private static int? PidOf(ResourceEvent state)
    {
        var properties = state.Snapshot.Properties.IsDefault ? ImmutableArray<ResourcePropertySnapshot>.Empty : state.Snapshot.Properties;
        var value = properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value;
        return value is null ? null : Convert.ToInt32(value, CultureInfo.InvariantCulture);
    }

    private static bool IsThere(ResourceEvent state) => IsMigration(state.Resource.Name)
        ? state.Snapshot.State?.Text == KnownResourceStates.Finished && state.Snapshot.ExitCode is null or 0
        : state.Snapshot.State?.Text == KnownResourceStates.Running && state.Snapshot.HealthStatus == HealthStatus.Healthy;

    /// <summary>Why this resource will never be there; null while it still may.</summary>
    private static string? Failure(ResourceEvent state)
    {
        var text = state.Snapshot.State?.Text;
        if (text == KnownResourceStates.FailedToStart)
        {
            return "did not start";
        }

        var ended = text is not null && KnownResourceStates.TerminalStates.Contains(text);
        return ended && !IsThere(state) ? $"ended with exit code {state.Snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}" : null;
    }

    private static bool IsMigration(string name) => name.EndsWith("-migrate", StringComparison.Ordinal);

    private void Say(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{_time.Elapsed.TotalSeconds,5:0.0} s] {text}"));
}
