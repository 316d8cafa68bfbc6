using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Messaging.Outbox;

namespace Zweizeiler.Messaging.Inbox;

/// <summary>
/// The context in which a consumer runs: what it publishes becomes outbox rows of its own transaction. MassTransit would let each consumer's
/// endpoint send them itself after the commit; here the relay does, as for any other row, so that part of its bookkeeping is empty.
/// </summary>
internal sealed class InboxConsumeContext<TDbContext, TMessage>(
    ConsumeContext<TMessage> context,
    OutboxConsumeOptions options,
    IServiceProvider services,
    OutboxWriter<TDbContext> writer,
    Guid messageId,
    bool isNew) : OutboxConsumeContextProxy<TMessage>(context, options, services)
    where TDbContext : DbContext
    where TMessage : class
{
    public override Guid? MessageId => messageId;

    public override bool ContinueProcessing { get; set; } = true;

    /// <summary>True takes MassTransit's pipe past the consumer, to where the message counts as delivered.</summary>
    public override bool IsMessageConsumed => !isNew;

    public override bool IsOutboxDelivered => !isNew;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    public override Task AddSend<T>(SendContext<T> context)
    {
        writer.Add(context, isConsumed: true);
        return Task.CompletedTask;
    }

    public override Task SetConsumed() => Task.CompletedTask;

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
