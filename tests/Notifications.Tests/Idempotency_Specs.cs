using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Workers;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A request that is sent again with its key has an effect once.</summary>
public sealed class Idempotency_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private readonly Merchant _merchant = Merchant.New();
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string NewEndpoint => $$"""{"url":"{{Receiver.Url}}","types":["job.placed"]}""";

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
    public async Task The_same_request_with_the_same_key_is_answered_as_the_first_time()
    {
        var first = await PostAsync("", "key-1", NewEndpoint);
        var again = await PostAsync("", "\"key-1\"", NewEndpoint);

        (first.Status, first.IsReplay).ShouldBe((201, false));
        again.ShouldBe(first with { IsReplay = true }, "secret, tag and address included");
        (await CountAsync()).ShouldBe(1);
        var kept = await Service.InDatabaseAsync(db => db.Answers.IgnoreQueryFilters().SingleAsync(Stop));
        Encoding.UTF8.GetString(kept.Body!.Bytes).ShouldNotContain("whsec_", Case.Insensitive, "it rests sealed");
    }

    [Fact]
    public async Task Another_request_under_a_used_key_is_refused()
    {
        await PostAsync("", "key", NewEndpoint);
        (await PostAsync("", "key", NewEndpoint.Replace("placed", "delivered", StringComparison.Ordinal))).Code.ShouldBe("idempotency.mismatch");
        (await PostAsync("/whe_1/pause", "key")).Code.ShouldBe("idempotency.mismatch");
        (await PostAsync("", new string('k', 256), NewEndpoint)).Code.ShouldBe("idempotency.key_invalid");
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_on_two_replicas_make_one_endpoint()
    {
        await using var replica = await Service.ReplicaAsync();
        using var other = replica.ClientOf(_merchant.Id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => PostAsync("", "key", NewEndpoint, i % 2 == 0 ? _client : other)));

        (await CountAsync()).ShouldBe(1);
        answers.ShouldAllBe(a => a.Status == 201 || a.Code == "idempotency.running");
        answers.Count(a => a is { Status: 201, IsReplay: false }).ShouldBe(1);
        (await PostAsync("", "key", NewEndpoint, other)).Body.ShouldBe(answers.First(a => a.Status == 201).Body);
    }

    [Fact]
    public async Task Keys_of_two_merchants_and_of_two_modes_never_meet()
    {
        using var test = Service.ClientOf(_merchant.Id, "test");
        using var other = Service.ClientOf(Merchant.NewId());
        foreach (var client in new[] { _client, test, other })
        {
            var answer = await PostAsync("", "key", NewEndpoint, client);
            (answer.Status, answer.IsReplay).ShouldBe((201, false));
        }
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        (await PostAsync("", "key", """{"url":"ftp://shop.example"}""")).Code.ShouldBe("request.invalid");
        (await PostAsync("", "key", NewEndpoint)).Status.ShouldBe(201);
        (await PostAsync("/whe_01kag/pause", "other")).Status.ShouldBe(404);
        (await Service.InDatabaseAsync(db => db.Answers.IgnoreQueryFilters().CountAsync(Stop))).ShouldBe(1);
    }

    [Fact]
    public async Task While_the_first_one_runs_the_second_is_told_so_and_if_it_died_the_next_one_takes_over()
    {
        var made = await PostAsync("", "key", NewEndpoint);
        await Service.ExecuteAsync($"UPDATE idempotency_keys SET status = NULL, lease_until = now() + interval '1 minute'");
        (await PostAsync("", "key", NewEndpoint)).Code.ShouldBe("idempotency.running");
        await Service.ExecuteAsync($"UPDATE idempotency_keys SET lease_until = now() - interval '1 second'");
        var taken = await PostAsync("", "key", NewEndpoint);
        (taken.Status, taken.IsReplay).ShouldBe((201, false));
        taken.Body.ShouldNotBe(made.Body);
    }

    [Fact]
    public async Task Whoever_was_given_up_meanwhile_changes_nothing()
    {
        // The table is locked, so that the request hangs in the midst of its work; meanwhile its key goes to somebody else.
        await using var scope = Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Persistence.NotificationsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await db.Database.ExecuteSqlAsync($"LOCK TABLE webhook_endpoints IN EXCLUSIVE MODE", Stop);
        var slow = PostAsync("", "key", NewEndpoint);
        var other = Merchant.NewId();
        await Eventually.Within(Service.Deadline, async () => await Service.ExecuteAsync($"UPDATE idempotency_keys SET holder = {other}") == 1, "the key is taken");
        await transaction.CommitAsync(Stop);

        (await slow).Code.ShouldBe("idempotency.running");
        (await CountAsync()).ShouldBe(0);
        (await Service.InDatabaseAsync(d => d.Answers.IgnoreQueryFilters().SingleAsync(Stop))).Holder.ShouldBe(other, "and the key stays where it is");
    }

    [Fact]
    public async Task A_secret_is_rotated_once_and_can_be_read_again()
    {
        var (id, _, tag) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        var first = await PostAsync($"/{id}/rotate-secret", "key", tag: tag);
        var again = await PostAsync($"/{id}/rotate-secret", "key", tag: tag);
        first.Status.ShouldBe(200);
        again.ShouldBe(first with { IsReplay = true });
        (await PostAsync($"/{id}/rotate-secret", "other", tag: tag)).Status.ShouldBe(412);
    }

    [Fact]
    public async Task A_test_event_is_sent_once()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        var going = new TaskCompletionSource();
        Receiver.Say = _ => going.Task;
        var first = PostAsync($"/{id}/test", "key");
        await Eventually.Within(Service.Deadline, () => !Receiver.All.IsEmpty, "the test event");
        (await PostAsync($"/{id}/test", "key")).Code.ShouldBe("idempotency.running");
        going.SetResult();
        var answered = await first;
        answered.Status.ShouldBe(200);
        (await PostAsync($"/{id}/test", "key")).ShouldBe(answered with { IsReplay = true });
        Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_request_with_a_key_sets_going_goes_at_once()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 1, "the event");
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AnyAsync(d => d.State == SendState.Sent, Stop)), "its mark");
        var from = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

        (await PostAsync($"/{id}/replay", "key", $$"""{"from":"{{from}}"}""")).Body.ShouldBe("""{"events":1}""");
        (await PostAsync($"/{id}/replay", "key", $$"""{"from":"{{from}}"}""")).IsReplay.ShouldBeTrue();
        (await PostAsync($"/{id}/pause", "key-2")).Status.ShouldBe(200);
        (await PostAsync($"/{id}/resume", "key-3")).Status.ShouldBe(200);
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 2, "the replay");
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => db.WebhookDeliveries.AllAsync(d => d.State == SendState.Sent, Stop)), "its mark");
        Receiver.All.Select(r => r.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Kept_answers_go_when_their_time_is_over_and_are_worth_nothing_before_they_are_gone()
    {
        var retention = Service.Services.GetServices<IHostedService>().OfType<Retention>().Single();
        var first = await PostAsync("", "key", NewEndpoint);
        await retention.RunOnceAsync(Stop);
        (await PostAsync("", "key", NewEndpoint)).IsReplay.ShouldBeTrue();

        await Service.ExecuteAsync($"UPDATE idempotency_keys SET expires_at = now() - interval '1 second'");
        var anew = await PostAsync("", "key", NewEndpoint.Replace("placed", "delivered", StringComparison.Ordinal));
        (anew.Status, anew.IsReplay).ShouldBe((201, false));
        anew.Body.ShouldNotBe(first.Body);
        await Service.ExecuteAsync($"UPDATE idempotency_keys SET expires_at = now() - interval '1 second'");
        await retention.RunOnceAsync(Stop);
        (await Service.InDatabaseAsync(db => db.Answers.IgnoreQueryFilters().AnyAsync(Stop))).ShouldBeFalse();
    }

    private Task<int> CountAsync() => Service.InDatabaseAsync(db => db.WebhookEndpoints.IgnoreQueryFilters().CountAsync(Stop));

    private async Task<Answered> PostAsync(string path, string key, string? body = null, HttpClient? client = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhook-endpoints" + path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(new(tag));
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await (client ?? _client).SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        var code = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()
            : null;
        return new Answered(
            (int)response.StatusCode, code, code is null ? text : "", response.Headers.ETag?.Tag, response.Headers.Location, response.Headers.Contains("Idempotent-Replayed"));
    }

    private sealed record Answered(int Status, string? Code, string Body, string? Tag, Uri? Location, bool IsReplay);
}
