using System.Reflection;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>Orders as it runs, on a database and a virtual host of its own, migrated by its own <c>migrate</c>.</summary>
public sealed class OrdersApp : IAsyncDisposable
{
    private const string Secret = "for tests only, and longer than thirty-two characters";

    private readonly WebApplicationFactory<Program> _factory;

    private OrdersApp(string database, MessageTap tap, WebApplicationFactory<Program> factory) =>
        (Database, Messages, _factory) = (database, tap, factory);

    /// <summary>Connection string of the service's own role.</summary>
    public string Database { get; }

    public MessageTap Messages { get; }

    public IServiceProvider Services => _factory.Services;

    public static async Task<OrdersApp> StartAsync(TestServers servers, TimeProvider? time = null)
    {
        var administrator = await servers.PostgresAdministratorAsync();
        var name = $"orders_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var own = new NpgsqlConnectionStringBuilder(administrator) { Database = name, Username = name, Password = "it's a test", IncludeErrorDetail = true }.ConnectionString;
        var broker = await servers.CreateVirtualHostAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:ordersdb"] = own,
            ["ConnectionStrings:messaging"] = broker.ToString(),
            ["Identity:SigningKey"] = Secret,
            ["Texts:MasterKey"] = Secret,
        };
        (await MigrateAsync(settings, administrator)).ShouldBe(0);

        var tap = await MessageTap.StartAsync(broker);
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            if (time is not null)
            {
                host.ConfigureTestServices(services => services.AddSingleton(time));
            }
        });
        _ = factory.Server;
        return new OrdersApp(own, tap, factory);
    }

    /// <summary>Runs <c>orders migrate</c> as the topology does.</summary>
    public static Task<int> MigrateAsync(IReadOnlyDictionary<string, string> settings, string administrator) => Task.Run(() =>
    {
        string[] args = ["migrate", .. settings.Select(s => $"--{s.Key}={s.Value}"), $"--ConnectionStrings:postgres={administrator}"];
        return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
    });

    public HttpClient Anonymous() => _factory.CreateClient();

    public HttpClient As(CallerClaims caller)
    {
        var client = _factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Services.GetRequiredService<InternalTokens>().Mint("orders", caller));
        return client;
    }

    /// <summary>A merchant of the test's own, so that tests do not see each other's data.</summary>
    public async Task<TestMerchant> NewMerchantAsync(string country = "DE")
    {
        await using var scope = Services.CreateAsyncScope();
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var merchant = new Merchant
        {
            Id = Guid.CreateVersion7(now),
            Name = "Laden am Rhein GmbH",
            Email = "service@laden.example",
            Locale = "de",
            TimeZone = "Europe/Berlin",
            Country = country,
            VatIdValid = true,
            DataKey = Services.GetRequiredService<TextVault>().CreateDataKey(),
            CreatedAt = now,
        };
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        db.Merchants.Add(merchant);
        await db.SaveChangesAsync();
        return new TestMerchant(this, merchant);
    }

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

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Messages.DisposeAsync();
    }
}
