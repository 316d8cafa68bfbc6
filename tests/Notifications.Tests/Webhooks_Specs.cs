using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Tests;

public sealed class Webhooks_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private readonly Merchant _merchant = Merchant.New();

    [Fact]
    public void The_signature_is_that_of_the_specification()
    {
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        WebhookSignature.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public async Task Every_step_arrives_signed_thin_and_in_order()
    {
        var secret = await CreateEndpointAsync();
        var job = Merchant.NewId();
        foreach (var sequence in new[] { 3, 1, 2, 5, 4, 6 })
        {
            await Service.PublishAsync(_merchant.Event(job, sequence));
        }

        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 6, "six webhooks");
        Receiver.All.Select(r => r.Type).ShouldBe(["job.placed", "job.funded", "job.open", "job.claimed", "job.delivered", "job.accepted"]);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        foreach (var r in Receiver.All)
        {
            var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{r.Id}.{r.Timestamp}.{Encoding.UTF8.GetString(r.Body)}"));
            r.Signature.ShouldBe("v1," + Convert.ToBase64String(expected));
            r.Id.ShouldStartWith("evt_");
            var data = r.Json.GetProperty("data");
            data.GetProperty("id").GetString().ShouldBe(PublicId.Format("job", job));
            data.GetProperty("reference").GetString().ShouldBe("ORDER-4711");
            data.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "state", "reference", "caseId", "mode", "sequence"]);
        }
    }

    [Fact]
    public async Task A_failing_endpoint_is_tried_again_and_holds_only_its_own_job()
    {
        await CreateEndpointAsync();
        var (stuck, other) = (Merchant.NewId(), Merchant.NewId());
        var stuckId = PublicId.Format("job", stuck);
        Receiver.Answer = r => r.Job == stuckId ? 500 : 204;
        await Service.PublishAsync(_merchant.Event(stuck, 1));
        await Service.PublishAsync(_merchant.Event(stuck, 2));
        await Service.PublishAsync(_merchant.Event(other, 1));
        await Service.PublishAsync(_merchant.Event(other, 2));

        await Eventually.Within(Service.Deadline, () => Receiver.All.Count(r => r.Job != stuckId) == 2, "the other job's events");
        Receiver.All.Where(r => r.Job == stuckId).Select(r => r.Type).ShouldAllBe(t => t == "job.placed");

        Receiver.Answer = _ => 204;
        await Service.MakeDueAsync<Domain.WebhookDelivery>();
        await Eventually.Within(Service.Deadline, () => Receiver.All.Any(r => r.Job == stuckId && r.Type == "job.funded"), "the held event");
        Receiver.All.Where(r => r.Job == stuckId && r.Type == "job.placed").Select(r => r.Id).Distinct().Count().ShouldBe(1, "one id for all attempts");
        var attempts = await Service.InDatabaseAsync(db => db.WebhookAttempts.AsNoTracking().OrderBy(a => a.StartedAt).ToListAsync());
        attempts.ShouldContain(a => a.Status == 500 && a.Failure == "status" && a.Number == 1);
        attempts.ShouldContain(a => a.Status == 204 && a.Failure == null && a.Number == 2);
    }

    [Fact]
    public async Task An_endpoint_that_fails_with_everything_is_asked_now_and_then_and_gets_all_of_it_when_it_is_back()
    {
        const int Jobs = 40;
        await CreateEndpointAsync();
        Receiver.Answer = _ => 503;
        for (var i = 0; i < Jobs; i++)
        {
            await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        }

        // All of it is there and due, and the endpoint was asked once more after it had rested; whoever asked for each of them would have done so long ago.
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync()).ContinueWith(t => t.Result == Jobs, TaskScheduler.Default), "all of them");
        await Eventually.Within(
            Service.Deadline,
            async () => await Service.InDatabaseAsync(db => db.WebhookAttempts.Select(a => a.StartedAt).ToListAsync()) is { Count: > 0 } at && at.Max() - at.Min() >= EndpointRooms.Pause,
            "a look after a rest");
        Receiver.All.Count.ShouldBeLessThan(Jobs / 2);

        Receiver.Answer = _ => 204;
        await Service.MakeDueAsync<Domain.WebhookDelivery>();
        await Eventually.Within(
            Service.Deadline,
            () => Service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == Domain.SendState.Sent)).ContinueWith(t => t.Result == Jobs, TaskScheduler.Default),
            "all of them, once it is back");
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_the_call_is_an_attempt_that_timed_out()
    {
        // A socket whose queue of callers is full: the operating system answers no further one.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        var callers = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        var calls = callers.Select(caller => caller.ConnectAsync(deaf.LocalEndPoint!, TestContext.Current.CancellationToken).AsTask()).ToList();
        await Task.WhenAny(calls);

        await CreateEndpointAsync(url: $"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndPoint!).Port}/");
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookAttempts.AnyAsync(a => a.Failure == "timeout")), "the attempt");
        callers.ForEach(caller => caller.Dispose());
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Who_comes_back_after_the_lease_ran_out_marks_nothing()
    {
        await CreateEndpointAsync();
        Receiver.Answer = _ => 500;
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Attempts == 1)), "the first attempt");

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => Service.InDatabaseAsync(async late =>
        {
            var delivery = await late.WebhookDeliveries.SingleAsync();
            await Service.InDatabaseAsync(other => other.WebhookDeliveries.ExecuteUpdateAsync(
                set => set.SetProperty(d => d.LeaseUntil, TimeProvider.System.GetUtcNow().AddMinutes(1))));
            delivery.Succeed(TimeProvider.System.GetUtcNow());
            return await late.SaveChangesAsync();
        }));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await CreateEndpointAsync();
        Receiver.Answer = r => r.Path == "/hook" ? status : 204;
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookAttempts.AnyAsync()), "the attempt");
        (await Service.InDatabaseAsync(db => db.WebhookAttempts.SingleAsync())).Status.ShouldBe(status);
        Receiver.All.Select(r => r.Path).ShouldBe(["/hook"]);
    }

    [Fact]
    public async Task Who_dies_between_sending_and_marking_leaves_a_repetition_with_the_same_id()
    {
        await CreateEndpointAsync();
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.Attempts == 1)), "the first delivery");

        // What a crash leaves behind: leased, sent, never marked.
        await Service.InDatabaseAsync(async db =>
        {
            await db.WebhookAttempts.ExecuteDeleteAsync();
            return await db.Database.ExecuteSqlRawAsync("UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, lease_until = now() - interval '1 second'");
        });
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 2, "the repetition");
        Receiver.All.Select(r => r.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Two_replicas_send_nothing_twice()
    {
        const int Jobs = 30;
        await CreateEndpointAsync();
        await using var replica = await Service.ReplicaAsync();
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async i =>
        {
            var job = Merchant.NewId();
            await Service.PublishAsync(_merchant.Event(job, 2));
            await Service.PublishAsync(_merchant.Event(job, 1));
        }));

        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(
            db => db.WebhookDeliveries.CountAsync(d => d.State == Domain.SendState.Sent)).ContinueWith(t => t.Result == Jobs * 2, TaskScheduler.Default), "all marked as sent");
        Receiver.All.Count.ShouldBe(Jobs * 2);
        Receiver.All.Select(r => r.Id).Distinct().Count().ShouldBe(Jobs * 2);
        foreach (var job in Receiver.All.GroupBy(r => r.Job))
        {
            job.Select(r => r.Type).ShouldBe(["job.placed", "job.funded"]);
        }
    }

    [Fact]
    public async Task Only_wanted_types_and_only_the_own_mode_are_sent()
    {
        await CreateEndpointAsync(types: ["job.delivered"]);
        var job = Merchant.NewId();
        for (var sequence = 1; sequence <= 6; sequence++)
        {
            await Service.PublishAsync(_merchant.Event(job, sequence));
        }

        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1, mode: "test"));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().CountAsync())
            .ContinueWith(t => t.Result == 7, TaskScheduler.Default), "all events stored");
        await Eventually.Within(Service.Deadline, () => !Receiver.All.IsEmpty, "the wanted one");
        Receiver.All.Select(r => r.Type).ShouldBe(["job.delivered"]);
        (await Service.InDatabaseAsync(db => db.WebhookDeliveries.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_rests_sealed()
    {
        var secret = await CreateEndpointAsync();
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var stored = await Service.InDatabaseAsync(db => db.WebhookEndpoints.IgnoreQueryFilters().AsNoTracking().SingleAsync());
        stored.Secret.Bytes.AsSpan().IndexOf(key).ShouldBe(-1);
        Encoding.UTF8.GetString(stored.Secret.Bytes).ShouldNotContain(secret["whsec_".Length..]);
    }

    [Theory]
    [InlineData("""{}""", "/url")]
    [InlineData("""{"url":"ftp://shop.example/x"}""", "/url")]
    [InlineData("""{"url":"http://shop.example/x"}""", "/url")]
    [InlineData("""{"url":"https://user:pass@shop.example/x"}""", "/url")]
    [InlineData("""{"url":"https://10.0.0.1/x"}""", "/url")]
    [InlineData("""{"url":"https://[::ffff:169.254.169.254]/latest"}""", "/url")]
    [InlineData("""{"url":"https://shop.example/x","types":["job.sold"],"colour":"red"}""", "/types/0", "/colour")]
    public async Task Bad_input_is_named_and_nothing_is_stored(string body, params string[] pointers)
    {
        using var client = Service.ClientOf(_merchant.Id);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/v1/webhook-endpoints", content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(pointers, ignoreOrder: true);
        (await Service.InDatabaseAsync(db => db.WebhookEndpoints.IgnoreQueryFilters().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_merchant_finds_nothing_and_a_reader_may_not_create()
    {
        await CreateEndpointAsync();
        using var own = Service.ClientOf(_merchant.Id);
        var listed = await own.GetFromJsonAsync<JsonElement>("/v1/webhook-endpoints", TestContext.Current.CancellationToken);
        var id = listed.GetProperty("data")[0].GetProperty("id").GetString();

        using var other = Service.ClientOf(Merchant.NewId());
        using var test = Service.ClientOf(_merchant.Id, "test");
        using var reader = Service.ClientOf(_merchant.Id, "live", "read");
        (await other.GetAsync($"/v1/webhook-endpoints/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await test.GetAsync($"/v1/webhook-endpoints/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.DeleteAsync($"/v1/webhook-endpoints/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.GetAsync("/v1/webhook-endpoints", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.DeleteAsync($"/v1/webhook-endpoints/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await own.GetAsync($"/v1/webhook-endpoints/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> CreateEndpointAsync(string[]? types = null, string? url = null)
    {
        using var client = Service.ClientOf(_merchant.Id);
        using var response = await client.PostAsJsonAsync("/v1/webhook-endpoints", new { url = url ?? Receiver.Url, types }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var endpoint = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return endpoint.GetProperty("secret").GetString()!;
    }
}
