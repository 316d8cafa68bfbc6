using System.IO.Compression;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Telemetry;

/// <summary>
/// Stands in for Aspire's dashboard: takes spans by OTLP over HTTP and shows one trace through all services. <c>/traces</c> lists, <c>/traces/{id}</c>
/// shows one, as JSON or with <c>?format=text</c> as a tree. Metrics and logs are accepted and dropped (logs are in the log folder).
/// </summary>
internal sealed class TelemetryServer
{
    private const int DefaultCount = 100;
    private const long LargestRequest = 64 * 1024 * 1024;

    private readonly TraceStore _store = new();
    private WebApplication? _app;

    public string? Url { get; private set; }

    public async Task StartAsync(ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        // No arguments and no environment: ASPNETCORE_URLS is the app host's, not this server's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapPost("/v1/traces", TakeSpansAsync);
        _app.MapPost("/v1/metrics", DropAsync);
        _app.MapPost("/v1/logs", DropAsync);
        _app.MapGet("/traces", ListAsync);
        _app.MapGet("/traces/{traceId}", ShowAsync);
        await _app.StartAsync(cancellationToken);
        Url = _app.Urls.Single();
        await notifications.PublishUpdateAsync(new Dashboard(), Dashboard.WellKnownName, s => s with
        {
            State = KnownResourceStates.Running,
            HealthStatus = HealthStatus.Healthy,
            Urls = [new UrlSnapshot("http", $"{Url}/traces", false)],
        });
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, 0);
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.AddServerHeader = false;
    }

    private async Task TakeSpansAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var gzip = http.Request.Headers.ContentEncoding == "gzip";
        await (gzip ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body).CopyToAsync(body, http.RequestAborted);
        try
        {
            _store.Add(SpanDecoder.Decode(body.GetBuffer().AsSpan(0, (int)body.Length)));
            http.Response.ContentType = "application/x-protobuf";
        }
        catch (InvalidDataException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static async Task DropAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.ContentType = "application/x-protobuf";
    }

    private Task ListAsync(HttpContext http)
    {
        var count = int.TryParse(http.Request.Query["count"], out var wanted) ? wanted : DefaultCount;
        var service = http.Request.Query["service"].ToString();
        return http.Response.WriteAsJsonAsync(_store.Latest(count, service.Length == 0 ? null : service));
    }

    private Task ShowAsync(HttpContext http)
    {
        if (_store.Find((string)http.Request.RouteValues["traceId"]!) is not { } trace)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var accept = http.Request.Headers.Accept.ToString();
        if (http.Request.Query["format"] == "text" || accept.StartsWith("text/", StringComparison.Ordinal))
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync(TraceTree.Of(trace));
        }

        return http.Response.WriteAsJsonAsync(new { trace[0].TraceId, Services = TraceSummary.Of(trace).Services, Spans = trace });
    }

    /// <summary>Under the name of Aspire's dashboard, so that whoever looks for that finds this.</summary>
    private sealed class Dashboard() : Resource(WellKnownName)
    {
        public const string WellKnownName = "aspire-dashboard";
    }
}
