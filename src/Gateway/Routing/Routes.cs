using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;
using Zweizeiler.Gateway.Keys;

namespace Zweizeiler.Gateway.Routing;

/// <summary>Which path goes to which service. What is not listed does not exist.</summary>
internal static class Routes
{
    /// <summary>Policy of routes that need an API key; its name is also how transforms tell them.</summary>
    public const string ApiKeyPolicy = ApiKeyAuthentication.SchemeName;

    private static readonly string[] Services = ["orders", "marketplace", "billing", "notifications"];

    public static readonly IReadOnlyList<RouteConfig> All =
    [
        Api("jobs", "orders"),
        Api("quotes", "orders"),
        Api("cases", "orders"),
        Api("templates", "orders"),
        Api("glossaries", "orders"),
        Api("preferences", "orders"),
        Api("api-keys", "orders"),
        Api("languages", "orders"),
        Api("price-list", "orders"),
        Api("eta", "orders"),
        Api("webhook-endpoints", "notifications"),
        Api("events", "notifications"),
        Api("balance", "billing"),
        Api("ledger", "billing"),
        Api("invoices", "billing"),
        Api("translators", "marketplace"),
        new RouteConfig
        {
            RouteId = "portal",
            ClusterId = "portal",
            Match = new RouteMatch { Path = "/portal/{**rest}" },
            AuthorizationPolicy = "anonymous",
        },
    ];

    public static readonly IReadOnlyList<ClusterConfig> Clusters =
    [
        .. Services.Select(service => Cluster(service, service, TimeSpan.FromSeconds(30))),
        // The portal's live feed says nothing for long: only silence of an hour ends it.
        Cluster("portal", "marketplace", TimeSpan.FromHours(1)),
    ];

    /// <summary>Services that describe a part of the API.</summary>
    public static IReadOnlyList<string> Describing => Services;

    private static RouteConfig Api(string resource, string service) => new()
    {
        RouteId = resource,
        ClusterId = service,
        Match = new RouteMatch { Path = $"/v1/{resource}/{{**rest}}" },
        AuthorizationPolicy = ApiKeyPolicy,
    };

    private static ClusterConfig Cluster(string id, string service, TimeSpan silence) => new()
    {
        ClusterId = id,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = silence,
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
        HealthCheck = new HealthCheckConfig
        {
            AvailableDestinationsPolicy = Yarp.ReverseProxy.Health.HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachablePolicy.PolicyName, ReactivationPeriod = TimeSpan.FromSeconds(5) },
        },
    };
}
