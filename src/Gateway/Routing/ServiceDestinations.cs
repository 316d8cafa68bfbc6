using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Zweizeiler.Gateway.Routing;

/// <summary>
/// Turns a service's name into its replicas, each a destination of its own with its own health, and follows when replicas come and go.
/// </summary>
internal sealed class ServiceDestinations(ServiceEndpointResolver resolver) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var replicas = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        var changes = new List<IChangeToken>();
        foreach (var (service, config) in destinations)
        {
            var source = await resolver.GetEndpointsAsync(config.Address, cancellationToken);
            changes.Add(source.ChangeToken);
            foreach (var endpoint in source.Endpoints)
            {
                var address = AddressOf(endpoint);
                replicas[$"{service}@{address}"] = config with { Address = address };
            }
        }

        return new ResolvedDestinationCollection(replicas, new CompositeChangeToken(changes));
    }

    private static string AddressOf(ServiceEndpoint endpoint)
    {
        var text = endpoint.ToString()!;
        return text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
    }
}
