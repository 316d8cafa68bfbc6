using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.Testing;

namespace Zweizeiler.LargeLedger;

/// <summary>Billing as a process of its own, on servers of its own, with a ledger that was put there.</summary>
internal sealed class BillingUnderTest : IAsyncDisposable
{
    private const int JobsEach = 50;
    private const string Secret = "only for measuring, and longer than thirty-two characters";

    private readonly TestServers _servers = new();
    private string _assembly = "";
    private string _database = "";
    private Uri _broker = new("amqp://localhost");
    private Process? _process;

    /// <summary>What of the process is in memory.</summary>
    public long MemoryMegabytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / 1_000_000;
        }
    }

    public async Task PrepareAsync(string assembly, int merchants)
    {
        _assembly = assembly;
        _database = await _servers.CreateDatabaseAsync("ledger");
        _broker = await _servers.CreateVirtualHostAsync();
        using (var migrate = Start("migrate"))
        {
            await migrate.WaitForExitAsync();
            if (migrate.ExitCode != 0)
            {
                throw new InvalidOperationException("The migration failed.");
            }
        }

        await SeedAsync(merchants);
    }

    /// <summary>Its rounds notice by themselves that a month is to be put on paper.</summary>
    public Task StartAsync()
    {
        _process = Start();
        return Task.CompletedTask;
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How long it takes to hold a merchant's balance and see what can be taken of it, as every order does; milliseconds, sorted.</summary>
    public async Task<IReadOnlyList<double>> BalanceChecksAsync(int count)
    {
        await using var source = NpgsqlDataSource.Create(ServiceDatabase.Configure(_database));
        var options = new DbContextOptionsBuilder<BillingDbContext>().UseNpgsql(source).UseSnakeCaseNamingConvention().Options;
        var times = new List<double>(count);
        Guid[] owners;
        await using (var db = new BillingDbContext(options))
        {
            owners = await db.Merchants.IgnoreQueryFilters().Select(m => m.Id).Take(count).ToArrayAsync();
        }

        // The first hundred warm up.
        for (var i = -100; i < count; i++)
        {
            var owner = owners[Math.Abs(i) % owners.Length];
            await using var db = new BillingDbContext(options);
            await using var transaction = await db.Database.BeginTransactionAsync();
            var clock = Stopwatch.GetTimestamp();
            var accounts = await new Ledger(db, TimeProvider.System).OpenAsync(default, AccountKey.BalanceOf(owner), AccountKey.ReservedOf(owner));
            _ = accounts.Available(AccountKey.BalanceOf(owner));
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }

            await transaction.RollbackAsync();
        }

        times.Sort();
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await _servers.DisposeAsync();
    }

    /// <summary>Without triggers, which would take longer than what is measured; what they would have written is written here.</summary>
    private async Task SeedAsync(int merchants)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
            SET session_replication_role = replica;
            INSERT INTO merchants (id, version, name, email, locale, country, is_business, vat_id, vat_id_valid, street, post_code, city, profile_version)
            SELECT gen_random_uuid(), 1, 'Händler ' || n, 'm@merchant.example', CASE n % 2 WHEN 0 THEN 'de' ELSE 'en' END, 'DE', true, 'DE136695976', true, 'Hohe Straße 1', '50667', 'Köln', 1
            FROM generate_series(1, {merchants}) n;
            INSERT INTO accounts (id, kind, owner_id, currency, created_at)
            SELECT gen_random_uuid(), k, id, 'EUR', now() FROM merchants, unnest(ARRAY['merchant_balance', 'merchant_reserved']) k;
            INSERT INTO accounts (id, kind, owner_id, currency, created_at)
            SELECT gen_random_uuid(), k, NULL, 'EUR', now() FROM unnest(ARRAY['clearing', 'revenue', 'tax', 'platform_share']) k ON CONFLICT DO NOTHING;
            CREATE TEMPORARY TABLE seeded AS
            SELECT gen_random_uuid() AS entry, gen_random_uuid() AS job, m.id AS merchant, n,
                date_trunc('month', now()) - interval '29 days' + n * interval '3 hours' AS at, (date_trunc('month', now()) - interval '1 month')::date AS month,
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
            SELECT gen_random_uuid(), merchant, month, job, 'charge', 'Translation de→fr, ' || (2 + n % 7) || ' lines, ORDER-' || n, 'ORDER-' || n, 'FR', 2 + n % 7, net, 'EUR', 'S', 19, at
            FROM seeded;
            INSERT INTO balances (account_id, balance_cents, floor_cents)
            SELECT a.id, coalesce(sum(p.amount_cents), 0), 0 FROM accounts a LEFT JOIN postings p ON p.account_id = a.id WHERE a.owner_id IS NOT NULL GROUP BY a.id;
            SET session_replication_role = origin;
            ANALYZE;
            """),
            connection)
        {
            CommandTimeout = 600,
        };
        await command.ExecuteNonQueryAsync();
    }

    private Process Start(params string[] arguments) => DotnetProcess.Start(
        _assembly,
        new Dictionary<string, string>
        {
            ["ConnectionStrings__billingdb"] = _database,
            ["ConnectionStrings__messaging"] = _broker.ToString(),
            ["Identity__SigningKey"] = Secret,
            ["Texts__MasterKey"] = Secret,
            ["PublicUrl"] = "https://zweizeiler.example",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Seller__Name"] = "Zweizeiler GmbH",
            ["Seller__Street"] = "Musterstraße 2",
            ["Seller__PostCode"] = "50667",
            ["Seller__City"] = "Köln",
            ["Seller__VatId"] = "DE136695976",
            ["Seller__RegistrationId"] = "HRB 100001",
            ["Seller__ContactName"] = "Buchhaltung",
            ["Seller__Phone"] = "+49 221 0000000",
            ["Seller__Email"] = "billing@zweizeiler.example",
            ["Seller__Iban"] = "DE02120300000000202051",
            ["Seller__Bic"] = "BYLADEM1001",
        },
        arguments);
}
