using Microsoft.AspNetCore.Http.Timeouts;
using Yarp.ReverseProxy.Forwarder;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Gateway.Routing;

/// <summary>Sends a request that reached nobody to another replica, and answers for services that cannot be reached at all.</summary>
internal static class Failover
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var candidates = proxy.AvailableDestinations;
        await next(context);
        while (context.GetForwarderErrorFeature() is { } error && Unreached.Is(error) && !context.Response.HasStarted)
        {
            candidates = [.. candidates.Where(d => d != proxy.ProxiedDestination)];
            if (candidates.Count == 0)
            {
                break;
            }

            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
            proxy.AvailableDestinations = candidates;
            await next(context);
        }

        // Nothing went wrong, or it went wrong in the middle of an answer.
        if (context.Response.HasStarted)
        {
            return;
        }

        if (context.GetForwarderErrorFeature()?.Error is ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout
            || context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true)
        {
            // The request counts as aborted in here; further out, where its body is written, it does not.
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (context.GetForwarderErrorFeature() is not null || context.Response.StatusCode is StatusCodes.Status502BadGateway)
        {
            context.Response.Clear();
            await CommonProblems.ForStatus(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
    }
}
