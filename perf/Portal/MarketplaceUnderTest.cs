using System.Diagnostics;
using MassTransit;
using Npgsql;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Portal;

/// <summary>Marketplace as a process of its own, on servers of its own, with many jobs and people.</summary>
internal sealed class MarketplaceUnderTest(int translators) : IAsyncDisposable
{
    private const string Secret = "only for measuring, and longer than thirty-two characters";
    private const string Password = "long enough to be one";
    private const string OperatorEmail = "operator@measured.example";

    private static readonly Guid First = Guid.Parse("0191e6f0-0000-7000-8000-000100000000");
    private static readonly Guid MerchantId = Guid.Parse("0191e6f0-0000-7000-8000-000000000001");

    private readonly TestServers _servers = new();
    private readonly TextVault _vault = new(Secret);
    private readonly TimeProvider _time = TimeProvider.System;
    private WrappedDataKey _key = null!;
    private IBusControl _bus = null!;
    private ManyJobs _many = null!;
    private ServiceProcess? _service;
    private string _database = "";

    public async Task StartAsync(string assembly)
    {
        _database = await _servers.CreateDatabaseAsync("portal");
        _key = _vault.CreateDataKey();
        var broker = await _servers.CreateVirtualHostAsync();
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker));
        _service = await ServiceProcess.StartAsync(assembly, new()
        {
            ["ConnectionStrings__marketplacedb"] = _database,
            ["ConnectionStrings__messaging"] = broker.ToString(),
            ["Identity__SigningKey"] = Secret,
            ["Texts__MasterKey"] = Secret,
            ["PublicUrl"] = "http://127.0.0.1",
            ["Demo__Enabled"] = "true",
            ["Demo__TranslatorPassword"] = Password,
            ["Demo__OperatorPassword"] = Password,
            ["Demo__Operator__Email"] = OperatorEmail,
            ["Demo__Translators__0__Id"] = First.ToString(),
            ["Demo__Translators__0__Email"] = "first@measured.example",
            ["Demo__Translators__0__Name"] = "First",
            ["Demo__Translators__0__Locale"] = "de",
            ["Demo__Translators__0__Pairs__0"] = ManyJobs.Pairs[0],
        });
        await _bus.StartAsync();
    }

    public Task<Browser> TranslatorAsync(int number) => Browser.SignInAsync(_service!.Http.BaseAddress!, _many.Id(number), ManyJobs.Email(number), Password);

    public Task<Browser> OperatorAsync() => Browser.SignInAsync(_service!.Http.BaseAddress!, Guid.Empty, OperatorEmail, Password);

    public async Task SeedAsync(int jobs)
    {
        var first = Placed(ManyJobs.Pairs[0]);
        await _bus.Publish(first);
        await _bus.Publish(Funded(first));
        await Eventually.Within(TimeSpan.FromSeconds(60), async () => await CountAsync($"SELECT count(*) FROM jobs WHERE id = '{first.JobId}' AND state = 'open'") == 1, "the first job");
        var delivered = new DeliveryContent("Bonjour Madame Martin, votre colis est arrivé ce matin à l'entrepôt et partira cet après-midi.", null);
        _many = new ManyJobs(_database, First, first.JobId);
        await _many.FillAsync(
            translators, jobs, id => _vault.Seal(_key, id, TextPurpose.JobContent, Source), id => _vault.Seal(_key, id, TextPurpose.DeliveryContent, delivered));
        // What was filled in is on the disk before anything is measured.
        await ExecuteAsync("CHECKPOINT");
    }

    public async Task<string> CountsAsync() =>
        $"{await CountAsync("SELECT count(*) FROM jobs")} jobs, {await CountAsync("SELECT count(*) FROM jobs WHERE state = 'open'")} of them on offer, {await CountAsync("SELECT count(*) FROM translators")} translators";

    /// <summary>A job that is open to all of these people.</summary>
    public async Task<string> JobForAllAsync(IEnumerable<Guid> people)
    {
        var who = string.Join("','", people);
        await ExecuteAsync($"INSERT INTO translator_pairs (translator_id, source, target) SELECT id, 'de', 'fr' FROM translators WHERE id IN ('{who}') ON CONFLICT DO NOTHING");
        return PublicId.Format(
            "job", await AskAsync<Guid>("SELECT id FROM jobs WHERE state = 'open' AND source = 'de' AND target = 'fr' AND offered_to_id IS NULL ORDER BY offered_at DESC LIMIT 1"));
    }

    /// <summary>Jobs of all pairs in turn, told and taken in, but not funded.</summary>
    public async Task<List<JobPlaced>> PlaceAsync(int count)
    {
        var placed = Enumerable.Range(0, count).Select(i => Placed(ManyJobs.Pairs[i % ManyJobs.Pairs.Count])).ToList();
        foreach (var some in placed.Chunk(50))
        {
            await Task.WhenAll(some.Select(p => _bus.Publish(p)));
        }

        await Eventually.Within(TimeSpan.FromSeconds(90), async () => await CountAsync("SELECT count(*) FROM jobs WHERE state = 'placed'") == count, "the jobs");
        return placed;
    }

    /// <summary>Tells of their funding at a steady rate; when each was told.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FundAsync(IReadOnlyList<JobPlaced> placed, int perSecond)
    {
        var (at, telling) = (new Dictionary<string, long>(), new List<Task>());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        foreach (var job in placed)
        {
            await timer.WaitForNextTickAsync();
            at[PublicId.Format("job", job.JobId)] = Stopwatch.GetTimestamp();
            telling.Add(_bus.Publish(Funded(job)));
        }

        await Task.WhenAll(telling);
        return at;
    }

    /// <summary>Until all of them are on offer.</summary>
    public async Task WaitForOffersAsync(IReadOnlyCollection<JobPlaced> placed)
    {
        var ids = string.Join("','", placed.Select(p => p.JobId));
        await Eventually.Within(TimeSpan.FromSeconds(90), async () => await CountAsync($"SELECT count(*) FROM jobs WHERE id IN ('{ids}') AND state = 'placed'") == 0, "the offers");
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        _service?.Dispose();
        await _servers.DisposeAsync();
    }

    private static JobContent Source { get; } = new(
        "Guten Tag Frau Martin, Ihr Paket ist heute Morgen im Lager angekommen und wird noch am Nachmittag verschickt.",
        new JobBrief("formal", "friendly", null, "Frau Martin", null, "annoyed", "email", null, ["refund"], ["date"]));

    private JobPlaced Placed(string pair)
    {
        var (now, languages) = (_time.GetUtcNow(), pair.Split('-'));
        var id = Guid.CreateVersion7(now);
        return new JobPlaced(
            id, MerchantId, new JobFacts("translation", "live", languages[0], languages[1], "standard", now + TimeSpan.FromHours(4)), new JobFiling("ORDER-4711", null, null),
            new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168), "DE", IsBusiness: true, VatIdValid: true,
            _vault.Seal(_key, id, TextPurpose.JobContent, Source), _key, now);
    }

    private JobFunded Funded(JobPlaced placed) => new(placed.JobId, placed.MerchantId, 286, 168, _time.GetUtcNow());

    private Task<long> CountAsync(string sql) => AskAsync<long>(sql);

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
