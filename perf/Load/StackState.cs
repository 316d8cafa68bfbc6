using System.Globalization;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>What a running stack takes: memory of its services, rows of their databases.</summary>
internal sealed class StackState(StackDetails details)
{
    public static readonly IReadOnlyList<string> Services = ["orders", "marketplace", "billing", "notifications", "gateway"];

    /// <summary>Of each database: what waits to be sent, what is remembered of what came, what a vacuum has still to take away, and from how much.</summary>
    private const string Tables = """
        SELECT (SELECT count(*) FROM outbox_message), (SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'inbox'),
            (SELECT sum(n_dead_tup) FROM pg_stat_user_tables), (SELECT sum(n_live_tup) FROM pg_stat_user_tables), pg_database_size(current_database()) / 1048576;
        """;

    /// <summary>What lies in a queue, or is forgotten, stays open.</summary>
    private const string Open = "SELECT count(*) FROM jobs WHERE state NOT IN ('accepted', 'cancelled');";

    private const int FewRows = 100;

    private const string Waiting = "SELECT count(*) FROM jobs WHERE state IN ('placed', 'funded');";

    private readonly IReadOnlyList<ServiceDatabase> _databases = [.. Services.SkipLast(1).Select(service => ServiceDatabase.Of(details, service))];

    /// <summary>MiB of all replicas; proportional, as the services map the same compiled framework, and each of its pages is in memory once.</summary>
    public double Memory(string service) => details.ProcessesOf(service).Sum(id =>
        File.ReadLines($"/proc/{id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] is var kilobytes
            ? double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024
            : 0);

    /// <summary>Of all databases: rows of outboxes and inboxes, dead rows, rows, MiB; and the jobs that are not over.</summary>
    public async Task<IReadOnlyList<long>> RowsAsync(CancellationToken cancellationToken)
    {
        var sums = new long[5];
        foreach (var database in _databases)
        {
            var row = (await database.SqlAsync(Tables, cancellationToken)).Trim().Split('|');
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += long.Parse(row[i], CultureInfo.InvariantCulture);
            }
        }

        return [.. sums, long.Parse(await _databases[0].SqlAsync(Open, cancellationToken), CultureInfo.InvariantCulture)];
    }

    /// <summary>Whether a job has still to be funded or offered, or a service to send what it committed long ago: the last rows are deleted a moment after they were sent.</summary>
    public async Task<bool> AtWorkAsync(CancellationToken cancellationToken) =>
        long.Parse(await _databases[0].SqlAsync(Waiting, cancellationToken), CultureInfo.InvariantCulture) > 0 || (await RowsAsync(cancellationToken))[0] > FewRows;
}
