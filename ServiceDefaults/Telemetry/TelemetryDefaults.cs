using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Zweizeiler.ServiceDefaults.Telemetry;

internal static class TelemetryDefaults
{
    /// <summary>Enough to see every request of a developer and of a quiet shop.</summary>
    private const int DefaultTracesPerSecond = 10;

    /// <summary>What is logged unless configuration says otherwise: frameworks speak up when something is wrong, not at every request and statement.</summary>
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // Failed statements end as exceptions that are logged, or handled, where they end: a second process that was first is no error.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "None",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Npgsql.Command"] = "None",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
        // Each probe of a service that starts or ends fails with a stack trace; that it is gone, and there again, is said once by another.
        ["Logging:LogLevel:Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor"] = "Error",
    };

    public static void Add(IHostApplicationBuilder builder)
    {
        // Lowest in rank: any other source of configuration wins.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Npgsql", "MassTransit", "Zweizeiler.*"))
            .WithTracing(tracing => tracing
                .SetSampler(services => new ParentBasedSampler(new TraceBudget(
                    builder.Configuration.GetValue("Telemetry:TracesPerSecond", DefaultTracesPerSecond), services.GetRequiredService<TimeProvider>())))
                .AddSource("MassTransit", "Zweizeiler.*", "Yarp.ReverseProxy")
                // Health probes come every few seconds and would bury everything else.
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                .AddHttpClientInstrumentation()
                .AddNpgsql());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
