using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zweizeiler.Gateway.Tests.Support;

/// <summary>What a service behind the gateway got to see.</summary>
public sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A service behind the gateway, on a port of its own; remembers what reached it.</summary>
public sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private FakeService(string name, int port, RequestDelegate? answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            {
                // The gateway's looks are nobody's requests.
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            context.Items["body"] = body;
            _seen.Enqueue(new SeenRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body));
            if (answer is not null)
            {
                await answer(context);
                return;
            }

            context.Response.Headers.Server = "secret/1.0";
            context.Response.Headers["X-From"] = name;
            await context.Response.WriteAsync(name);
        });
    }

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public string Url => _app.Urls.Single();

    public static async Task<FakeService> StartAsync(string name, RequestDelegate? answer = null, int port = 0)
    {
        var service = new FakeService(name, port, answer);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
