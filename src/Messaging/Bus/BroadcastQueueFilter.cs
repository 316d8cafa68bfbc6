using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Zweizeiler.Messaging.Bus;

/// <summary>
/// Declares the queue of one instance: durable and not exclusive, so that it survives a lost connection with what arrives meanwhile, and expiring
/// once nobody has read it for a while. RabbitMQ 4 refuses the older way, a transient shared queue.
/// </summary>
/// <remarks>
/// MassTransit would declare queue and exchange alike. Here they differ: the exchange in front deletes itself with its last binding, so that
/// instances come and go without leaving exchanges behind.
/// </remarks>
internal sealed class BroadcastQueueFilter(string name, TimeSpan expiry) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var arguments = new Dictionary<string, object?> { [RabbitMQ.Client.Headers.XExpires] = (long)expiry.TotalMilliseconds };
        await context.Channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: context.CancellationToken).ConfigureAwait(false);
        await context.Channel.ExchangeDeclareAsync(
            name, ExchangeType.Fanout, durable: true, autoDelete: true, cancellationToken: context.CancellationToken).ConfigureAwait(false);
        await context.Channel.QueueBindAsync(name, name, "", cancellationToken: context.CancellationToken).ConfigureAwait(false);
        await next.Send(context).ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("broadcastQueue").Add("name", name);
}
