using MassTransit;

namespace Zweizeiler.Messaging;

/// <summary>
/// What a service may say about its consumers. Deliberately less than MassTransit offers: no consumer definitions and no configuration of a
/// consumer, because a retry configured there would repeat the consumer inside the transaction that its first attempt has already written to.
/// </summary>
public sealed class MessagingRegistration
{
    internal List<Type> Consumers { get; } = [];

    internal List<Type> BroadcastConsumers { get; } = [];

    /// <summary>Adds a consumer with a queue of its own, shared by all replicas: each message is worked off once.</summary>
    /// <typeparam name="TConsumer">The consumer; the queue is named after it.</typeparam>
    /// <returns>The same registration.</returns>
    public MessagingRegistration AddConsumer<TConsumer>()
        where TConsumer : class, IConsumer
    {
        Consumers.Add(typeof(TConsumer));
        return this;
    }

    /// <summary>
    /// Adds a consumer of which every running instance gets every message, for example to flush a cache. It has no inbox, so it must not mind
    /// duplicates, and what is published while no instance runs is lost to it.
    /// </summary>
    /// <typeparam name="TConsumer">The consumer; the queue is named after it and the instance.</typeparam>
    /// <returns>The same registration.</returns>
    public MessagingRegistration AddBroadcastConsumer<TConsumer>()
        where TConsumer : class, IConsumer
    {
        BroadcastConsumers.Add(typeof(TConsumer));
        return this;
    }
}
