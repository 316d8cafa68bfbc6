using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Taking what is due costs as much as is taken, whatever lies there besides.</summary>
public sealed class DueWebhooks_Specs(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_heap_that_the_planner_has_not_counted_yet_is_not_read_to_take_a_few_of_it()
    {
        const int Heap = 20_000, Room = 64;
        var connection = await servers.CreateDatabaseAsync("heap");
        await using (var db = new NotificationsDbContext(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options))
        {
            await db.Database.MigrateAsync(Stop);
        }

        await using var database = NpgsqlDataSource.Create(connection);
        var (merchant, endpoint, now) = (Merchant.NewId(), Merchant.NewId(), TimeProvider.System.GetUtcNow());
        await ExecuteAsync($"""
            ALTER TABLE webhook_deliveries SET (autovacuum_enabled = false);
            ALTER TABLE events SET (autovacuum_enabled = false);
            INSERT INTO webhook_endpoints (id, merchant_id, mode, url, types, secret, secret_key, state, version, created_at, updated_at)
            SELECT i, '{merchant}', 'live', 'https://shop.example/', ARRAY[]::text[], '\x01', '\x01', 'enabled', 1, now(), now()
            FROM (SELECT gen_random_uuid() AS i FROM generate_series(1, 100) UNION ALL SELECT '{endpoint}') e;
            ANALYZE;
            WITH told AS (
              INSERT INTO events (id, merchant_id, mode, job_id, sequence, type, state, occurred_at, told_at)
              SELECT gen_random_uuid(), '{merchant}', 'live', gen_random_uuid(), 1, 'job.placed', 'placed', now(), now() FROM generate_series(1, {Heap})
              RETURNING id, job_id)
            INSERT INTO webhook_deliveries (id, endpoint_id, event_id, job_id, sequence, state, attempts, failures, due_at, created_at)
            SELECT gen_random_uuid(), '{endpoint}', id, job_id, 1, 'waiting', 0, 0, now(), now() FROM told
            """);

        var before = await ReadAsync();
        for (var taken = 0; taken < 5 * Room; taken += Room)
        {
            (await new DueWebhooks(database).TakeAsync([new Room(endpoint, Room)], EndpointRooms.First, 1024, now.AddMinutes(1), Stop)).Count.ShouldBe(Room);
        }

        (await ReadAsync() - before).ShouldBeLessThan(Heap / 4, "each of the five would have read all of it");

        // Rows and index entries that anybody has looked at.
        async Task<long> ReadAsync()
        {
            await ExecuteAsync("SELECT pg_stat_force_next_flush()");
            database.Clear();
            await using var command = database.CreateCommand("""
                SELECT (SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_user_tables WHERE relname = 'webhook_deliveries')
                  + (SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname = 'webhook_deliveries')
                """);
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 60;
            await command.ExecuteNonQueryAsync(Stop);
        }
    }
}
