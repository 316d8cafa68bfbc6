using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Zweizeiler.Messaging;

/// <summary>The statements, with the tables where the service's model puts them.</summary>
internal sealed class MessagingSql<TDbContext>
    where TDbContext : DbContext
{
    public MessagingSql(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TDbContext>();
        if (database.Database.CreateExecutionStrategy().RetriesOnFailure)
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} must not retry by itself: a repeated consumer would write twice into one context. Endpoints retry.");
        }

        var outbox = TableOf<OutboxMessage>(database);
        var inbox = TableOf<InboxMessage>(database);

        InsertInbox = $"INSERT INTO {inbox} (message_id, consumer) VALUES ({{0}}, {{1}}) ON CONFLICT DO NOTHING";

        CleanInbox = $"""
            DELETE FROM {inbox} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {inbox} WHERE received_at < now() - $1 ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED))
            """;

        // Locks what is due, in order, past what other relays are taking. Of that it leases a row only if it has all earlier rows of its batch that
        // are neither sent nor parked: a batch is never in two hands. (As a count, because an EXISTS would become a join, see Prologue.)
        // $4 is where to begin: what was sent a moment ago stands in the index until it is vacuumed, and walking over it would be most of the work.
        Lease = $"""
            WITH due AS MATERIALIZED (
                SELECT ctid AS place, batch_id, position FROM {outbox}
                WHERE batch_id >= $4 AND parked_at IS NULL AND (lease_until IS NULL OR lease_until < now()) AND (next_attempt_at IS NULL OR next_attempt_at <= now())
                ORDER BY batch_id, position LIMIT $1 FOR UPDATE SKIP LOCKED),
            ready AS MATERIALIZED (
                SELECT place FROM (
                    SELECT place, batch_id, position, row_number() OVER (PARTITION BY batch_id ORDER BY position) - 1 AS earlier FROM due) AS d
                WHERE d.earlier = CASE WHEN d.position = 0 THEN 0 ELSE (
                    SELECT count(*) FROM {outbox} AS e WHERE e.batch_id = d.batch_id AND e.position < d.position AND e.parked_at IS NULL) END)
            UPDATE {outbox} AS o SET lease_id = $2, lease_until = now() + $3
            WHERE o.ctid = ANY (ARRAY(SELECT place FROM ready))
            RETURNING o.ctid::text, o.batch_id, o.position, o.message_id, o.destination_address, o.message_types, o.content_type, o.headers, o.body,
                o.trace_parent, o.attempts, o.enqueued_at
            """;

        // By place and lease: if the lease has run out and another relay has taken the row, it is that relay's to delete, release or give up.
        Delete = $"DELETE FROM {outbox} WHERE ctid = ANY ($1::text[]::tid[]) AND lease_id = ANY ($2)";
        Release = $"UPDATE {outbox} SET lease_id = NULL, lease_until = NULL WHERE ctid = ANY ($1::text[]::tid[]) AND lease_id = ANY ($2)";
        Fail = $"""
            UPDATE {outbox}
            SET attempts = attempts + 1, last_error = $3, next_attempt_at = now() + $4, parked_at = CASE WHEN $5 THEN now() END,
                lease_id = NULL, lease_until = NULL
            WHERE ctid = $1::text::tid AND lease_id = $2
            """;

        // What comes after a row that failed waits as long as it does, out of the way of everything else.
        HoldBack = $"UPDATE {outbox} SET next_attempt_at = now() + $3 WHERE batch_id = $1 AND position > $2 AND parked_at IS NULL AND lease_id IS NULL";

        Observe = $"""
            SELECT count(*) FILTER (WHERE parked_at IS NULL), count(*) FILTER (WHERE parked_at IS NOT NULL),
                coalesce(extract(epoch FROM now() - min(enqueued_at) FILTER (WHERE parked_at IS NULL)), 0)::float8
            FROM {outbox}
            """;

        ReplayAll = $"UPDATE {outbox} SET parked_at = NULL, attempts = 0, next_attempt_at = NULL WHERE parked_at IS NOT NULL";
        ReplaySome = ReplayAll + " AND message_id = ANY({0})";
    }

    /// <summary>
    /// For the relay's transactions. A crash may forget a lease or a deletion: then a message is sent twice, which the inbox is for, and which must
    /// not cost a disk flush each. And a queue is empty whenever it is analyzed or a plan is cached, so the planner reads all of it for each row once
    /// there are many; the statements are written so that each has an index or a row's place to go by.
    /// </summary>
    public const string Prologue =
        "SELECT set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)";

    public string InsertInbox { get; }

    public string CleanInbox { get; }

    public string Lease { get; }

    public string Delete { get; }

    public string Fail { get; }

    public string HoldBack { get; }

    public string Release { get; }

    public string Observe { get; }

    public string ReplayAll { get; }

    public string ReplaySome { get; }

    private static string TableOf<TEntity>(TDbContext database)
    {
        var entity = database.Model.FindEntityType(typeof(TEntity))
            ?? throw new InvalidOperationException($"{typeof(TDbContext).Name} has no messaging tables: call modelBuilder.AddMessagingTables().");
        return database.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
    }
}
