using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Telemetry;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.ServiceDefaults;

/// <summary>What every service does alike.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Telemetry, health, problem details, JSON, internal tokens, service discovery and resilience.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The service's resource name; also the audience that its tokens must name.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        ProcessPriority.Add(builder);
        TelemetryDefaults.Add(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TextVault>(services => new TextVault(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<Cursors>();
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddProblemDetails();
        builder.Services.Configure<JsonOptions>(options => ApplyJson(options.SerializerOptions));
        InternalAuthentication.Add(builder.Services, builder.Configuration, service);

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });

        Drain.Add(builder);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A byte is a character: so whatever a client writes into a header is read, goes on as it came, and is refused by whoever cares.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        return builder;
    }

    /// <summary>The pipeline up to authorization, and the health endpoints. Call it before mapping the service's own endpoints.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<Drain>().CloseConnectionsAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemMiddleware.WriteForEmptyResponse);
        app.Use(HeadRequests.RunAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(UnknownParameters.RunAsync);
        app.MapHealth("/health/live", "live");
        app.MapHealth("/health/ready", "ready");
        return app;
    }

    /// <summary>How JSON is written and read everywhere: camelCase, no nulls left out, enumerations as text, times with offset.</summary>
    public static void ApplyJson(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTimes());
        // Texts in many languages stay readable; the output is JSON, never embedded in HTML.
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    private static void MapHealth(this IEndpointRouteBuilder app, string path, string tag) =>
        app.MapHealthChecks(path, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(tag),
            ResultStatusCodes =
            {
                // Degraded (the broker is away) still takes orders; the outbox keeps what is to be sent.
                [HealthStatus.Degraded] = 200,
            },
        }).AllowAnonymous();
}
