using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using MassTransit.Logging;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Outbox;

/// <summary>
/// Turns what is published in one scope into rows of the scope's context (or of its <see cref="NewRows{TDbContext}"/>, if those are open; or of its
/// inbox transaction, if it consumes). Nothing is sent here: the rows become durable, or vanish, with the transaction that saves them.
/// </summary>
internal sealed class OutboxWriter<TDbContext>(TDbContext database, NewRows<TDbContext> rows, PendingCommits pending, TimeProvider time)
    where TDbContext : DbContext
{
    private static readonly ConcurrentDictionary<Uri, string> ShortAddresses = new();

    private readonly Lock _lock = new();
    private readonly Guid _batchId = Guid.CreateVersion7(time.GetUtcNow());
    private int _next;

    /// <summary>What a consumer has published: not given to its context, but saved last of all by the transaction that it runs in.</summary>
    public List<OutboxMessage> Consumed { get; } = [];

    public void Add<T>(SendContext<T> context, bool isConsumed = false)
        where T : class
    {
        if (context.TimeToLive is not null || context.Delay is not null)
        {
            throw new NotSupportedException("An outbox message neither expires nor waits: a time is a row with a due time.");
        }

        if (context is RabbitMqSendContext { RoutingKey.Length: > 0 })
        {
            throw new NotSupportedException("The outbox sends to fanout exchanges only and stores no routing key.");
        }

        var body = context.Serializer.GetMessageBody(context).GetBytes();
        var now = time.GetUtcNow();

        // Several publishes of a scope may run side by side; a DbContext stands only one at a time.
        lock (_lock)
        {
            var row = new OutboxMessage
            {
                BatchId = _batchId,
                Position = _next++,
                MessageId = context.MessageId ?? throw new InvalidOperationException("The message has no id."),
                DestinationAddress = ShortAddress(context.DestinationAddress!),
                MessageTypes = string.Join(' ', context.SupportedMessageTypes),
                ContentType = context.ContentType?.ToString() ?? context.Serializer.ContentType.ToString(),
                Headers = HeadersOf(context),
                Body = body,
                TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
                EnqueuedAt = now,
            };
            if (isConsumed)
            {
                Consumed.Add(row);
            }
            else if (rows.IsOpen)
            {
                rows.Add(row);
            }
            else
            {
                database.Add(row);
                pending.Mark(database);
            }
        }
    }

    /// <summary>Without host and virtual host: the broker may have moved by the time the row is sent.</summary>
    private static string ShortAddress(Uri address) => ShortAddresses.GetOrAdd(
        address,
        static uri => uri.Scheme.StartsWith("rabbitmq", StringComparison.Ordinal) || uri.Scheme.StartsWith("amqp", StringComparison.Ordinal)
            ? new RabbitMqEndpointAddress(uri, uri).ToShortAddress().ToString()
            : uri.ToString());

    private static string? HeadersOf(SendContext context)
    {
        // The trace has a column of its own.
        var headers = context.Headers.GetAll()
            .Where(header => header.Key != DiagnosticHeaders.ActivityId && header.Value is not null)
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        return headers.Count == 0 ? null : JsonSerializer.Serialize(headers);
    }
}
