using System.Net.Http.Json;
using System.Text.Json;

namespace Zweizeiler.Notifications.Tests;

public sealed class EventLog_Specs(TestServers servers) : IAsyncLifetime
{
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await Service.StartAsync(servers);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Events_that_arrive_backwards_and_twice_are_told_once_and_in_order()
    {
        var merchant = Merchant.New();
        var job = Merchant.NewId();
        foreach (var sequence in new[] { 4, 2, 3, 4, 2 })
        {
            await _service.PublishAsync(merchant.Event(job, sequence));
        }

        using var client = _service.ClientOf(merchant.Id);
        await Eventually.Within(Service.Deadline, async () => await StoredAsync(job) == 3, "three events stored");
        (await TypesAsync(client)).ShouldBeEmpty("the first one is missing");

        await _service.PublishAsync(merchant.Event(job, 1));
        await Eventually.Passes(Service.Deadline, async () =>
            (await TypesAsync(client)).ShouldBe(["job.placed", "job.funded", "job.open", "job.claimed"]));
    }

    [Fact]
    public async Task An_escalation_says_what_was_done_and_no_other_event_has_a_word_for_it()
    {
        var merchant = Merchant.New();
        var job = Merchant.NewId();
        await _service.PublishAsync(merchant.Event(job, 1));
        await _service.PublishAsync(merchant.Event(job, 2) with { Type = "job.escalated", Step = "widened" });
        using var client = _service.ClientOf(merchant.Id);
        await Eventually.Passes(Service.Deadline, async () =>
        {
            var log = await client.GetFromJsonAsync<JsonElement>("/v1/events", TestContext.Current.CancellationToken);
            var events = log.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("data")).ToList();
            events.Count.ShouldBe(2);
            events[0].TryGetProperty("step", out _).ShouldBeFalse();
            events[1].GetProperty("step").GetString().ShouldBe("widened");
        });
    }

    [Fact]
    public async Task Each_event_has_a_number_and_none_is_left_out_on_two_replicas_too()
    {
        const int Jobs = 20;
        await using var replica = await _service.ReplicaAsync();
        var merchant = Merchant.New();
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async _ =>
        {
            var job = Merchant.NewId();
            foreach (var sequence in (int[])[2, 1, 3])
            {
                await _service.PublishAsync(merchant.Event(job, sequence));
            }

            await _service.PublishAsync(merchant.Event(Merchant.NewId(), 1, mode: "test"));
        }));
        foreach (var (mode, count) in ((string, int)[])[("live", Jobs * 3), ("test", Jobs)])
        {
            using var client = _service.ClientOf(merchant.Id, mode);
            await Eventually.Passes(Service.Deadline, async () =>
            {
                var page = await client.GetFromJsonAsync<JsonElement>("/v1/events?limit=100", TestContext.Current.CancellationToken);
                page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("number").GetInt64()).ShouldBe(Enumerable.Range(1, count).Select(n => (long)n));
            });
        }
    }

    [Fact]
    public async Task Another_merchant_and_another_mode_see_nothing_of_it()
    {
        var merchant = Merchant.New();
        await _service.PublishAsync(merchant.Event(Merchant.NewId(), 1));
        await _service.PublishAsync(merchant.Event(Merchant.NewId(), 1, mode: "test"));

        using var live = _service.ClientOf(merchant.Id);
        using var test = _service.ClientOf(merchant.Id, "test");
        using var other = _service.ClientOf(Merchant.NewId());
        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(live)).Count.ShouldBe(1));
        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(test)).Count.ShouldBe(1));
        (await TypesAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_while_events_come_in()
    {
        const int Jobs = 40;
        var merchant = Merchant.New();
        using var client = _service.ClientOf(merchant.Id);
        var telling = Task.WhenAll(Enumerable.Range(0, Jobs).Select(async _ =>
        {
            var job = Merchant.NewId();
            for (var sequence = 1; sequence <= 3; sequence++)
            {
                await _service.PublishAsync(merchant.Event(job, sequence));
            }
        }));

        var seen = new List<string>();
        string? last = null;
        await Eventually.Within(Service.Deadline, async () =>
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/v1/events?limit=7{(last is null ? "" : $"&after={last}")}", TestContext.Current.CancellationToken);
            foreach (var e in page.GetProperty("data").EnumerateArray())
            {
                last = e.GetProperty("id").GetString()!;
                seen.Add(last);
            }

            return seen.Count >= Jobs * 3;
        }, "all events read page by page");
        await telling;

        seen.Distinct().Count().ShouldBe(Jobs * 3);
        var cursorPages = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/v1/events?limit=50{(cursor is null ? "" : $"&cursor={cursor}")}", TestContext.Current.CancellationToken);
            cursorPages.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        cursorPages.ShouldBe(seen, "the log has one order, whoever reads it and when");
    }

    [Fact]
    public async Task Wrong_parameters_and_foreign_cursors_are_named()
    {
        var merchant = Merchant.New();
        for (var i = 0; i < 3; i++)
        {
            await _service.PublishAsync(merchant.Event(Merchant.NewId(), 1));
        }

        using var client = _service.ClientOf(merchant.Id);
        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(client)).Count.ShouldBe(3));
        var page = await client.GetFromJsonAsync<JsonElement>("/v1/events?limit=1", TestContext.Current.CancellationToken);
        var cursor = page.GetProperty("nextCursor").GetString();

        using var other = _service.ClientOf(Merchant.NewId());
        using var foreign = await other.GetAsync($"/v1/events?cursor={cursor}&limit=0&colour=red", TestContext.Current.CancellationToken);
        ((int)foreign.StatusCode).ShouldBe(422);
        var problem = await foreign.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString())
            .ShouldBe(["?colour", "?limit", "?cursor"], ignoreOrder: true);
    }

    private static async Task<List<string>> TypesAsync(HttpClient client)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/v1/events?limit=100", TestContext.Current.CancellationToken);
        return [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];
    }

    private Task<int> StoredAsync(Guid job) => _service.InDatabaseAsync(db => Task.FromResult(
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.IgnoreQueryFilters(db.Events).Count(e => e.JobId == job)));
}
