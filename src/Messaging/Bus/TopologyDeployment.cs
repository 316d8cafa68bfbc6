using System.Net.Sockets;
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

    /// <summary>Between two looks for a broker that is starting.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

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
            var bus = Bus(services);
            try
            {
                // Looked for here: MassTransit tries again after seconds that become more each time, for which everything else would wait.
                await ListensAsync(BusConfiguration.Address(services), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await bus.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AttemptLimit);
            try
            {
                await DeployAsync(bus, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // An attempt that hangs is left behind with its connection; declaring is idempotent, so the next one finds what is there.
                LogAgain(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TopologyDeployment)));
            }
        }
    }

    private static async Task ListensAsync(Uri broker, CancellationToken cancellationToken)
    {
        var port = broker.IsDefaultPort ? broker.Scheme is "amqps" ? 5671 : 5672 : broker.Port;
        while (true)
        {
            using var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(broker.Host, port, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(LookInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A bus of its own: MassTransit configures each registered consumer once, and the service's bus would be left with none.
    private static ServiceProvider Bus(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<BusConfiguration>();
        var provider = new ServiceCollection()
            .AddSingleton(services.GetRequiredService<IConfiguration>())
            .AddSingleton(services.GetRequiredService<IOptions<MessagingOptions>>())
            .AddLogging()
            .AddMassTransit(bus =>
            {
                configuration.Register(bus);
                bus.AddConfigureEndpointsCallback((_, _, endpoint) => EndpointDefaults.Quorum(endpoint));
                bus.UsingRabbitMq(configuration.ConfigureTopologyOnly);
            })
            .BuildServiceProvider();

        // Made while the broker may still be starting.
        provider.GetRequiredService<IBusControl>();
        return provider;
    }

    private static async Task DeployAsync(ServiceProvider bus, CancellationToken cancellationToken)
    {
        await using var disposeBus = bus.ConfigureAwait(false);
        await bus.GetRequiredService<IBusControl>().DeployAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker has not declared all queues in time; they are declared again")]
    private static partial void LogAgain(ILogger logger);
}
