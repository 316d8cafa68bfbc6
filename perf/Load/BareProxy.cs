using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Zweizeiler.Load;

/// <summary>YARP with one route and nothing around it: what the gateway is measured against. It runs as a process of its own, as the gateway does.</summary>
internal static class BareProxy
{
    public static async Task RunAsync(string listen, string destination, string authorization, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [
                new RouteConfig
                {
                    RouteId = "all",
                    ClusterId = "orders",
                    Match = new RouteMatch { Path = "{**rest}" },
                    Transforms = [new Dictionary<string, string> { ["RequestHeader"] = "Authorization", ["Set"] = authorization }],
                },
            ],
            [new ClusterConfig { ClusterId = "orders", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = destination } } }]);
        await using var app = builder.Build();
        app.Urls.Add(listen);
        app.MapReverseProxy();
        await app.StartAsync(cancellationToken);
        Console.WriteLine("listening");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }
}
