using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Demo;
using Zweizeiler.Messaging;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>
/// The marketplace with its own database and virtual host, as many replicas as wanted, translators and an operator. A class of tests shares it;
/// every test makes its own jobs.
/// </summary>
public class Market(TestServers servers) : IAsyncLifetime
{
    public const string Password = "long enough to be one";
    public const string OperatorEmail = "operator@test.example";

    private const string Secret = "a secret of the tests that is long enough";

    private readonly List<MarketplaceApp> _replicas = [];
    private Dictionary<string, string> _settings = [];

    public static Guid MerchantId { get; } = Guid.Parse("0191e6f0-0000-7000-8000-000000000001");

    public ShiftedTime Time { get; } = new();

    public TextVault Vault { get; } = new(Secret);

    public WrappedDataKey DataKey { get; private set; } = null!;

    public Recorder Recorder { get; private set; } = null!;

    public MarketplaceApp App => _replicas[0];

    /// <summary>Connection string of its database.</summary>
    public string Database => _settings["ConnectionStrings:marketplacedb"];

    public static string Email(int translator) => $"translator{translator}@test.example";

    public static Guid TranslatorId(int translator) => new($"0191e6f0-0000-7000-8000-00000001{translator:D4}");

    /// <summary>Translator 0 reads English unless the market says otherwise, all others German; all work from German into French, the last one from Polish only.</summary>
    public const int Translators = 52;

    public const int Outsider = Translators - 1;

    /// <summary>How many translators this market has.</summary>
    protected virtual int People => Translators;

    protected virtual string LocaleOf(int translator) => translator == 0 ? "en" : "de";

    /// <summary>Jobs are open to all at once and may be taken as quickly as a test can, unless a market says otherwise.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [new("Offers:Turns", "0"), new("Claims:Refill", "00:00:00.001")];

    /// <summary>Which of the translators has this id.</summary>
    public static int Number(Guid translatorId) => int.Parse(translatorId.ToString()[^4..], System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        DataKey = Vault.CreateDataKey();
        var broker = await servers.CreateVirtualHostAsync();
        Recorder = await Recorder.StartAsync(broker);
        _settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:marketplacedb"] = await servers.CreateDatabaseAsync("marketplace"),
            ["ConnectionStrings:messaging"] = broker.ToString(),
            ["Texts:MasterKey"] = Secret,
            ["Identity:SigningKey"] = Secret,
            ["PublicUrl"] = "http://localhost",
            ["Demo:Enabled"] = "true",
            ["Demo:TranslatorPassword"] = Password,
            ["Demo:OperatorPassword"] = Password,
            ["Demo:Operator:Email"] = OperatorEmail,
            // What the tests find shall not depend on what is installed where they run.
            ["Spelling:Command"] = "",
        };
        foreach (var (key, value) in Settings)
        {
            _settings[key] = value;
        }

        for (var i = 0; i < People; i++)
        {
            _settings[$"Demo:Translators:{i}:Id"] = TranslatorId(i).ToString();
            _settings[$"Demo:Translators:{i}:Email"] = Email(i);
            _settings[$"Demo:Translators:{i}:Name"] = $"Translator {i}";
            _settings[$"Demo:Translators:{i}:Locale"] = LocaleOf(i);
            _settings[$"Demo:Translators:{i}:Pairs:0"] = i == Outsider ? "pl-de" : "de-fr";
        }

        // As `migrate` does, before any replica starts.
        await using (var migration = new MarketplaceApp(_settings, Time).WithWebHostBuilder(builder =>
            Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.ConfigureTestServices(builder, services => services.Clear(typeof(Microsoft.Extensions.Hosting.IHostedService)))))
        {
            await using var scope = migration.Services.CreateAsyncScope();
            await migration.Services.DeployMessagingTopologyAsync(default);
            await scope.ServiceProvider.GetRequiredService<Persistence.MarketplaceDbContext>().Database.MigrateAsync();
            await scope.ServiceProvider.GetRequiredService<SeedDemo>().RunAsync(default);
            await scope.ServiceProvider.GetRequiredService<SeedDemo>().RunAsync(default);
        }

