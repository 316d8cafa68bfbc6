using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Webhooks;

/// <summary>Notifications as a process of its own, on servers of its own; Orders beside it if wanted.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private const string SigningKey = "a signing key of more than 32 characters";
    private const string TextsKey = "a master key for texts of more than 32 characters";

    private static readonly Guid Shop = Guid.Parse("0191e6f0-0000-7000-8000-000000000001");

    private static readonly Guid Somebody = Guid.Parse("0191e6f0-0000-7000-8000-000100000000");

    private readonly TextVault _vault = new(TextsKey);
    private readonly TestServers _servers = new();
    private ServiceProcess? _notifications;
    private ServiceProcess? _orders;
    private string _database = "";
    private string _ordersDatabase = "";
    private WrappedDataKey _key = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public Uri Broker { get; private set; } = new("amqp://localhost");

    /// <summary>Resident memory of the process in MiB.</summary>
    public double Memory => _notifications!.Memory;

    public async Task StartAsync(string assembly)
    {
        _database = await _servers.CreateDatabaseAsync("webhooks");
        Broker = await _servers.CreateVirtualHostAsync();
        _notifications = await ServiceProcess.StartAsync(assembly, new()
        {
            ["ConnectionStrings__notificationsdb"] = _database,
            ["ConnectionStrings__messaging"] = Broker.ToString(),
            ["Identity__SigningKey"] = SigningKey,
            ["Webhooks__MasterKey"] = "a webhook master key of more than 32 characters",
            ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Texts__MasterKey"] = TextsKey,
            ["Mail__LinkKey"] = "a key for links of more than 32 characters",
            ["Mail__PickupFolder"] = Directory.CreateTempSubdirectory("zweizeiler-perf-").FullName,
            ["PublicUrl"] = "https://zweizeiler.example",
        });
    }

    /// <summary>Orders with one merchant, on the same broker; the merchant's id.</summary>
    public async Task<Guid> StartOrdersAsync(string assembly)
    {
        _ordersDatabase = await _servers.CreateDatabaseAsync("orders");
        _orders = await ServiceProcess.StartAsync(assembly, new()
        {
            ["ConnectionStrings__ordersdb"] = _ordersDatabase,
            ["ConnectionStrings__messaging"] = Broker.ToString(),
            ["Identity__SigningKey"] = SigningKey,
            ["Texts__MasterKey"] = TextsKey,
            ["PublicUrl"] = "https://zweizeiler.example",
            ["Demo__Enabled"] = "true",
            ["Demo__Merchant__Id"] = Shop.ToString(),
            ["Demo__Merchant__Name"] = "Rheinkram",
            ["Demo__Merchant__Email"] = "shop@rheinkram.example",
            ["Demo__LiveKey"] = "zz_live_measured_and_nowhere_else",
            ["Demo__TestKey"] = "zz_test_measured_and_nowhere_else",
        });
        _key = new WrappedDataKey(await AskAsync<byte[]>(_ordersDatabase, "SELECT data_key FROM merchants"));
        return Shop;
    }

    /// <summary>Jobs that nobody has taken.</summary>
    public Task<Guid[]> ClaimableAsync() => AskAsync<Guid[]>(_ordersDatabase, "SELECT array_agg(id) FROM jobs WHERE state = 'placed'");

    /// <summary>Whether so many events of a type are recorded, and everything that follows from events is done.</summary>
    public Task<bool> IsQuietAsync(string type, int events) => AskAsync<bool>(
        _database,
        """
        SELECT (SELECT count(*) FROM events WHERE type = $1) >= $2
            AND NOT EXISTS (SELECT FROM webhook_deliveries WHERE state = 'waiting') AND NOT EXISTS (SELECT FROM mails WHERE state = 'waiting')
        """,
        type,
        events);

    /// <summary>What the marketplace says when somebody takes a job.</summary>
    public static JobClaimed Claimed(Guid job) => new(job, Shop, 1, Somebody, "Somebody", Now.AddMinutes(30), Now);

    /// <summary>What the marketplace says when she delivers it.</summary>
    public JobDelivered Delivered(Guid job)
    {
        var delivery = Guid.CreateVersion7(Now);
        return new JobDelivered(
            job, Shop, 2, delivery, 1, Somebody, _vault.Seal(_key, delivery, TextPurpose.DeliveryContent, new DeliveryContent("Bonjour Madame Martin, votre colis arrive demain.", null)),
            47, 1, Now);
    }

    /// <summary>Orders a job.</summary>
    public async Task PlaceAsync(string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs")
        {
            Content = JsonContent.Create(new { kind = "translation", source = "de", target = "fr", text = "Guten Tag Frau Martin, Ihr Paket kommt morgen.", reference }),
        };
        request.Headers.Authorization = Token("orders", Shop);
        using var answer = await _orders!.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes an endpoint and returns its id.</summary>
    public async Task<string> CreateEndpointAsync(Guid merchant, string url)
    {
        using var answer = await SendAsync(merchant, HttpMethod.Post, "", JsonContent.Create(new { url }));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public async Task SayAsync(Guid merchant, string endpoint, string what) => (await SendAsync(merchant, HttpMethod.Post, $"/{endpoint}/{what}", null)).Dispose();

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _orders?.Dispose();
        _notifications?.Dispose();
        await _servers.DisposeAsync();
    }

    private static async Task<T> AskAsync<T>(string database, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<HttpResponseMessage> SendAsync(Guid merchant, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"/v1/webhook-endpoints{path}") { Content = content };
        request.Headers.Authorization = Token("notifications", merchant);
        var response = await _notifications!.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response;
    }

    private static AuthenticationHeaderValue Token(string service, Guid merchant)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", SigningKey)]).Build();
        var caller = new CallerClaims(merchant, Guid.Empty, "live", Scope.All.ToArray());
        return new AuthenticationHeaderValue("Bearer", new InternalTokens(configuration, TimeProvider.System).Mint(service, caller));
    }
}
