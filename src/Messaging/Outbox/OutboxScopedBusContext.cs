using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Outbox;

/// <summary>What <see cref="IPublishEndpoint"/> and <see cref="ISendEndpointProvider"/> of a request's scope are made of.</summary>
internal sealed class OutboxScopedBusContext<TDbContext> : ScopedBusContext, OutboxSendContext
    where TDbContext : DbContext
{
    private readonly OutboxWriter<TDbContext> _writer;
    private readonly IServiceProvider _services;

    public OutboxScopedBusContext(IBus bus, OutboxWriter<TDbContext> writer, IServiceProvider services)
    {
        _writer = writer;
        _services = services;
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(this, bus));
        SendEndpointProvider = new OutboxSendEndpointProvider(this, bus);
    }

    public IPublishEndpoint PublishEndpoint { get; }

    public ISendEndpointProvider SendEndpointProvider { get; }

    public IScopedClientFactory ClientFactory =>
        throw new NotSupportedException("Services do not wait for each other's answers: publish, and consume what comes back.");

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        _writer.Add(context);
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => _services.GetService(serviceType);
}

/// <summary>Chooses for a scope: a consumer's scope publishes through its message's context (and so its inbox transaction), any other through the outbox.</summary>
internal sealed class OutboxScopedBusContextProvider<TDbContext> : IScopedBusContextProvider<IBus>
    where TDbContext : DbContext
{
    public OutboxScopedBusContextProvider(
        IBus bus,
        Bind<IBus, IScopedConsumeContextProvider> consuming,
        Bind<IBus, IClientFactory> clientFactory,
        OutboxWriter<TDbContext> writer,
        IServiceProvider services) =>
        Context = consuming.Value.HasContext
            ? new ConsumeContextScopedBusContext(consuming.Value.GetContext(), clientFactory.Value)
            : new OutboxScopedBusContext<TDbContext>(bus, writer, services);

    public ScopedBusContext Context { get; }
}
