using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.FundJob;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>
/// Billing's database and what moves money on it, without the service around it: quick enough to be run against hundreds of small breakages
/// (docs/mutation-testing.md). One for each server that the process meets, since those breakages all meet the same process.
/// </summary>
public sealed class LedgerBench
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<LedgerBench>>> Benches = new(StringComparer.Ordinal);

    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<string> _errors;

    private LedgerBench(ServiceProvider services, ConcurrentQueue<string> errors) => (_services, _errors) = (services, errors);

    public IServiceProvider Services => _services;

    /// <summary>What was logged as an error so far.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public static async Task<LedgerBench> OnAsync(TestServers servers)
    {
        var administrator = await servers.PostgresAdministratorAsync();
        var bench = Benches.GetOrAdd(administrator, _ => new(() => StartAsync(administrator)));
        try
        {
            return await bench.Value;
        }
        catch
        {
            // One that a breakage kept from starting must not fail those who come after it.
            Benches.TryRemove(KeyValuePair.Create(administrator, bench));
            throw;
        }
    }

    /// <summary>A merchant of the test's own with this much to spend.</summary>
    public static async Task<Guid> OpenedAsync(IServiceProvider services, long cents)
    {
        await using var scope = services.CreateAsyncScope();
        var merchant = Jobs.NewId();
        var (db, ledger) = (scope.ServiceProvider.GetRequiredService<BillingDbContext>(), scope.ServiceProvider.GetRequiredService<Ledger>());
        await using var transaction = await db.Database.BeginTransactionAsync();
        var accounts = await ledger.OpenAsync(default, AccountKey.Clearing, AccountKey.BalanceOf(merchant));
        var now = TimeProvider.System.GetUtcNow();
        ledger.Post(Entry.Of(
            EntryKind.Opening, merchant, null, merchant, new Cause("test", null, "Opening balance", now), now,
            (accounts[AccountKey.Clearing], -cents), (accounts[AccountKey.BalanceOf(merchant)], cents)));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return merchant;
    }

    public Task<Guid> MerchantWithAsync(long cents) => OpenedAsync(_services, cents);

    /// <summary>Gives the merchant a monthly account with this limit.</summary>
    public async Task LimitAsync(Guid merchant, long cents)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BillingDbContext>().Database.ExecuteSqlAsync(
            $"""
            INSERT INTO credit_limits (id, merchant_id, account_id, limit_cents, reason, set_by, set_at)
            SELECT gen_random_uuid(), owner_id, id, {cents}, 'Monthly account', owner_id, now() FROM accounts WHERE owner_id = {merchant} AND kind = 'merchant_balance'
            """);
    }

    /// <inheritdoc cref="Consumed.WorkOffAsync"/>
    public Task<IReadOnlyList<object>> ConsumeAsync(object message) => Consumed.WorkOffAsync(_services, message);

    /// <summary>Rows as PostgreSQL writes them.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql, params object[] values)
    {
        await using var command = _services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"SELECT r::text FROM ({sql}) r");
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task<LedgerBench> StartAsync(string administrator)
    {
        var database = new NpgsqlConnectionStringBuilder(administrator) { Database = $"ledger_{Jobs.NewId():N}" };
        await using (var connection = new NpgsqlConnection(administrator))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"CREATE DATABASE {database.Database}", connection);
            await command.ExecuteNonQueryAsync();
        }

        var (services, errors) = (new ServiceCollection(), new ErrorLog());
        services.AddLogging(logging => logging.AddProvider(errors));
        services.AddMetrics();
        services.AddSingleton(NpgsqlDataSource.Create(database.ConnectionString));
        services.AddDbContext<BillingDbContext>((given, options) => options.UseNpgsql(given.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(TaxRules.Germany);
        services.AddSingleton<PriceLists>();
        services.AddSingleton<BillingMetrics>();
        services.AddScoped<Ledger>();
        services.AddScoped<JobFunding>();
        services.AddScoped<Settlement>();
        var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
        await db.Database.MigrateAsync();
        await PriceLists.SeedAsync(db, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();
        return new LedgerBench(provider, errors.Messages);
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
