using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Never lost: the process killed, the broker away.</summary>
public sealed class Outages_Specs(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_it_sends_it_loses_nothing_and_keeps_the_order_of_each_job()
    {
        const int Jobs = 80;
        using var smtp = SmtpStub.Start();
        await using var receiver = await Receiver.StartAsync();
        await using var process = await ServiceProcess.StartAsync(servers, smtp.Port);
        var merchant = Merchant.New();
        var secret = await process.CreateEndpointAsync(merchant.Id, receiver.Url);
        secret.ShouldStartWith("whsec_");
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(process.Broker));
        await bus.StartAsync(Stop);
        await bus.Publish(merchant.Registered(), Stop);
        var publishing = Task.Run(
            async () =>
            {
                for (var i = 0; i < Jobs; i++)
                {
                    var job = Merchant.NewId();
                    await bus.Publish(merchant.Event(job, 1), Stop);
                    await bus.Publish(merchant.Event(job, 2), Stop);
                    await bus.Publish(new InvoiceIssued(job, merchant.Id, $"2026-{i}", "invoice", 500, "EUR", null, TimeProvider.System.GetUtcNow()), Stop);
                }
            },
            Stop);

        foreach (var some in (int[])[15, 60])
        {
            await Eventually.Within(Service.Deadline, () => receiver.All.Count >= some && !smtp.Taken.IsEmpty, "some of it");
            await process.KillAsync();
            // As if the minute had passed for which the dead one had taken what it was sending.
            await process.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
                $"WITH d AS (UPDATE webhook_deliveries SET lease_until = NULL WHERE lease_until IS NOT NULL) UPDATE mails SET lease_until = NULL WHERE lease_until IS NOT NULL"));
            await process.StartAgainAsync();
        }

        await publishing;
        await Eventually.Within(TimeSpan.FromSeconds(60), () => process.InDatabaseAsync(async db =>
            await db.WebhookDeliveries.CountAsync(d => d.State == SendState.Sent) == Jobs * 2 && await db.Mails.CountAsync(m => m.State == SendState.Sent) == Jobs), "everything sent");
        receiver.All.Select(r => r.Id).Distinct().Count().ShouldBe(Jobs * 2);
        foreach (var job in receiver.All.GroupBy(r => r.Job))
        {
            job.DistinctBy(r => r.Id).Select(r => r.Type).ShouldBe(["job.placed", "job.funded"]);
        }

        smtp.Taken.Select(t => t.Message.MessageId).Distinct().Count().ShouldBe(Jobs, "each mail, some perhaps twice, known by their ids");
        await bus.StopAsync(Stop);
    }

    [Fact]
    public async Task A_mail_that_was_taken_while_the_database_was_away_is_marked_when_it_is_back_and_not_sent_again()
    {
        using var smtp = SmtpStub.Start();
        await using var database = await StoppablePostgres.StartNewAsync();
        await using var service = await Service.StartAsync(servers, new Dictionary<string, string>
        {
            ["ConnectionStrings:notificationsdb"] = await database.CreateDatabaseAsync("away"),
            ["Mail:PickupFolder"] = "",
            ["Mail:Smtp"] = $"smtp://127.0.0.1:{smtp.Port}",
        });
        var merchant = Merchant.New();
        var back = new TaskCompletionSource();
        smtp.BeforeAnswer = async () =>
        {
            // That the mail was taken in hand is committed, and must not be forgotten with the server.
            await database.FlushAsync();
            await database.KillAsync();
            _ = Task.Run(async () =>
            {
                await database.StartAsync();
                back.SetResult();
            });
        };
        await service.PublishAsync(merchant.Registered());
        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(db => db.Recipients.AnyAsync()), "the merchant");
        await service.PublishAsync(new InvoiceIssued(Merchant.NewId(), merchant.Id, "2026-1", "invoice", 500, "EUR", null, TimeProvider.System.GetUtcNow()));
        await back.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Sent)), "the mark");
        smtp.Taken.Count.ShouldBe(1);
        (await service.InDatabaseAsync(db => db.Mails.SingleAsync())).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_comes_in_while_the_broker_is_away_is_passed_on_when_it_is_back()
    {
        const string Secret = "a secret of the mail server with more than 32 characters";
        await using var broker = await StoppableBroker.StartNewAsync();
        await using var service = await Service.StartAsync(servers, new Dictionary<string, string>
        {
            ["ConnectionStrings:messaging"] = broker.Address.ToString(),
            ["Mail:Inbound:Address"] = "reply@mail.zweizeiler.example",
            ["Mail:Inbound:Secret"] = Secret,
        });
        var (merchant, job, question) = (Merchant.New(), Merchant.NewId(), Merchant.NewId());
        await service.PublishAsync(merchant.Registered());
        await service.PublishAsync(merchant.Event(job, 1));
        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(async db => await db.Recipients.AnyAsync() && await db.Events.IgnoreQueryFilters().AnyAsync()), "who and what is known");
        await service.PublishAsync(merchant.Asks(job, question));
        using var mail = (await service.MailsAsync(1)).Single();

        await broker.KillAsync();
        using var reply = new MimeKit.MimeMessage { MessageId = "1@shop.example", Body = new MimeKit.TextPart("plain") { Text = "Ja." } };
        reply.From.Add(MimeKit.MailboxAddress.Parse("shop@rheinkram.example"));
        reply.To.Add(mail.ReplyTo.Mailboxes.Single());
        using var raw = new MemoryStream();
        await reply.WriteToAsync(raw, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notifications/inbound")
        {
            Content = new ByteArrayContent(raw.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } },
            Headers = { { "X-Mail-Secret", Secret } },
        };
        using var client = service.CreateClient();
        using var taken = await client.SendAsync(request, Stop);
        taken.IsSuccessStatusCode.ShouldBeTrue("the mail server is not to be held up by it");
        (await service.InDatabaseAsync(db => db.Set<Messaging.OutboxMessage>().CountAsync())).ShouldBe(1);

        await broker.StartAsync();
        await Eventually.Within(TimeSpan.FromSeconds(90), () => service.InDatabaseAsync(async db => !await db.Set<Messaging.OutboxMessage>().AnyAsync()), "it is sent");
    }
}

