using Npgsql;
using Zweizeiler.FaultInjection.Running;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>A statement at which transactions of a service can be stopped; the triggers are in <see cref="Instruments"/>.</summary>
internal enum Point
{
    /// <summary>The relay deletes what the broker has confirmed.</summary>
    Confirmed = 1,

    /// <summary>A transaction that publishes is about to commit.</summary>
    Published = 2,

    /// <summary>A transaction that consumes is about to commit.</summary>
    Consumed = 3,

    /// <summary>An invoice has its number, and its paper is about to be kept.</summary>
    Document = 4,
}

/// <summary>A point that is held: who comes there waits. Letting go of it is disposing it.</summary>
internal sealed class HeldPoint : IAsyncDisposable
{
    private const string Waiting = """
        SELECT a.pid, a.client_port FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'advisory' AND l.classid = 4711 AND l.objid = $1 AND l.objsubid = 2 AND NOT l.granted
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Point _point;
    private readonly NpgsqlConnection _holds;
    private readonly NpgsqlConnection _looks;
    private bool _isLetGo;

    private HeldPoint(Point point, NpgsqlConnection holds, NpgsqlConnection looks) => (_point, _holds, _looks) = (point, holds, looks);

    public static async Task<HeldPoint> HoldAsync(Database database, Point point, CancellationToken cancellationToken)
    {
        var held = new HeldPoint(point, await database.OpenAsync(cancellationToken), await database.OpenAsync(cancellationToken));
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(4711, $1)", held._holds) { Parameters = { new() { Value = (int)point } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first of these processes that waits at the point; null if none came in time.</summary>
    public async Task<Member?> CaughtAsync(IReadOnlyList<Member> members, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < patience)
        {
            foreach (var (_, port) in await WaitingAsync(cancellationToken))
            {
                if (members.FirstOrDefault(m => !m.IsTaken && m.IsRunning && Posix.HasConnectionFrom(m.Id, port)) is { } caught)
                {
                    return caught;
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// What waits for the member has been sent already, all of it, and the server would go on without its client. Its sessions are ended, as if the client
    /// had died a moment earlier.
    /// </summary>
    public async Task RollBackAsync(Member member, CancellationToken cancellationToken)
    {
        foreach (var (session, port) in await WaitingAsync(cancellationToken))
        {
            if (Posix.HasConnectionFrom(member.Id, port))
            {
                await using var command = new NpgsqlCommand("SELECT pg_terminate_backend($1, 2000)", _looks) { Parameters = { new() { Value = session } } };
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    /// <summary>Lets everybody go on, and waits until what was stopped has ended at the server.</summary>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        var stopped = (await WaitingAsync(cancellationToken)).Select(w => w.Session).ToArray();
        await UnlockAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5))
        {
            await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY ($1) AND state = 'active'", _looks)
            {
                Parameters = { new() { Value = stopped } },
            };
            if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await UnlockAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // With the session the lock is gone: it broke just now, or had broken before.
        }

        await _holds.DisposeAsync();
        await _looks.DisposeAsync();
    }

    private async Task UnlockAsync(CancellationToken cancellationToken)
    {
        if (!_isLetGo)
        {
            _isLetGo = true;
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _holds);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<List<(int Session, int Port)>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Waiting, _looks) { Parameters = { new() { Value = (long)_point } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<(int, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }

        return waiting;
    }
}
