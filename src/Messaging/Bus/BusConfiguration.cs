using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Zweizeiler.Messaging.Bus;

/// <summary>How a service's bus is built, for running and for declaring its queues beforehand.</summary>
internal sealed class BusConfiguration(string service, MessagingRegistration registration)
{
    public const string ConnectionName = "messaging";

    private static readonly KebabCaseEndpointNameFormatter Bare = new(false);

    /// <summary>Names an instance for as long as it runs. Machines of a container platform are named after the instance, processes are not.</summary>
    private readonly string _instance = $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{NewId.NextGuid():N}";

    public KebabCaseEndpointNameFormatter Names { get; } = new(service, false);

    public void Register(IBusRegistrationConfigurator bus)
    {
        bus.SetEndpointNameFormatter(Names);
        bus.DisableUsageTelemetry();
        foreach (var consumer in registration.Consumers)
        {
            bus.AddConsumer(consumer);
        }

        foreach (var consumer in registration.BroadcastConsumers)
        {
            bus.AddConsumer(consumer).ExcludeFromConfigureEndpoints();
        }

        // While the broker is away a service is as useful as before: it stores what it publishes, and what it consumes waits.
        bus.ConfigureHealthCheckOptions(health =>
        {
            health.Name = "messaging";
            health.MinimalFailureStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded;
            health.Tags.Add("ready");
        });
    }

    public void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        var options = context.GetRequiredService<IOptions<MessagingOptions>>().Value;
        bus.Host(Address(context), service, host => host.PublisherConfirmation = true);
        bus.PrefetchCount = options.PrefetchCount;
        bus.ConcurrentMessageLimit = options.ConcurrentMessageLimit;
        bus.ConfigureJsonSerializerOptions(json => new JsonSerializerOptions(json) { WriteIndented = false });
        bus.ConfigureEndpoints(context);
        foreach (var consumer in registration.BroadcastConsumers)
        {
            ConfigureBroadcast(context, bus, consumer, options);
        }
    }

    /// <summary>The queues that are shared and outlive the instance; nothing is consumed.</summary>
    public void ConfigureTopologyOnly(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        bus.DeployTopologyOnly = true;
        bus.Host(Address(context), service);
        bus.ConfigureEndpoints(context);
    }

    /// <summary>Where the broker is.</summary>
    public static Uri Address(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName) is { Length: > 0 } address
            ? new Uri(address)
            : throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} is not set.");

    private void ConfigureBroadcast(
        IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, Type consumer, MessagingOptions options)
    {
        var name = $"{Names.SanitizeName(service)}-{NameOf(consumer)}-{_instance}";
        bus.ReceiveEndpoint(name, endpoint =>
        {
            endpoint.BindQueue = false;
            endpoint.AutoDelete = true;
            endpoint.ConfigureChannel(channel => channel.UseFilter(new BroadcastQueueFilter(name, options.BroadcastExpiry)));
            endpoint.UseMessageRetry(retry => retry.Immediate(3));
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.ConfigureConsumer(context, consumer);
        });
    }

    private static string NameOf(Type consumer)
    {
        const string suffix = "Consumer";
        return Bare.SanitizeName(consumer.Name.EndsWith(suffix, StringComparison.Ordinal) ? consumer.Name[..^suffix.Length] : consumer.Name);
    }
}