/// <summary>The service as a process of its own, which can be killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _database;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    private ServiceProcess(string database, Uri broker, int smtp)
    {
        (_database, Broker) = (database, broker);
        _settings = new()
        {
            ["ConnectionStrings__notificationsdb"] = database,
            ["ConnectionStrings__messaging"] = broker.ToString(),
            ["Identity__SigningKey"] = "a signing key of more than 32 characters",
            ["Webhooks__MasterKey"] = "a webhook master key of more than 32 characters",
            ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Texts__MasterKey"] = Service.TextsKey,
            ["Mail__LinkKey"] = "a key for links of more than 32 characters",
            ["Mail__Smtp"] = $"smtp://127.0.0.1:{smtp}",
            ["PublicUrl"] = "https://zweizeiler.example",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
        };
    }

    public Uri Broker { get; }

    public static async Task<ServiceProcess> StartAsync(TestServers servers, int smtp)
    {
        var service = new ServiceProcess(await servers.CreateDatabaseAsync("killed"), await servers.CreateVirtualHostAsync(), smtp);
        using var migrate = service.Start("migrate");
        await migrate.WaitForExitAsync(TestContext.Current.CancellationToken);
        migrate.ExitCode.ShouldBe(0);
        await service.StartAgainAsync();
        return service;
    }

    public async Task StartAgainAsync()
    {
        _process = Start();
        using var http = new HttpClient();
        await Eventually.Within(TimeSpan.FromSeconds(60), async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_port}/health/ready"), TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "readiness");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
    }

    public async Task<string> CreateEndpointAsync(Guid merchant, string url)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", _settings["Identity__SigningKey"])]).Build();
        var token = new InternalTokens(configuration, TimeProvider.System).Mint("notifications", new CallerClaims(merchant, Guid.Empty, "live", Scope.All.ToArray()));
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await http.PostAsJsonAsync(new Uri($"http://127.0.0.1:{_port}/v1/webhook-endpoints"), new { url }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(TestContext.Current.CancellationToken)).GetProperty("secret").GetString()!;
    }

    public async Task<T> InDatabaseAsync<T>(Func<NotificationsDbContext, Task<T>> work)
    {
        await using var db = new NotificationsDbContext(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(_database).UseSnakeCaseNamingConvention().Options);
        return await work(db);
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It is dead already.
            }

            process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Process Start(params string[] arguments)
    {
        // Beside this project's own output, where the service's settings and libraries are.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, "Notifications", own.Name, "Zweizeiler.Notifications.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
