using Npgsql;
using NpgsqlTypes;
using Zweizeiler.Notifications.Domain;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>A delivery that this replica may send alone until <paramref name="Lease"/>.</summary>
public sealed record TakenDelivery(Guid Id, Guid EndpointId, DateTimeOffset Lease, int Failures, JobEvent Event);

/// <summary>How many deliveries an endpoint may be sent at present.</summary>
public readonly record struct Room(Guid EndpointId, int Free);

/// <summary>
/// Takes what is due, by lease and in order a job. It goes from endpoint to endpoint, so that no heap of one stands before what is due elsewhere,
/// and takes of each only what it has room for.
/// </summary>
public sealed class DueWebhooks(NpgsqlDataSource database)
{
    /// <summary>Longer than any attempt may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // Whoever waits is few among many that were sent, or all of a heap that came at once; the planner learns either late, and would read and sort
    // the heap each time to take a few of it. So it is told to walk the indexes, which hold the order already. What is forbidden and still done (the
    // sort of the few that were found) looks dear to it, and no code is to be compiled for that. What is lost of a lease when the server crashes is
    // only taken again.
    private const string Hints = """
        SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
          set_config('jit', 'off', true), set_config('synchronous_commit', 'off', true)
        """;

    private const string Take = """
        WITH RECURSIVE waiting AS (
          (SELECT endpoint_id FROM webhook_deliveries WHERE state = 'waiting' ORDER BY endpoint_id LIMIT 1)
          UNION ALL
          SELECT (SELECT n.endpoint_id FROM webhook_deliveries n WHERE n.state = 'waiting' AND n.endpoint_id > w.endpoint_id ORDER BY n.endpoint_id LIMIT 1)
          FROM waiting w WHERE w.endpoint_id IS NOT NULL),
        due AS (
          SELECT d.id FROM waiting w
          JOIN webhook_endpoints e ON e.id = w.endpoint_id AND e.state = 'enabled'
          LEFT JOIN unnest($1, $2) AS room(endpoint_id, free) ON room.endpoint_id = e.id
          CROSS JOIN LATERAL (
            SELECT d.id, d.due_at FROM webhook_deliveries d
            WHERE d.endpoint_id = e.id AND d.state = 'waiting' AND d.due_at <= $3 AND (d.lease_until IS NULL OR d.lease_until < $3)
              AND d.sequence = (
                SELECT p.sequence FROM webhook_deliveries p
                WHERE p.endpoint_id = d.endpoint_id AND p.job_id = d.job_id AND p.state = 'waiting' ORDER BY p.sequence LIMIT 1)
            ORDER BY d.due_at, d.id LIMIT coalesce(room.free, $4) FOR UPDATE SKIP LOCKED) d
          ORDER BY d.due_at, d.id LIMIT $5)
        UPDATE webhook_deliveries d SET lease_until = $6
        FROM due, events e WHERE d.id = due.id AND e.id = d.event_id
        RETURNING d.id, d.endpoint_id, d.failures,
          e.id, e.merchant_id, e.mode, e.job_id, e.sequence, e.type, e.state, e.reference, e.case_id, e.occurred_at, e.told_at, e.number
        """;

    /// <param name="rooms">Endpoints that are in use.</param>
    /// <param name="others">How many an endpoint gets that is not among them.</param>
    /// <param name="most">How many altogether.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<List<TakenDelivery>> TakeAsync(
        IReadOnlyCollection<Room> rooms, int others, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // PostgreSQL keeps microseconds; the lease is compared when the delivery is marked.
        now = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var lease = now + Lease;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Hints),
                new NpgsqlBatchCommand(Take)
                {
                    Parameters =
                    {
                        new() { Value = rooms.Select(r => r.EndpointId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                        new() { Value = rooms.Select(r => r.Free).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                        new() { Value = now },
                        new() { Value = others },
                        new() { Value = most },
                        new() { Value = lease },
                    },
                },
            },
        };
        var taken = new List<TakenDelivery>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                taken.Add(new TakenDelivery(reader.GetGuid(0), reader.GetGuid(1), lease, reader.GetInt32(2), EventOf(reader)));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    private static JobEvent EventOf(NpgsqlDataReader reader)
    {
        var told = new JobEvent
        {
            Id = reader.GetGuid(3),
            MerchantId = reader.GetGuid(4),
            Mode = reader.GetString(5),
            JobId = reader.GetGuid(6),
            Sequence = reader.GetInt32(7),
            Type = reader.GetString(8),
            State = reader.GetString(9),
            Reference = reader.IsDBNull(10) ? null : reader.GetString(10),
            CaseId = reader.IsDBNull(11) ? null : reader.GetGuid(11),
            OccurredAt = reader.GetFieldValue<DateTimeOffset>(12),
        };
        told.Tell(new LogPlace(reader.GetFieldValue<DateTimeOffset>(13), reader.IsDBNull(14) ? null : reader.GetInt64(14)));
        return told;
    }
}
