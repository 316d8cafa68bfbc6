using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Zweizeiler.Messaging.Bus;
using Zweizeiler.Messaging.Inbox;
using Zweizeiler.Messaging.Outbox;
using Zweizeiler.Messaging.Relay;

namespace Zweizeiler.Messaging;

/// <summary>Adds MassTransit on RabbitMQ the way every service has it.</summary>
public static class MessagingExtensions
{
    /// <summary>
    /// Messaging with transactional outbox and inbox in <typeparamref name="TDbContext"/>, which must be registered and have
    /// <see cref="MessagingTables.AddMessagingTables"/> in its model. Publish through the scoped <see cref="IPublishEndpoint"/>; the message leaves
    /// once that scope's context has saved and committed.
    /// </summary>
    /// <typeparam name="TDbContext">The service's context.</typeparam>
    /// <param name="builder">The service's host.</param>
    /// <param name="service">The service's name; queues begin with it.</param>
    /// <param name="configure">Adds the consumers.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddMessaging<TDbContext>(
        this IHostApplicationBuilder builder, string service, Action<MessagingRegistration>? configure = null)
        where TDbContext : DbContext
    {
        AddBus(builder, service, configure, bus =>
        {
            bus.ReplaceScoped<IScopedBusContextProvider<IBus>, OutboxScopedBusContextProvider<TDbContext>>();
            bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
            {
                EndpointDefaults.Quorum(endpoint);
                EndpointDefaults.Retry(endpoint);
                EndpointDefaults.Inbox<TDbContext>(endpoint, context);
            });
        });

        var services = builder.Services;
        services.AddSingleton<PendingCommits>();
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<Handover>();
        services.AddSingleton<CommitWakesRelay>();
        services.AddSingleton<MessagingSql<TDbContext>>();
        services.AddSingleton<OutboxStore<TDbContext>>();
        services.AddSingleton<IOutboxTransport, BusTransport>();
        services.AddScoped(provider => new NewRows<TDbContext>(
            provider.GetRequiredService<TDbContext>,
            provider.GetRequiredService<NpgsqlDataSource>,
            provider.GetRequiredService<PendingCommits>(),
            provider.GetRequiredService<Handover>()));
        services.AddScoped<OutboxWriter<TDbContext>>();
        services.AddScoped<IOutboxContextFactory<TDbContext>, InboxContextFactory<TDbContext>>();
        services.AddScoped<IParkedMessages, ParkedMessages<TDbContext>>();
        services.ConfigureDbContext<TDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<CommitWakesRelay>()));

        // After the bus, because hosted services stop in reverse: the relay hands back its rows while there still is a bus.
        if (builder.Configuration.GetSection(MessagingOptions.Section).Get<MessagingOptions>()?.Relay.Enabled ?? true)
        {
            services.AddHostedService<OutboxRelay<TDbContext>>();
        }

        services.AddHostedService<Housekeeping<TDbContext>>();
        return builder;
    }

    /// <summary>Messaging for a service without a database: it only consumes, and without inbox.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="service">The service's name; queues begin with it.</param>
    /// <param name="configure">Adds the consumers.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddMessaging(
        this IHostApplicationBuilder builder, string service, Action<MessagingRegistration>? configure = null)
    {
        AddBus(builder, service, configure, bus => bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
        {
            EndpointDefaults.Quorum(endpoint);
            EndpointDefaults.Retry(endpoint);
        }));
        return builder;
    }

    private static void AddBus(
        IHostApplicationBuilder builder, string service, Action<MessagingRegistration>? configure, Action<IBusRegistrationConfigurator> endpoints)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(service);
        var registration = new MessagingRegistration();
        configure?.Invoke(registration);
        var configuration = new BusConfiguration(service, registration);

        builder.Services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton<MessagingTelemetry>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMassTransit(bus =>
        {
            configuration.Register(bus);
            endpoints(bus);
            bus.UsingRabbitMq(configuration.Configure);
        });
    }
}
