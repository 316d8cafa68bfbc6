using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zweizeiler.ServiceDefaults;

/// <summary>
/// A service that is told to stop says at once that it is not ready, and goes on serving for <c>Drain:Delay</c>, in which whoever distributes requests
/// sends them elsewhere. Then no connection is taken any more, running requests have <c>Drain:Finish</c> to end, and the process ends.
/// </summary>
internal sealed partial class Drain(IHostApplicationLifetime lifetime, IConfiguration configuration, IHostEnvironment environment, ILogger<Drain> logger)
    : IHostedLifecycleService, IHealthCheck
{
    /// <summary>Longer than the gateway takes to see it: two looks, a second apart, of two seconds at most.</summary>
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan DefaultFinish = TimeSpan.FromSeconds(15);

    private volatile bool _isStopping;

    private bool IsDraining => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>On a developer's machine nobody waits for the requests of others.</summary>
    private TimeSpan Delay => DelayOf(configuration, environment);

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<Drain>("drain", tags: ["ready"]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout =
            DelayOf(builder.Configuration, builder.Environment) + builder.Configuration.GetValue("Drain:Finish", DefaultFinish));
    }

    /// <summary>While draining, each answer over HTTP/1.1 ends its connection; a new one goes to a replica that stays. (HTTP/2 says so itself.)</summary>
    public Task CloseConnectionsAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            context.Response.OnStarting(static state =>
            {
                var (drain, http) = ((Drain, HttpContext))state;
                if (drain.IsDraining)
                {
                    http.Response.Headers.Connection = "close";
                }

                return Task.CompletedTask;
            }, (this, context));
        }

        return next(context);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsDraining ? new HealthCheckResult(context.Registration.FailureStatus, "Stopping.") : HealthCheckResult.Healthy());

    /// <summary>Comes before anything is stopped, the web server last of all to start and first to stop.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (Delay > TimeSpan.Zero)
        {
            LogDraining(Delay.TotalSeconds);
            await Task.Delay(Delay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan DelayOf(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetValue("Drain:Delay", environment.IsDevelopment() ? TimeSpan.Zero : DefaultDelay);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: not ready any more, serving for {Seconds} s while requests go elsewhere")]
    private partial void LogDraining(double seconds);
}