        _ = StartReplica().Services;
    }

    /// <summary>One more replica, with other services <paramref name="played"/>.</summary>
    public MarketplaceApp StartReplica(Action<IServiceCollection>? played = null)
    {
        var replica = new MarketplaceApp(_settings, Time, played);
        _replicas.Add(replica);
        return replica;
    }

    public async Task<Visitor> TranslatorAsync(int translator = 1, MarketplaceApp? replica = null)
    {
        var visitor = (replica ?? App).Visitor();
        await visitor.SignInAsync(Email(translator));
        return visitor;
    }

    public JobPlaced Placed(string text = "Guten Tag, Ihr Paket ist da.", string source = "de", string target = "fr", string mode = "live", JobBrief? brief = null,
        TranslatorPreferences? preferences = null, TimeSpan? within = null)
    {
        var now = Time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var content = new JobContent(text, brief ?? new JobBrief("formal", "friendly", null, "Mme Martin", null, "annoyed", "email", null, ["refund"], ["date"]));
        return new JobPlaced(
            id,
            MerchantId,
            new JobFacts("translation", mode, source, target, "standard", now + (within ?? TimeSpan.FromHours(4))),
            new JobFiling("ORDER-4711", null, null),
            new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168),
            "DE",
            IsBusiness: true,
            VatIdValid: true,
            Vault.Seal(DataKey, id, TextPurpose.JobContent, content),
            DataKey,
            now,
            preferences);
    }

    public JobFunded Funded(JobPlaced placed) => new(placed.JobId, placed.MerchantId, 286, 168, Time.GetUtcNow());

    /// <summary>A job on offer; its public id.</summary>
    public async Task<string> OfferAsync(
        string text = "Guten Tag, Ihr Paket ist da.", string source = "de", string target = "fr", TranslatorPreferences? preferences = null, TimeSpan? within = null)
    {
        var placed = Placed(text, source, target, preferences: preferences, within: within);
        await Recorder.PublishAsync(placed);
        await Recorder.PublishAsync(Funded(placed));
        await IsAsync(placed.JobId, JobState.Open);
        return PublicId.Format("job", placed.JobId);
    }

    /// <summary>A job that a translator has delivered, and the delivery.</summary>
    public async Task<(string Job, Guid Delivery)> DeliveredAsync(Visitor translator, string text = "Bonjour, votre colis est là.")
    {
        var job = await OfferAsync();
        await translator.ClaimAsync(job);
        using var answer = await translator.DeliverAsync(job, text);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        return (job, await NewestAsync(job));
    }

    public Task<Guid> NewestAsync(string job) => App.ReadAsync(db => db.Deliveries
        .Where(d => d.JobId == Id(job)).OrderByDescending(d => d.Version).Select(d => d.Id).FirstAsync());

    public SealedText Objection(Guid delivery, string? note = "Das ist zu kurz.", params Passage[] passages) =>
        Vault.Seal(DataKey, delivery, TextPurpose.Objection, new ObjectionContent("meaning", note, passages));

    public MerchantWrote Wrote(string job, string text, Guid? question, TimeSpan? later = null, DateTimeOffset? deliverBy = null)
    {
        var id = Guid.CreateVersion7(Time.GetUtcNow());
        return new MerchantWrote(
            Id(job), MerchantId, id, question, Vault.Seal(DataKey, id, TextPurpose.Message, text),
            (deliverBy ?? Time.GetUtcNow()) + (later ?? TimeSpan.Zero), Time.GetUtcNow());
    }

    /// <summary>The one message of a kind about a job that the marketplace has told, waited for.</summary>
    public async Task<T> ToldAsync<T>(Func<T, bool> which)
        where T : class => await Eventually.Found(TimeSpan.FromSeconds(30), () => Task.FromResult(Recorder.All<T>().FirstOrDefault(which)));

    public static Guid Id(string job) => PublicId.TryParse("job", job, out var id) ? id : throw new ArgumentException("Not a job's id.", nameof(job));

    public Task<Job?> JobAsync(Guid id) => App.ReadAsync(db => db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id));

    public async Task<Job> JobAsync(string job) => (await JobAsync(Id(job)))!;

    public Task IsAsync(Guid id, JobState state) =>
        Eventually.Within(TimeSpan.FromSeconds(30), async () => (await JobAsync(id))?.State == state, $"State {state}");

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Recorder.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A market as it is by default: jobs are offered to three in turn, and claims have their pace. Everybody who may be asked reads German.</summary>
public sealed class FairMarket(TestServers servers) : Market(servers)
{
    protected override string LocaleOf(int translator) => "de";

    protected override IEnumerable<KeyValuePair<string, string>> Settings => [];
}

/// <summary>A market with more people than one job needs.</summary>
public sealed class CrowdedMarket(TestServers servers) : Market(servers)
{
    public const int Crowd = 200;

    protected override int People => Translators + Crowd;
}

internal static class ServiceCollectionExtensions
{
    public static void Clear(this IServiceCollection services, Type type)
    {
        foreach (var service in services.Where(s => s.ServiceType == type).ToList())
        {
            services.Remove(service);
        }
    }
}
