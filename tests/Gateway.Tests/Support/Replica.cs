using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Gateway.Tests.Support;

/// <summary>A replica that starts, serves and stops as every service of the house does, on a port of its own.</summary>
public sealed class Replica : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Task _ended;
    private int _served;

    private Replica(WebApplication app)
    {
        _app = app;
        _ended = app.WaitForShutdownAsync();
    }

    public int Served => _served;

    public string Url => _app.Urls.Single();

    public static async Task<Replica> StartAsync(string service, int port, TimeSpan drain)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Identity:SigningKey"] = KeyTable.Secret,
            ["Texts:MasterKey"] = KeyTable.Secret,
            ["Drain:Delay"] = drain.ToString(),
        });
        builder.AddServiceDefaults(service);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        Replica? self = null;
        app.MapServiceDefaults();
        app.MapPost("/internal/api-keys/resolve", () => new
        {
            keyId = KeyTable.Key,
            merchantId = KeyTable.Merchant,
            mode = "live",
            scopes = Scope.All,
            expiresAt = (DateTimeOffset?)null,
        }).RequireScope(Scope.Internal);
        app.MapPost("/v1/balance/once", () => Results.NoContent())
            .AddEndpointFilter(async (context, next) =>
            {
                IdempotencyKey.Of(context);
                return await next(context);
            })
            .RequireScope(Scope.Read);
        app.MapMethods("/v1/{**rest}", ["GET", "POST"], async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            // Now and then one takes its time, so that some are under way whenever the replica stops.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50) == 0 ? 500 : 2), http.RequestAborted);
            Interlocked.Increment(ref self!._served);
            return Results.Text("served");
        }).RequireScope(Scope.Read);
        await app.StartAsync();
        return self = new Replica(app);
    }

    /// <summary>Tells it to stop, as SIGTERM does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        _app.Lifetime.StopApplication();
        await _ended.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
