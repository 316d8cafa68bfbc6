using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zweizeiler.Messaging.Bus;

namespace Zweizeiler.Messaging;

/// <summary>Declaring a service's queues before anybody publishes to them.</summary>
public static partial class TopologyDeployment
{
    /// <summary>Many times what it takes. A migration that never ends would keep every service from starting.</summary>
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Declares queues, exchanges and bindings of the service's consumers and ends. An exchange without queue forgets what it is given, so this
    /// belongs into every service's migration, and all migrations before the first service.
    /// </summary>
    /// <param name="services">The service's provider, not started.</param>
    /// <param name="cancellationToken">Cancels; the broker is waited for until then.</param>
    /// <returns>When the broker has everything.</returns>
    public static async Task DeployMessagingTopologyAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AttemptLimit);
            try
            {
                await DeployOnceAsync(services, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // An attempt that hangs is left behind with its connection; declaring is idempotent, so the next one finds what is there.
                LogAgain(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TopologyDeployment)));
            }
        }
    }

    private static async Task DeployOnceAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // A bus of its own: MassTransit configures each registered consumer once, and the service's bus would be left with none.
        var configuration = services.GetRequiredService<BusConfiguration>();
        var collection = new ServiceCollection()
            .AddSingleton(services.GetRequiredService<IConfiguration>())
            .AddSingleton(services.GetRequiredService<IOptions<MessagingOptions>>())
            .AddLogging()
            .AddMassTransit(bus =>
            {
                configuration.Register(bus);
                bus.AddConfigureEndpointsCallback((_, _, endpoint) => EndpointDefaults.Quorum(endpoint));
                bus.UsingRabbitMq(configuration.ConfigureTopologyOnly);
            });
        var provider = collection.BuildServiceProvider();
        await using var disposeProvider = provider.ConfigureAwait(false);
        await provider.GetRequiredService<IBusControl>().DeployAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker has not declared all queues in time; they are declared again")]
    private static partial void LogAgain(ILogger logger);
}
