using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Zweizeiler.Demo;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>A stack of its own on fresh data: two replicas of each service, the servers, and everything by which they are reached from outside.</summary>
internal sealed class StackUnderTest : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["orders", "marketplace", "billing", "notifications"];

    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);

    private readonly LocalRun _run;

    private StackUnderTest(LocalRun run, string data, StackDetails details, int managementPort, int smtpPort)
    {
        (_run, Data, Details, SmtpPort) = (run, data, details, smtpPort);
        Logs = Directory.CreateDirectory(Path.Combine(data, "logs-again")).FullName;
        Members = [.. Services.SelectMany(s => details.ProcessesOf(s).Select((process, n) => new Member(s, n, process, Logs)))];
        Gateway = new Member("gateway", 0, details.ProcessesOf("gateway")[0], Logs);
        Postgres = new Member("postgres", 0, details.ProcessesOf("postgres")[0], Logs);
        Broker = new Member("messaging", 0, details.ProcessesOf("messaging")[0], Logs);
        var server = $"Host=127.0.0.1;Port={Postgres.LastArgument};Username=postgres;Password={Postgres.Setting("POSTGRES_PASSWORD")};Application Name=faults;Timeout=5;Command Timeout=30";
        Databases = Services.ToDictionary(s => s, s => new Database(s, $"{server};Database={s}db"), StringComparer.Ordinal);
        Management = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{managementPort}/api/")) };
        Management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Broker.Setting("RABBITMQ_DEFAULT_USER")}:{Broker.Setting("RABBITMQ_DEFAULT_PASS")}")));
    }

    public string Data { get; }

    /// <summary>What processes say that were started again.</summary>
    public string Logs { get; }

    public StackDetails Details { get; }

    public int SmtpPort { get; }

    public IReadOnlyList<Member> Members { get; }

    public Member Gateway { get; }

    public Member Postgres { get; }

    public Member Broker { get; }

    public IReadOnlyDictionary<string, Database> Databases { get; }

    /// <summary>The broker's management API.</summary>
    public HttpClient Management { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(5) };

    public static async Task<StackUnderTest> StartAsync(string data, int smtpPort, CancellationToken cancellationToken)
    {
        var managementPort = LocalRun.FreePort();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo__Merchant__OpeningBalanceCents"] = "100000000",
            // Whoever is asked first does not keep the others waiting long, and nobody is held to a person's pace.
            ["Offers__Window"] = "00:00:01",
            ["Claims__Refill"] = "00:00:00.2",
            ["RABBITMQ_MANAGEMENT_PORT"] = managementPort.ToString(CultureInfo.InvariantCulture),
            ["Mail__Smtp"] = string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{smtpPort}"),
        };
        // Seven translators of one pair, so that they race.
        for (var translator = 0; translator < 7; translator++)
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"Demo__Translators__{translator}__Pairs__0")] = "de-fr";
            environment[string.Create(CultureInfo.InvariantCulture, $"Demo__Translators__{translator}__Pairs__1")] = "fr-de";
        }

        var run = await LocalRun.StartAsync(
            Checkout.Root, data, LocalRun.FreePort(), StartDeadline, cancellationToken, environment,
            ["--no-build", .. Services.SelectMany(s => (string[])["--replicas", $"{s}=2"])]);
        try
        {
            return new StackUnderTest(run, data, await run.DetailsAsync(cancellationToken), managementPort, smtpPort);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            // One that is halted hears no request to end.
            member.Signal(Posix.Continue);
        }

        await Task.WhenAll(((IEnumerable<Member>)[.. Members, Gateway])
            .Select(m => m.StopAsync(CancellationToken.None)));
        foreach (var database in Databases.Values)
        {
            await database.DisposeAsync();
        }

        await _run.DisposeAsync();
        await Task.WhenAll(Broker.StopAsync(CancellationToken.None), Postgres.StopAsync(CancellationToken.None));
        Management.Dispose();
        Http.Dispose();
    }
}
