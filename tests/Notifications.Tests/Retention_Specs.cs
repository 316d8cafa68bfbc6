using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Notifications.Workers;

namespace Zweizeiler.Notifications.Tests;

/// <summary>What is kept how long.</summary>
public sealed class Retention_Specs(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_shows_thirty_days_and_a_job_that_goes_on_later_is_told_all_the_same()
    {
        await using var service = await Service.StartAsync(servers);
        await using var receiver = await Receiver.StartAsync();
        var merchant = Merchant.New();
        using var client = service.ClientOf(merchant.Id);
        await Service.CreateEndpointAsync(client, receiver.Url);
        var (old, job) = (Merchant.NewId(), Merchant.NewId());
        await service.PublishAsync(merchant.Event(old, 1));
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            await service.PublishAsync(merchant.Event(job, sequence));
        }

        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == SendState.Sent)).ContinueWith(t => t.Result == 4, TaskScheduler.Default), "all told");
        await service.ExecuteAsync($"UPDATE events SET told_at = told_at - interval '31 days'");
        await service.Services.GetServices<IHostedService>().OfType<Retention>().Single().RunOnceAsync(Stop);

        (await TypesAsync(client)).ShouldBeEmpty();
        (await service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync())).ShouldBe([1, 3], "the last one of each job");
        (await service.InDatabaseAsync(db => db.WebhookAttempts.AnyAsync())).ShouldBeFalse("nothing of what receivers said is left");

        await service.PublishAsync(merchant.Event(job, 4));
        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(client)).ShouldBe(["job.claimed"]));
        await Eventually.Within(Service.Deadline, () => receiver.All.Count == 5, "its webhook");

        await service.ExecuteAsync($"UPDATE events SET told_at = told_at - interval '401 days' WHERE sequence < 4");
        await service.Services.GetServices<IHostedService>().OfType<Retention>().Single().RunOnceAsync(Stop);
        (await service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().Select(e => e.Sequence).ToListAsync())).ShouldBe([4]);
    }

    [Fact]
    public async Task Types_filter_the_log_and_unknown_ones_are_named()
    {
        await using var service = await Service.StartAsync(servers);
        var merchant = Merchant.New();
        using var client = service.ClientOf(merchant.Id);
        var job = Merchant.NewId();
        for (var sequence = 1; sequence <= 6; sequence++)
        {
            await service.PublishAsync(merchant.Event(job, sequence));
        }

        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(client)).Count.ShouldBe(6));
        (await TypesAsync(client, "&type=job.open&type=job.accepted")).ShouldBe(["job.open", "job.accepted"]);
        using var wrong = await client.GetAsync("/v1/events?type=job.sold", Stop);
        ((int)wrong.StatusCode).ShouldBe(422);
        (await wrong.Content.ReadAsStringAsync(Stop)).ShouldContain("job.placed");
    }

    [Fact]
    public async Task A_mail_that_missed_its_digest_is_told_with_the_next()
    {
        await using var service = await Service.StartAsync(servers);
        var merchant = Merchant.New();
        await service.PublishAsync(merchant.Registered());
        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(db => db.Recipients.AnyAsync()), "the merchant");
        var late = TimeProvider.System.GetUtcNow().AddHours(-1);
        await service.ExecuteAsync(
            $$"""
            INSERT INTO mails (id, recipient_id, key, template, occurred_at, details, state, attempts, failures, due_at, digest_at)
            VALUES (gen_random_uuid(), {{merchant.Id}}, 'payment:1', 'payment', {{late}}, '{"cents":500,"currency":"EUR"}', 'collected', 0, 0, {{late}}, {{late}})
            """);
        await service.Services.GetServices<IHostedService>().OfType<Retention>().Single().RunOnceAsync(Stop);
        (await service.MailsAsync(1)).Single().Subject.ShouldBe("Ihre Zahlung ist da", "nobody wants it gathered any more");
    }

    [Fact]
    public async Task What_was_on_its_way_before_the_update_goes_on_its_way()
    {
        var options = new DbContextOptionsBuilder<NotificationsDbContext>()
            .UseNpgsql(await servers.CreateDatabaseAsync("migration")).UseSnakeCaseNamingConvention().Options;
        await using var db = new NotificationsDbContext(options);
        await db.GetService<IMigrator>().MigrateAsync("20261124033457_Initial", Stop);
        var (merchant, evt, endpoint) = (Merchant.NewId(), Merchant.NewId(), Merchant.NewId());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO events (id, merchant_id, mode, job_id, sequence, type, state, reference, occurred_at, told_at)
            VALUES ({evt}, {merchant}, 'live', {merchant}, 1, 'job.delivered', 'in_review', 'ORDER-1', now(), now());
            INSERT INTO webhook_endpoints (id, merchant_id, mode, url, types, secret, secret_key, created_at) VALUES ({endpoint}, {merchant}, 'live', 'https://shop.example/', ARRAY[]::text[], '\x01', '\x01', now());
            INSERT INTO webhook_deliveries (id, endpoint_id, event_id, job_id, sequence, state, attempts, due_at) VALUES (gen_random_uuid(), {endpoint}, {evt}, {merchant}, 1, 'waiting', 3, now());
            INSERT INTO mails (id, recipient_id, template, event_id, state, attempts, due_at)
            VALUES (gen_random_uuid(), {merchant}, 'job_delivered', {evt}, 'waiting', 2, now());
            """,
            Stop);
        await db.Database.MigrateAsync(Stop);

        (await db.Events.IgnoreQueryFilters().SingleAsync(Stop)).Number.ShouldBe(1);
        (await db.EventLogs.SingleAsync(Stop)).LastNumber.ShouldBe(1, "the next one is the second");
        var mail = await db.Mails.SingleAsync(Stop);
        (mail.JobId, mail.Details.Reference, mail.Details.State, mail.Failures, mail.DoneAt).ShouldBe((merchant, "ORDER-1", "in_review", 2, null));
        mail.Key.ShouldBe($"event:{evt:N}");
        var delivery = await db.WebhookDeliveries.SingleAsync(Stop);
        (delivery.Failures, delivery.State).ShouldBe((3, SendState.Waiting));
        (await db.WebhookEndpoints.IgnoreQueryFilters().SingleAsync(Stop)).State.ShouldBe(EndpointState.Enabled);
    }

    private static async Task<List<string>> TypesAsync(HttpClient client, string query = "") =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/v1/events?limit=100{query}", Stop)).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];
}
