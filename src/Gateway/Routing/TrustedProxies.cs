using Microsoft.AspNetCore.HttpOverrides;

namespace Zweizeiler.Gateway.Routing;

/// <summary>
/// Before a load balancer every connection comes from the load balancer. Networks in <c>TrustedProxies</c> are believed when they say for whom; nobody
/// else is.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = app.Configuration.GetSection("TrustedProxies").Get<string[]>() ?? [];
        if (networks.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        app.UseForwardedHeaders(options);
    }
}
