using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>What came of an attempt, and what follows.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="StartedAt">When it was sent.</param>
/// <param name="Outcome">What the receiver said.</param>
/// <param name="DueAt">When it is tried again; null if it is not.</param>
public sealed record WebhookMark(TakenDelivery Delivery, DateTimeOffset StartedAt, WebhookOutcome Outcome, DateTimeOffset? DueAt);

/// <summary>
/// Keeps what came of attempts, many in one transaction. The next event of a job becomes due when the one before it is through, and waits with it
/// while it is tried again.
/// </summary>
internal static class WebhookMarks
{
    // Who finds another lease was late: the delivery is somebody else's now.
    private const string Mark = """
        WITH mine AS (
          SELECT d.id, o.done, o.sent, o.due, o.started_at, o.duration, o.status, o.failure, o.body
          FROM webhook_deliveries d
          JOIN unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS o(id, lease, done, sent, due, started_at, duration, status, failure, body) ON o.id = d.id
          WHERE d.state = 'waiting' AND d.lease_until = o.lease
          ORDER BY d.id FOR UPDATE OF d),
        marked AS (
          UPDATE webhook_deliveries d SET
            state = CASE WHEN m.sent THEN 'sent' WHEN m.done THEN 'given_up' ELSE 'waiting' END,
            attempts = d.attempts + 1, failures = CASE WHEN m.sent THEN d.failures ELSE d.failures + 1 END,
            due_at = coalesce(m.due, d.due_at), lease_until = NULL, done_at = CASE WHEN m.done THEN $11 END
          FROM mine m WHERE d.id = m.id RETURNING d.id, d.attempts)
        INSERT INTO webhook_attempts (delivery_id, number, started_at, duration_milliseconds, status, failure, response_body)
        SELECT m.id, k.attempts, m.started_at, m.duration, m.status, m.failure, m.body FROM mine m JOIN marked k ON k.id = m.id
        """;

    private const string MoveLater = """
        UPDATE webhook_deliveries later SET due_at = CASE WHEN o.due IS NULL THEN $5 ELSE o.due END
        FROM unnest($1, $2, $3, $4) AS o(endpoint_id, job_id, sequence, due)
        WHERE later.endpoint_id = o.endpoint_id AND later.job_id = o.job_id AND later.sequence > o.sequence AND later.state = 'waiting'
          AND CASE WHEN o.due IS NULL THEN later.due_at > $5 ELSE later.due_at < o.due END
        """;

    public static async Task MarkAsync(this NotificationsDbContext db, IReadOnlyList<WebhookMark> marks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction.GetDbTransaction())
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT set_config('enable_seqscan', 'off', true)"),
                new NpgsqlBatchCommand(Mark)
                {
                    Parameters =
                    {
                        Array(NpgsqlDbType.Uuid, marks.Select(m => m.Delivery.Id)),
                        Array(NpgsqlDbType.TimestampTz, marks.Select(m => m.Delivery.Lease)),
                        Array(NpgsqlDbType.Boolean, marks.Select(m => m.DueAt is null)),
                        Array(NpgsqlDbType.Boolean, marks.Select(m => m.Outcome.Succeeded)),
                        Array(NpgsqlDbType.TimestampTz, marks.Select(m => m.DueAt)),
                        Array(NpgsqlDbType.TimestampTz, marks.Select(m => m.StartedAt)),
                        Array(NpgsqlDbType.Integer, marks.Select(m => (int)m.Outcome.Duration.TotalMilliseconds)),
                        Array(NpgsqlDbType.Integer, marks.Select(m => m.Outcome.Status)),
                        Array(NpgsqlDbType.Text, marks.Select(m => m.Outcome.Failure)),
                        Array(NpgsqlDbType.Text, marks.Select(m => m.Outcome.Body)),
                        new() { Value = now },
                    },
                },
                new NpgsqlBatchCommand(MoveLater)
                {
                    Parameters =
                    {
                        Array(NpgsqlDbType.Uuid, marks.Select(m => m.Delivery.EndpointId)),
                        Array(NpgsqlDbType.Uuid, marks.Select(m => m.Delivery.Event.JobId)),
                        Array(NpgsqlDbType.Integer, marks.Select(m => m.Delivery.Event.Sequence)),
                        Array(NpgsqlDbType.TimestampTz, marks.Select(m => m.DueAt)),
                        new() { Value = now },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await db.JudgeEndpointsAsync(marks, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
