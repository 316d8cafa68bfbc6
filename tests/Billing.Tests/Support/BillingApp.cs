using System.Reflection;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Billing.Features.Reconcile;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>Billing as it runs, on a database, a role and a virtual host of its own, migrated by its own <c>migrate</c>.</summary>
public sealed class BillingApp : IAsyncDisposable
{
    private const string Secret = "for tests only, and longer than thirty-two characters";

    private readonly WebApplicationFactory<Program> _factory;

    private BillingApp(string database, string administrator, MessageTap tap, WebApplicationFactory<Program> factory) =>
        (Database, Administrator, Messages, _factory) = (database, administrator, tap, factory);

    /// <summary>Connection string of the service's own role.</summary>
    public string Database { get; }

    /// <summary>The administrator's, for the same database.</summary>
    public string Administrator { get; }

    public MessageTap Messages { get; }

    public IServiceProvider Services => _factory.Services;

    public static async Task<Dictionary<string, string>> SettingsAsync(TestServers servers, int connections = 20)
    {
        var name = $"billing_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        return new Dictionary<string, string>
        {
            ["ConnectionStrings:billingdb"] = new NpgsqlConnectionStringBuilder(await servers.PostgresAdministratorAsync())
            {
                Database = name,
                Username = name,
                Password = "it's a test",
                MaxPoolSize = connections,
                IncludeErrorDetail = true,
            }.ConnectionString,
            ["ConnectionStrings:messaging"] = (await servers.CreateVirtualHostAsync()).ToString(),
            ["Identity:SigningKey"] = Secret,
            ["Texts:MasterKey"] = Secret,
            // What is due is worked off when a test says so.
            ["Rounds:Enabled"] = "false",
            ["Seller:Name"] = "Zweizeiler GmbH",
            ["Seller:Street"] = "Musterstraße 2",
            ["Seller:PostCode"] = "50667",
            ["Seller:City"] = "Köln",
            ["Seller:VatId"] = "DE136695976",
            ["Seller:TaxNumber"] = "215/5800/0001",
            ["Seller:RegistrationId"] = "HRB 100001",
            ["Seller:ContactName"] = "Buchhaltung",
            ["Seller:Phone"] = "+49 221 0000000",
            ["Seller:Email"] = "billing@zweizeiler.example",
            ["Seller:Iban"] = Books.OwnIban,
            ["Seller:Bic"] = "BYLADEM1001",
        };
    }

    public static async Task<BillingApp> StartAsync(TestServers servers, int concurrency = 8, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = await SettingsAsync(servers, concurrency + 12);
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        settings["Messaging:ConcurrentMessageLimit"] = $"{concurrency}";
        settings["Messaging:PrefetchCount"] = $"{concurrency}";
        var administrator = await servers.PostgresAdministratorAsync();
        (await MigrateAsync(settings, administrator)).ShouldBe(0);

        var tap = await MessageTap.StartAsync(new Uri(settings["ConnectionStrings:messaging"]));
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }
        });
        _ = factory.Server;
        var own = settings["ConnectionStrings:billingdb"];
        var database = new NpgsqlConnectionStringBuilder(own).Database;
        return new BillingApp(own, new NpgsqlConnectionStringBuilder(administrator) { Database = database }.ConnectionString, tap, factory);
    }

    /// <summary>Runs <c>billing migrate</c> as the topology does.</summary>
    public static Task<int> MigrateAsync(IReadOnlyDictionary<string, string> settings, string administrator) => Task.Run(() =>
    {
        string[] args = ["migrate", .. settings.Select(s => $"--{s.Key}={s.Value}"), $"--ConnectionStrings:postgres={administrator}"];
        return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
    });

    public HttpClient Anonymous() => _factory.CreateClient();

    public HttpClient As(Guid merchant, string mode = "live", params string[] scopes)
    {
        var client = _factory.CreateClient();
        var caller = new CallerClaims(merchant, merchant, mode, scopes.Length > 0 ? scopes : [.. Scope.All]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Services.GetRequiredService<InternalTokens>().Mint("billing", caller));
        return client;
    }

    public HttpClient AsOperator() => With(CallerClaims.Operator(Guid.Parse("0198f000-0000-7000-8000-000000000001")));

    public HttpClient AsPortal() => With(CallerClaims.Internal);

    private HttpClient With(CallerClaims caller)
    {
        var client = _factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Services.GetRequiredService<InternalTokens>().Mint("billing", caller));
        return client;
    }

    /// <inheritdoc cref="LedgerBench.OpenedAsync"/>
    public Task<Guid> MerchantWithAsync(long cents) => LedgerBench.OpenedAsync(Services, cents);

    public async Task<(long Available, long Reserved)> BalanceAsync(Guid merchant) => (
        await ScalarAsync<long>("SELECT coalesce(sum(balance_cents), 0)::bigint FROM balances b JOIN accounts a ON a.id = b.account_id WHERE owner_id = $1 AND kind = 'merchant_balance'", merchant),
        await ScalarAsync<long>("SELECT coalesce(sum(balance_cents), 0)::bigint FROM balances b JOIN accounts a ON a.id = b.account_id WHERE owner_id = $1 AND kind = 'merchant_reserved'", merchant));

    /// <summary>Kind, account and cents of every posting about a job, in their order.</summary>
    public async Task<IReadOnlyList<(string Kind, string Account, long Cents)>> PostingsAsync(Guid job)
    {
        await using var source = NpgsqlDataSource.Create(Database);
        await using var command = source.CreateCommand(
            """
            SELECT e.kind, a.kind, p.amount_cents FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
            WHERE e.job_id = $1 ORDER BY array_position(
                ARRAY['reservation', 'charge', 'release', 'earning', 'fee_raise', 'credit', 'credit_share'], e.kind::text), e.created_at, e.id, p.position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = job });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string, long)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return rows;
    }

    /// <summary>Waits until everything published so far has been worked off and what Billing said to it has been heard.</summary>
    public async Task DrainAsync(Guid merchant)
    {
        var published = Messages.Published;
        await Eventually.Within(
            MessageTap.Soon, async () => await ScalarAsync<long>("SELECT count(DISTINCT message_id) FROM inbox WHERE message_id = ANY ($1)", published) == published.Length
                && await ScalarAsync<long>("SELECT count(*) FROM outbox_message") == 0, "All messages worked off");
        // What is said after all the rest is heard after all the rest.
        var last = Jobs.Placed(merchant, mode: "test");
        await Messages.PublishAsync(last);
        await Messages.NextAsync<Contracts.Billing.JobFunded>(f => f.JobId == last.JobId);
    }

    /// <inheritdoc cref="Consumed.WorkOffAsync"/>
    public Task<IReadOnlyList<object>> ConsumeAsync(object message) => Consumed.WorkOffAsync(Services, message);

    public Task<LedgerFaults> ReconcileAsync() =>
        Reconciliation.LookAsync(Services.GetRequiredService<NpgsqlDataSource>(), CancellationToken.None);

    /// <summary>Runs SQL beside the service, for what no API shows.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes the database itself, as no role of the service can.</summary>
    public async Task AsAdministratorAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Messages.DisposeAsync();
    }
}
