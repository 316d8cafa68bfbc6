using MassTransit;
using MassTransit.Configuration;
using MassTransit.Middleware;
using Npgsql;

namespace Zweizeiler.Messaging.Bus;

/// <summary>What every receive endpoint has. Order matters: each filter wraps those after it.</summary>
internal static class EndpointDefaults
{
    /// <summary>
    /// RabbitMQ 4 drops a quorum queue's message after 20 redeliveries, and a consumer that crashes with it may well need more. Practically none,
    /// in a number that 3.10 takes too.
    /// </summary>
    private const int DeliveryLimit = 1_000_000;

    /// <summary>A shared queue: survives the loss of a broker node, and of a consumer.</summary>
    public static void Quorum(IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        }
    }

    /// <summary>
    /// Retries the whole of scope, transaction and consumer, each time anew: for minutes when the database is away, briefly for anything else; what
    /// still fails goes to the queue's <c>_error</c> queue. Each kind of failure has one of the two filters, because MassTransit's outer filter
    /// leaves alone what an inner one has retried.
    /// </summary>
    public static void Retry(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(new QuietFaultsFilter());
            pipe.UseFilter(new GenerateFaultFilter());
            pipe.UseFilter(new ErrorTransportFilter());
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(IsTransient);
            retry.Intervals(100, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000, 30_000, 30_000);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(IsTransient);
            retry.Intervals(50, 250, 1000);
        });
    }

    /// <summary>The inbox: inside the retries, around the consumer.</summary>
    public static void Inbox<TDbContext>(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
        where TDbContext : class
    {
        var observer = new OutboxConsumePipeSpecificationObserver<TDbContext>(endpoint, context);
        endpoint.ConnectConsumerConfigurationObserver(observer);
    }

    /// <summary>Whether the database may be there again in a while.</summary>
    internal static bool IsTransient(Exception? exception) => exception switch
    {
        null => false,
        NpgsqlException { IsTransient: true } => true,
        TimeoutException => true,
        _ => IsTransient(exception.InnerException),
    };
}
