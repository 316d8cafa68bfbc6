using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Tests;

/// <summary>What becomes of webhooks that do not arrive, and what their merchant sees and can do about it.</summary>
public sealed class Webhook_deliveries_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private readonly Merchant _merchant = Merchant.New();
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _client = Service.ClientOf(_merchant.Id);
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_log_shows_the_same_object_as_the_webhook_byte_for_byte()
    {
        await Service.CreateEndpointAsync(_client, Receiver.Url);
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1, reference: "Größe „M“ 👍🏽 \u2028 <b> \\ \""));
        await Eventually.Within(Service.Deadline, () => !Receiver.All.IsEmpty, "the webhook");

        var page = await _client.GetByteArrayAsync("/v1/events", Stop);
        var logged = JsonDocument.Parse(page).RootElement.GetProperty("data")[0].GetRawText();
        Encoding.UTF8.GetString(Receiver.All.Single().Body).ShouldBe(logged);
    }

    [Fact]
    public async Task Every_attempt_is_listed_with_what_the_endpoint_said()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        var job = Merchant.NewId();
        Receiver.Answer = _ => 500;
        Receiver.Say = http => http.Response.StatusCode == 500 ? http.Response.WriteAsync("Datenbank weg", Stop) : Task.CompletedTask;
        await Service.PublishAsync(_merchant.Event(job, 1));
        await Eventually.Passes(Service.Deadline, async () => (await ListAsync(id)).Single().GetProperty("attempts").GetArrayLength().ShouldBe(1));
        Receiver.Answer = _ => 200;
        await Service.MakeDueAsync<WebhookDelivery>();
        await Eventually.Passes(Service.Deadline, async () => (await ListAsync(id, "?state=sent")).Count.ShouldBe(1));

        var delivery = (await ListAsync(id)).Single();
        delivery.GetProperty("event").GetProperty("data").GetProperty("id").GetString().ShouldBe(PublicId.Format("job", job));
        delivery.GetProperty("nextAttemptAt").ValueKind.ShouldBe(JsonValueKind.Null);
        var attempts = delivery.GetProperty("attempts").EnumerateArray().ToList();
        attempts.Select(a => (a.GetProperty("number").GetInt32(), a.GetProperty("status").GetInt32(), a.GetProperty("responseBody").GetString()))
            .ShouldBe([(1, 500, "Datenbank weg"), (2, 200, null)]);
        (await ListAsync(id, "?state=waiting")).ShouldBeEmpty();
        (await ListAsync(id, $"?job={PublicId.Format("job", Merchant.NewId())}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_go_from_page_to_page_and_name_wrong_parameters()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        for (var i = 1; i <= 5; i++)
        {
            await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
            await Eventually.Within(Service.Deadline, () => Receiver.All.Count == i, "one after the other: ids of one millisecond are in no order");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _client.GetFromJsonAsync<JsonElement>($"/v1/webhook-endpoints/{id}/deliveries?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", Stop);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        seen.Distinct().Count().ShouldBe(5);
        seen.ShouldBe([.. seen.OrderDescending(StringComparer.Ordinal)], "the newest first");

        using var wrong = await _client.GetAsync($"/v1/webhook-endpoints/{id}/deliveries?state=lost&job=x&color=red", Stop);
        ((int)wrong.StatusCode).ShouldBe(422);
        (await wrong.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString())
            .ShouldBe(["?color", "?state", "?job"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        await Service.CreateEndpointAsync(_client, Receiver.Url);
        Receiver.Answer = _ => 429;
        Receiver.Say = http =>
        {
            http.Response.Headers.RetryAfter = "1800";
            return Task.CompletedTask;
        };
        var before = TimeProvider.System.GetUtcNow();
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Failures == 1)), "the attempt");
        (await Service.InDatabaseAsync(db => db.WebhookDeliveries.SingleAsync())).DueAt.ShouldBeInRange(before.AddSeconds(1800), before.AddSeconds(1860));
    }

    [Fact]
    public async Task What_waits_behind_a_failing_event_is_due_with_it_and_goes_as_soon_as_it_is_through()
    {
        await Service.CreateEndpointAsync(_client, Receiver.Url);
        var job = Merchant.NewId();
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(job, 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Failures == 1)), "the attempt");
        await Service.ExecuteAsync($"UPDATE webhook_deliveries SET due_at = now() + interval '1 hour'");
        await Service.PublishAsync(_merchant.Event(job, 2));
        await Service.PublishAsync(_merchant.Event(job, 3));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync()).ContinueWith(t => t.Result == 3, TaskScheduler.Default), "the later ones");
        var due = await Service.InDatabaseAsync(db => db.WebhookDeliveries.OrderBy(d => d.Sequence).Select(d => d.DueAt).ToListAsync());
        due.Distinct().Count().ShouldBe(1, "they would only be looked at in vain before");

        Receiver.Answer = _ => 204;
        await Service.ExecuteAsync($"UPDATE webhook_deliveries SET due_at = now() WHERE sequence = 1");
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 4, "all of them");
        Receiver.All.Select(r => r.Type).ShouldBe(["job.placed", "job.placed", "job.funded", "job.open"]);
    }

    [Fact]
    public async Task An_endpoint_is_deleted_while_events_for_it_are_recorded_and_nobody_waits_in_a_circle()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        var job = Merchant.NewId();
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(job, 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Failures == 1)), "the attempt");
        await Service.ExecuteAsync($"UPDATE webhook_deliveries SET due_at = now() + interval '1 hour'");

        // Who records another event of the merchant: has the log, and adds a delivery, whose foreign key asks for the endpoint.
        var deleting = await Service.InDatabaseAsync(async db =>
        {
            await using var recording = await db.Database.BeginTransactionAsync(Stop);
            await db.Database.ExecuteSqlRawAsync("SELECT FROM event_logs FOR UPDATE", Stop);
            await Service.PublishAsync(_merchant.Event(job, 2));
            await WaitsForALockAsync("INSERT INTO event_logs%");
            var answer = _client.DeleteAsync($"/v1/webhook-endpoints/{id}", Stop);
            await WaitsForALockAsync("DELETE FROM webhook_endpoints%");
            await db.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout = '5s'; SELECT FROM webhook_endpoints FOR KEY SHARE", Stop);
            await recording.CommitAsync(Stop);
            return answer;
        });
        using var deleted = await deleting;
        ((int)deleted.StatusCode).ShouldBe(204);
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().AnyAsync(e => e.Sequence == 2 && e.ToldAt != null)), "the event");
    }

    [Fact]
    public async Task An_endpoint_that_says_it_is_gone_is_switched_off_and_its_merchant_told()
    {
        await Service.PublishAsync(_merchant.Registered("en"));
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        Receiver.Answer = _ => 410;
        var job = Merchant.NewId();
        await Service.PublishAsync(_merchant.Event(job, 1));
        await Service.PublishAsync(_merchant.Event(job, 2));
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("state").GetString().ShouldBe("off"));
        (await EndpointAsync(id)).GetProperty("offReason").GetString().ShouldBe("gone");
        (await Service.MailsAsync(1)).Single().Subject.ShouldBe("Webhooks switched off: 127.0.0.1");
        await Service.PublishAsync(_merchant.Event(job, 3));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().CountAsync()).ContinueWith(t => t.Result == 3, TaskScheduler.Default), "the events");
        Receiver.All.Count.ShouldBe(1);

        // As an event would be that was being recorded while it was switched off.
        await Service.ExecuteAsync($"UPDATE webhook_deliveries SET state = 'waiting', done_at = NULL, due_at = now() WHERE sequence = 1");
        Receiver.Answer = _ => 204;
        using var resumed = await _client.PostAsync($"/v1/webhook-endpoints/{id}/resume", null, Stop);
        resumed.EnsureSuccessStatusCode();

        // Back again: nothing waited, and what was missed is there for the asking.
        (await Service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync(d => d.State != SendState.GivenUp))).ShouldBe(0);
        Receiver.All.Count.ShouldBe(1);
        using var replayed = await _client.PostAsJsonAsync($"/v1/webhook-endpoints/{id}/replay", new { from = TimeProvider.System.GetUtcNow().AddHours(-1), onlyFailed = true }, Stop);
        (await replayed.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("events").GetInt32().ShouldBe(3);
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 4, "the replay");
        Receiver.All.Skip(1).Select(r => r.Type).ShouldBe(["job.placed", "job.funded", "job.open"]);
        Receiver.All.ElementAt(0).Id.ShouldBe(Receiver.All.ElementAt(1).Id);
    }

    [Fact]
    public async Task After_a_day_of_failing_its_merchant_is_warned_and_after_five_it_is_switched_off()
    {
        await Service.PublishAsync(_merchant.Registered("en"));
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("failingSince").ValueKind.ShouldBe(JsonValueKind.String));

        await FailAgainAsync(TimeSpan.FromHours(25), attempts: 2);
        (await Service.MailsAsync(1)).Single().Subject.ShouldBe("Webhooks do not arrive: 127.0.0.1");
        await FailAgainAsync(TimeSpan.FromDays(4), attempts: 3);
        (await EndpointAsync(id)).GetProperty("state").GetString().ShouldBe("enabled");
        await FailAgainAsync(TimeSpan.FromDays(5), attempts: 4);
        (await Service.MailsAsync(2)).Select(m => m.Subject).ShouldBe(["Webhooks do not arrive: 127.0.0.1", "Webhooks switched off: 127.0.0.1"], ignoreOrder: true);
        (await EndpointAsync(id)).GetProperty("offReason").GetString().ShouldBe("failing");
        (await Service.InDatabaseAsync(db => db.WebhookDeliveries.SingleAsync())).State.ShouldBe(SendState.GivenUp);
    }

    [Fact]
    public async Task Days_on_which_nothing_was_tried_are_no_days_of_failing()
    {
        await Service.PublishAsync(_merchant.Registered("en"));
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("failingSince").ValueKind.ShouldBe(JsonValueKind.String));
        // Its only event was given up after three days, and the next one comes after a week.
        var before = TimeProvider.System.GetUtcNow();
        await Service.ExecuteAsync($"UPDATE webhook_endpoints SET failed_at = {before.AddDays(-4)}, warned_at = {before.AddDays(-6)}");
        await FailAgainAsync(TimeSpan.FromDays(7), attempts: 2);
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("failingSince").GetDateTimeOffset().ShouldBeGreaterThan(before.AddSeconds(-1)));
        (await EndpointAsync(id)).GetProperty("state").GetString().ShouldBe("enabled");
        (await Service.MailsAsync()).ShouldBeEmpty();

        // A wait of a day between two attempts is no such silence.
        await Service.ExecuteAsync($"UPDATE webhook_endpoints SET failed_at = {before.AddHours(-25)}");
        await FailAgainAsync(TimeSpan.FromDays(5), attempts: 3);
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("state").GetString().ShouldBe("off"));
    }

    [Fact]
    public async Task One_success_and_the_days_of_failing_count_no_more()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("failingSince").ValueKind.ShouldBe(JsonValueKind.String));
        Receiver.Answer = _ => 204;
        await Service.MakeDueAsync<WebhookDelivery>();
        await Eventually.Passes(Service.Deadline, async () => (await EndpointAsync(id)).GetProperty("failingSince").ValueKind.ShouldBe(JsonValueKind.Null));
    }

    [Fact]
    public async Task One_delivery_can_be_sent_again_and_a_span_of_time_with_what_was_before_the_endpoint()
    {
        var job = Merchant.NewId();
        await Service.PublishAsync(_merchant.Event(job, 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().AnyAsync(e => e.ToldAt != null)), "the event before");
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url, "job.placed", "job.open");
        await Service.PublishAsync(_merchant.Event(job, 2));
        await Service.PublishAsync(_merchant.Event(job, 3));
        await Eventually.Passes(Service.Deadline, async () => (await ListAsync(id, "?state=sent")).Count.ShouldBe(1));

        var delivery = (await ListAsync(id)).Single().GetProperty("id").GetString();
        using var again = await _client.PostAsync($"/v1/webhook-endpoints/{id}/deliveries/{delivery}/replay", null, Stop);
        again.EnsureSuccessStatusCode();
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 2, "it once more");
        Receiver.All.Select(r => r.Id).Distinct().Count().ShouldBe(1);
        await Eventually.Passes(Service.Deadline, async () => (await ListAsync(id, "?state=sent")).Single().GetProperty("attempts").GetArrayLength().ShouldBe(2));

        using var span = await _client.PostAsJsonAsync($"/v1/webhook-endpoints/{id}/replay", new { from = TimeProvider.System.GetUtcNow().AddHours(-1) }, Stop);
        (await span.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("events").GetInt32().ShouldBe(2, "of the wanted types only");
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 4, "both");
        Receiver.All.Skip(2).Select(r => r.Type).ShouldBe(["job.placed", "job.open"], "in order");

        foreach (var (body, pointer) in new[] { ("{}", "/from"), ("""{"from":"2020-01-01T00:00:00Z"}""", "/from"), ($$"""{"from":"{{TimeProvider.System.GetUtcNow():O}}","to":"2026-01-01T00:00:00Z"}""", "/to") })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var refused = await _client.PostAsync($"/v1/webhook-endpoints/{id}/replay", content, Stop);
            ((int)refused.StatusCode).ShouldBe(422);
            (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        }
    }

    [Fact]
    public async Task One_of_a_hundred_endpoints_that_hangs_holds_up_none_of_the_others()
    {
        const int Merchants = 10, Each = 10, Jobs = 3;
        using var hanging = new SemaphoreSlim(0);
        var merchants = Enumerable.Range(0, Merchants).Select(_ => Merchant.New()).ToList();
        foreach (var merchant in merchants)
        {
            using var client = Service.ClientOf(merchant.Id);
            for (var i = 0; i < Each; i++)
            {
                await Service.CreateEndpointAsync(client, $"{Receiver.Url}/{(merchant == merchants[0] && i == 0 ? "hang" : "well")}");
            }
        }

        Receiver.Say = http => http.Request.Path.Value!.EndsWith("hang", StringComparison.Ordinal) ? hanging.WaitAsync(http.RequestAborted) : Task.CompletedTask;
        // The hanging one has more to be sent than there is room for, and all of it is due before what the others get.
        for (var i = 0; i < 30; i++)
        {
            await Service.PublishAsync(merchants[0].Event(Merchant.NewId(), 1));
        }

        await Eventually.Within(Service.Deadline, () => Count("hang") > 0, "the first call of the one that hangs");
        var job = merchants.SelectMany(m => Enumerable.Range(0, Jobs).Select(_ => m)).ToList();
        await Task.WhenAll(job.Select(m => Service.PublishAsync(m.Event(Merchant.NewId(), 1))));
        await Eventually.Within(TimeSpan.FromSeconds(14), () => Count("well") == ((Merchants * Each) - 1) * Jobs + (30 * (Each - 1)), "everything that the other 99 get, while the calls of the one still hang");
        Count("hang").ShouldBeLessThanOrEqualTo(4, "a few calls, and no more");
        (await Service.InDatabaseAsync(db => db.WebhookAttempts.CountAsync(a => a.Failure != null))).ShouldBe(0, "none of its calls has ended");
        hanging.Release(1000);

        int Count(string which) => Receiver.All.Count(r => r.Path.EndsWith(which, StringComparison.Ordinal));
    }

    private async Task FailAgainAsync(TimeSpan since, int attempts)
    {
        await Service.ExecuteAsync($"UPDATE webhook_endpoints SET failing_since = {TimeProvider.System.GetUtcNow() - since}");
        await Service.MakeDueAsync<WebhookDelivery>();
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Attempts == attempts)), $"attempt {attempts}");
    }

    private Task WaitsForALockAsync(string statement) => Eventually.Within(
        Service.Deadline,
        () => Service.InDatabaseAsync(db => db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE {statement}) AS \"Value\"").SingleAsync()),
        statement);

    private async Task<JsonElement> EndpointAsync(string id) => await _client.GetFromJsonAsync<JsonElement>($"/v1/webhook-endpoints/{id}", Stop);

    private async Task<List<JsonElement>> ListAsync(string id, string query = "") =>
        [.. (await _client.GetFromJsonAsync<JsonElement>($"/v1/webhook-endpoints/{id}/deliveries{query}", Stop)).GetProperty("data").EnumerateArray()];
}
