using System.Data;
using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Zweizeiler.Messaging.Inserts;
using Zweizeiler.Messaging.Outbox;
using Zweizeiler.Messaging.Relay;

namespace Zweizeiler.Messaging.Inbox;

/// <summary>
/// Consumes a message in one transaction: the inbox row, whatever the consumer writes and the messages that it publishes are committed together.
/// </summary>
/// <remarks>
/// ReadCommitted is enough and needed: a second delivery's insert waits for the first one's transaction, then either finds its row (duplicate) or,
/// when that was rolled back, inserts its own. Under a stricter level it would fail instead of finding the row.
/// </remarks>
internal sealed class InboxContextFactory<TDbContext>(
    TDbContext database, OutboxWriter<TDbContext> writer, MessagingSql<TDbContext> sql, Handover handover, MessagingTelemetry telemetry, IServiceProvider services)
    : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        var messageId = context.GetOriginalMessageId() ?? throw new MessageException(typeof(T), "A message without id cannot be told from its duplicate.");
        var started = Stopwatch.GetTimestamp();

        // All of it or nothing: a savepoint for each save would be two more round trips for what is never used.
        database.Database.AutoSavepointsEnabled = false;
        var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, context.CancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var isNew = await database.Database.ExecuteSqlRawAsync(
                sql.InsertInbox, [messageId, options.ConsumerType], context.CancellationToken).ConfigureAwait(false) == 1;

            await next.Send(new InboxConsumeContext<TDbContext, T>(context, options, services, writer, messageId, isNew)).ConfigureAwait(false);
            if (!isNew)
            {
                telemetry.Duplicate();
                return;
            }

            try
            {
                await database.SaveChangesAsync(context.CancellationToken).ConfigureAwait(false);
                await handover.CommitAsync(
                    writer.Consumed,
                    async token =>
                    {
                        var places = await InsertMessagesAsync(transaction, token).ConfigureAwait(false);
                        await transaction.CommitAsync(token).ConfigureAwait(false);
                        return places;
                    },
                    context.CancellationToken).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // The consumer has returned and been reported as consumed; it did not happen.
                await context.NotifyFaulted(Stopwatch.GetElapsedTime(started), options.ConsumerType, e).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Inserts what the consumer has published; where the rows are.</summary>
    private async Task<List<string>> InsertMessagesAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        if (writer.Consumed is [])
        {
            return [];
        }

        var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        await using var disposeBatch = batch.ConfigureAwait(false);
        var insert = InsertStatement.Of(typeof(TDbContext), typeof(OutboxMessage), () => database);
        foreach (var message in writer.Consumed)
        {
            batch.BatchCommands.Add(insert.For(message));
        }

        return await InsertStatement.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox").Add("database", typeof(TDbContext).Name);
}
