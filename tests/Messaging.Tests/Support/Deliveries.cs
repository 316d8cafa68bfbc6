using System.Collections.Concurrent;
using MassTransit;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>What the broker handed to a service, in that order, before anything looked at it.</summary>
internal sealed class Deliveries : IReceiveObserver
{
    private readonly ConcurrentQueue<Guid> _received = new();

    public IReadOnlyList<Guid> Received => [.. _received];

    public Task PreReceive(ReceiveContext context)
    {
        _received.Enqueue(Guid.Parse((string)context.TransportHeaders.Get<object>("MessageId")!));
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
