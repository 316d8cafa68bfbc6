using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Billing.Tests.Support;

namespace Zweizeiler.Billing.Tests;

/// <summary>
/// Measures month-end over half a million entries and ten thousand merchants; run with <c>-explicit only</c>. Results are in perf/RESULTS.md.
/// <c>ZWEIZEILER_MERCHANTS</c> takes fewer merchants.
/// </summary>
public sealed class A_large_ledger(SharedApp shared, ITestOutputHelper output)
{
    private const int JobsEach = 50;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task is_put_on_paper_in_under_five_minutes_and_answers_a_balance_in_under_two_milliseconds()
    {
        var merchants = int.Parse(Environment.GetEnvironmentVariable("ZWEIZEILER_MERCHANTS") ?? "10000", CultureInfo.InvariantCulture);
        await using var app = await BillingApp.StartAsync(shared.Servers);
        await SeedAsync(app, merchants);

        var checks = await BalanceChecksAsync(app);
        output.WriteLine($"balance check of {merchants * JobsEach} entries: p50 {checks[checks.Count / 2]:0.00} ms, p95 {checks[checks.Count * 95 / 100]:0.00} ms");

        GC.Collect();
        var before = Environment.WorkingSet;
        var peak = before;
        using var done = new CancellationTokenSource();
        var watching = WatchAsync();
        var clock = Stopwatch.StartNew();
        await app.RunMonthAsync();
        var took = clock.Elapsed;
        await done.CancelAsync();
        await watching;

        var papers = await app.ScalarAsync<long>("SELECT count(*) FROM documents");
        var bytes = await app.ScalarAsync<long>("SELECT coalesce(sum(length(content)), 0)::bigint FROM documents");
        output.WriteLine($"{merchants} merchants, {merchants * JobsEach} lines: {took.TotalSeconds:0.0} s, {papers} papers of {bytes / 1_000_000} MB, memory {before / 1_000_000} MB before, {peak / 1_000_000} MB at most");
        papers.ShouldBe(2L * merchants);
        (await app.ScalarAsync<long>("SELECT count(*) FROM invoice_lines WHERE invoice_id IS NULL")).ShouldBe(0);
        (await app.ReconcileAsync()).Count.ShouldBe(0);
        took.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        checks[checks.Count * 95 / 100].ShouldBeLessThan(2);

        async Task WatchAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            try
            {
                while (await timer.WaitForNextTickAsync(done.Token))
                {
                    peak = Math.Max(peak, Environment.WorkingSet);
                }
            }
            catch (OperationCanceledException)
            {
                // The month is done.
            }
        }
    }

    private static async Task<IReadOnlyList<double>> BalanceChecksAsync(BillingApp app)
    {
        var times = new List<double>();
        await using var scope = app.Services.CreateAsyncScope();
        var (db, ledger) = (scope.ServiceProvider.GetRequiredService<BillingDbContext>(), scope.ServiceProvider.GetRequiredService<Ledger>());
        var owners = await db.Merchants.IgnoreQueryFilters().Select(m => m.Id).Take(2000).ToListAsync(Cancelled);
        foreach (var owner in owners.Prepend(owners[0]))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
            var clock = Stopwatch.GetTimestamp();
            var accounts = await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(owner), AccountKey.ReservedOf(owner));
            accounts.Available(AccountKey.BalanceOf(owner)).ShouldBeGreaterThan(0);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            await transaction.RollbackAsync(Cancelled);
        }

        times.RemoveAt(0);
        times.Sort();
        return times;
    }

    /// <summary>Without triggers, which would take longer than what is measured; what they would have written is written here.</summary>
    private static async Task SeedAsync(BillingApp app, int merchants)
    {
        await using var connection = new NpgsqlConnection(app.Administrator);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(
            $"""
            SET session_replication_role = replica;
            INSERT INTO merchants (id, version, name, email, locale, country, is_business, vat_id, vat_id_valid, street, post_code, city, profile_version)
            SELECT gen_random_uuid(), 1, 'Händler ' || n, 'm@merchant.example', CASE n % 2 WHEN 0 THEN 'de' ELSE 'en' END, 'DE', true, 'DE136695976', true, 'Hohe Straße 1', '50667', 'Köln', 1
            FROM generate_series(1, {merchants}) n;
            INSERT INTO accounts (id, kind, owner_id, currency, created_at)
            SELECT gen_random_uuid(), k, id, 'EUR', now() FROM merchants, unnest(ARRAY['merchant_balance', 'merchant_reserved']) k;
            INSERT INTO accounts (id, kind, owner_id, currency, created_at)
            SELECT gen_random_uuid(), k, NULL, 'EUR', now() FROM unnest(ARRAY['clearing', 'revenue', 'tax', 'platform_share']) k ON CONFLICT DO NOTHING;
            CREATE TEMPORARY TABLE seeded AS
            SELECT gen_random_uuid() AS entry, gen_random_uuid() AS job, m.id AS merchant, n, timestamptz '2026-09-02 10:00Z' + n * interval '3 hours' AS at,
                120 * (2 + n % 7) AS net, round(120 * (2 + n % 7) * 0.19)::bigint AS tax FROM merchants m, generate_series(1, {JobsEach}) n;
            INSERT INTO entries (id, kind, subject_id, merchant_id, event, reason, occurred_at, created_at, transaction_id)
            SELECT id, 'opening', id, id, 'seed', 'Opening balance', now(), now(), pg_current_xact_id() FROM merchants;
            INSERT INTO postings (entry_id, position, account_id, amount_cents)
            SELECT m.id, 0, a.id, -1000000 FROM merchants m, accounts a WHERE a.kind = 'clearing'
            UNION ALL SELECT m.id, 1, a.id, 1000000 FROM merchants m JOIN accounts a ON a.owner_id = m.id AND a.kind = 'merchant_balance';
            INSERT INTO entries (id, kind, subject_id, job_id, merchant_id, event, reason, occurred_at, created_at, transaction_id)
            SELECT entry, 'charge', job, job, merchant, 'DeliveryAccepted', 'Delivery accepted', at, at, pg_current_xact_id() FROM seeded;
            INSERT INTO postings (entry_id, position, account_id, amount_cents)
            SELECT s.entry, 0, a.id, -(s.net + s.tax) FROM seeded s JOIN accounts a ON a.owner_id = s.merchant AND a.kind = 'merchant_balance'
            UNION ALL SELECT s.entry, 1, a.id, s.net FROM seeded s, accounts a WHERE a.kind = 'revenue'
            UNION ALL SELECT s.entry, 2, a.id, s.tax FROM seeded s, accounts a WHERE a.kind = 'tax';
            INSERT INTO invoice_lines (id, merchant_id, month, job_id, kind, description, reference, cost_centre, lines, net_cents, currency, tax_category, tax_rate, created_at)
            SELECT gen_random_uuid(), merchant, '2026-09-01', job, 'charge', 'Translation de→fr, ' || (2 + n % 7) || ' lines, ORDER-' || n, 'ORDER-' || n, 'FR', 2 + n % 7, net, 'EUR', 'S', 19, at
            FROM seeded;
            INSERT INTO balances (account_id, balance_cents, floor_cents)
            SELECT a.id, coalesce(sum(p.amount_cents), 0), 0 FROM accounts a LEFT JOIN postings p ON p.account_id = a.id WHERE a.owner_id IS NOT NULL GROUP BY a.id;
            SET session_replication_role = origin;
            ANALYZE;
            """,
            connection)
        {
            CommandTimeout = 600,
        };
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
