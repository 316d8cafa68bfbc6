using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Tests;

/// <summary>The service as it runs, on a database and a virtual host of its own.</summary>
internal sealed class Service : WebApplicationFactory<Program>
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public const string TextsKey = "a master key for texts of more than 32 characters";

    public static readonly TextVault Vault = new(TextsKey);

    private readonly Dictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _replace;

    private Service(Dictionary<string, string> settings, Action<IServiceCollection>? replace) => (_settings, _replace) = (settings, replace);

    public string MailFolder => _settings["Mail:PickupFolder"];

    public static async Task<Service> StartAsync(
        TestServers servers, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? replace = null)
    {
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings:notificationsdb"] = await servers.CreateDatabaseAsync("notifications"),
            ["ConnectionStrings:messaging"] = (await servers.CreateVirtualHostAsync()).ToString(),
            ["Identity:SigningKey"] = "a signing key of more than 32 characters",
            ["Webhooks:MasterKey"] = "a webhook master key of more than 32 characters",
            ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Mail:PickupFolder"] = Directory.CreateTempSubdirectory("zweizeiler-mail-").FullName,
            ["PublicUrl"] = "https://zweizeiler.example",
            ["Texts:MasterKey"] = TextsKey,
            ["Mail:LinkKey"] = "a key for links of more than 32 characters",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var service = new Service(all, replace);
        var options = new DbContextOptionsBuilder<NotificationsDbContext>()
            .UseNpgsql(service._settings["ConnectionStrings:notificationsdb"]).UseSnakeCaseNamingConvention().Options;
        await using (var db = new NotificationsDbContext(options))
        {
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        }

        await service.RunAsync();
        return service;
    }

    /// <summary>Another replica on the same database and queues.</summary>
    public async Task<Service> ReplicaAsync()
    {
        var replica = new Service(_settings, _replace);
        await replica.RunAsync();
        return replica;
    }

    /// <summary>Starts and waits until the queues are there: what a test publishes itself before that would reach nobody.</summary>
    private async Task RunAsync()
    {
        StartServer();
        var health = Services.GetRequiredService<HealthCheckService>();
        await Eventually.Within(Deadline, async () => (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status == HealthStatus.Healthy, "readiness");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        if (_replace is not null)
        {
            builder.ConfigureTestServices(_replace);
        }

        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
    }

    public HttpClient ClientOf(Guid merchant, string mode = "live", params string[] scopes)
    {
        var client = CreateClient();
        var token = Services.GetRequiredService<InternalTokens>().Mint(
            "notifications", new CallerClaims(merchant, Guid.Empty, mode, scopes.Length == 0 ? Scope.All.ToArray() : scopes));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Makes a webhook endpoint and returns its id, secret and ETag.</summary>
    public static async Task<(string Id, string Secret, string Tag)> CreateEndpointAsync(HttpClient client, string url, params string[] types)
    {
        using var response = await client.PostAsJsonAsync("/v1/webhook-endpoints", new { url, types }, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(201, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var made = await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(TestContext.Current.CancellationToken);
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!, response.Headers.ETag!.Tag);
    }

    public Task<int> ExecuteAsync(FormattableString sql) => InDatabaseAsync(db => db.Database.ExecuteSqlAsync(sql));

    public Task PublishAsync<T>(T message, Guid? messageId = null)
        where T : class =>
        Services.GetRequiredService<IBus>().Publish(message, c => c.MessageId = messageId ?? c.MessageId, TestContext.Current.CancellationToken);

    public async Task<T> InDatabaseAsync<T>(Func<NotificationsDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<NotificationsDbContext>());
    }

    /// <summary>Every message that lies in the folder, the first one first.</summary>
    public async Task<List<MimeKit.MimeMessage>> MailsAsync()
    {
        var mails = new List<MimeKit.MimeMessage>();
        foreach (var file in Directory.GetFiles(MailFolder, "*.eml").Order(StringComparer.Ordinal))
        {
            mails.Add(await MimeKit.MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken));
        }

        return mails;
    }

    /// <summary>Waits until so many messages lie in the folder, and reads them.</summary>
    public async Task<List<MimeKit.MimeMessage>> MailsAsync(int count)
    {
        await Eventually.Within(Deadline, () => Directory.GetFiles(MailFolder, "*.eml").Length >= count, $"{count} mails");
        return await MailsAsync();
    }

    /// <summary>What waits for its next attempt becomes due now.</summary>
    public Task MakeDueAsync<TSending>()
        where TSending : Sending =>
        InDatabaseAsync(db => db.Set<TSending>().Where(s => s.State == SendState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, TimeProvider.System.GetUtcNow())));
}

/// <summary>A merchant and her jobs, told step by step.</summary>
internal sealed record Merchant(Guid Id)
{
    private static readonly string[] Steps = ["job.placed", "job.funded", "job.open", "job.claimed", "job.delivered", "job.accepted"];
    private static readonly string[] States = ["placed", "open", "open", "in_progress", "in_review", "accepted"];

    public static Merchant New() => new(NewId());

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public JobStateChanged Event(Guid job, int sequence, string mode = "live", string? reference = "ORDER-4711") => new(
        job, Id, sequence, Steps[sequence - 1], States[sequence - 1], mode, new JobFiling(reference, "FR", null),
        new DateTimeOffset(2026, 11, 23, 18, 0, sequence, TimeSpan.Zero));

    public MerchantRegistered Registered(string locale = "de", int version = 1, string name = "Rheinkram & Söhne") => new(
        Id, version, name, "shop@rheinkram.example", locale, "Europe/Berlin", "DE", true, "DE136695976", true, DataKey);

    public WrappedDataKey DataKey { get; } = Service.Vault.CreateDataKey();

    public SealedText Seal(Guid owner, string text) => Service.Vault.Seal(DataKey, owner, TextPurpose.Message, text);

    /// <summary>A translator's question about one of her jobs.</summary>
    public QuestionAsked Asks(Guid job, Guid question, string text = "Heißt „bald“ diese oder nächste Woche?", bool beforeClaim = false) => new(
        job, Id, 5, question, Guid.Parse("01939f3e-0000-7000-8000-00000000000a"), "Claire M.", beforeClaim, Seal(question, text), new DateTimeOffset(2026, 11, 23, 18, 0, 9, TimeSpan.Zero));
}

/// <summary>A merchant's endpoint: keeps what it gets, and answers as it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>Status to answer with, by what came.</summary>
    public Func<Received, int> Answer { get; set; } = _ => 204;

    /// <summary>What is to be answered besides.</summary>
    public Func<HttpContext, Task>? Say { get; set; }

    public string Url => _app.Urls.First() + "/hook";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Map("/hook/{**rest}", receiver.ReceiveAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(
            http.Request.Headers["webhook-id"].ToString(),
            http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(),
            body.ToArray(),
            http.Request.Path);
        All.Enqueue(received);
        http.Response.StatusCode = Answer(received);
        if (http.Response.StatusCode is >= 300 and < 400)
        {
            http.Response.Headers.Location = Url + "/elsewhere";
        }

        if (Say is not null)
        {
            await Say(http);
        }
    }
}

internal sealed record Received(string Id, string Timestamp, string Signature, byte[] Body, string Path)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    public string Job => Json.GetProperty("data").GetProperty("id").GetString()!;
}
