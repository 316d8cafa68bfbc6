using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Promises_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_job_is_promised_by_what_jobs_like_it_took_and_the_eta_says_the_same()
    {
        // Pairs that no other spec orders from: what is known of a pair is kept for seconds.
        await using var app = await OrdersApp.StartAsync(shared.Servers);
        var merchant = await app.NewMerchantAsync();
        await SeedAsync(app, "pl", "es", minutes: 40, times: 30, age: "1 day");
        await SeedAsync(app, "pl", "it", minutes: 40, times: 10, age: "1 day");
        await SeedAsync(app, "pl", "nl", minutes: 40, times: 30, age: "31 days");

        (await PromisedAsync(merchant, "es")).ShouldBe(TimeSpan.FromMinutes(40));
        (await PromisedAsync(merchant, "it")).ShouldBe(TimeSpan.FromMinutes(140));
        (await PromisedAsync(merchant, "nl")).ShouldBe(TimeSpan.FromHours(4));
        (await PromisedAsync(merchant, "es", "express")).ShouldBe(TimeSpan.FromMinutes(40));
        (await PromisedAsync(merchant, "nl", "express")).ShouldBe(TimeSpan.FromHours(1));

        var eta = (await merchant.GetAsync("/v1/eta?source=pl&target=es"))["data"]!.AsArray().ShouldHaveSingleItem()!;
        (((string)eta["kind"]!), ((string)eta["urgency"]!), ((int)eta["medianMinutes"]!), ((int)eta["p90Minutes"]!), ((int)eta["samples"]!))
            .ShouldBe(("translation", "standard", 40, 40, 30));
        ((DateTimeOffset)eta["deliverBy"]!).ShouldBe(TimeProvider.System.GetUtcNow().AddMinutes(40), TimeSpan.FromMinutes(1));
        var fromPolish = (await merchant.GetAsync("/v1/eta?source=pl&kind=summary&urgency=express"))["data"]!.AsArray();
        fromPolish.Select(e => (string)e!["target"]!).ShouldBe(["de", "en", "es", "fr", "it", "nl"]);
        fromPolish.ShouldAllBe(e => (int)e!["p90Minutes"]! == 60 && (int)e["samples"]! == 0);
    }

    [Fact]
    public async Task A_first_delivery_is_remembered_once_and_only_a_paid_one()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var (_, tried) = await merchant.PlaceAsync(client: merchant.Test);
        await merchant.DeliverAsync(tried);
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        await Eventually.Passes(TestMerchant.Soon, async () =>
            (await shared.App.ScalarAsync<string>("SELECT state FROM jobs WHERE id = $1", tried)).ShouldBe("in_review"));

        (await shared.App.ScalarAsync<long>(
            "SELECT count(*) FROM delivery_times d JOIN jobs j ON j.id = d.job_id AND j.kind = d.kind AND j.urgency = d.urgency AND j.source = d.source AND j.target = d.target "
            + "WHERE d.job_id = $1 AND d.seconds BETWEEN 0 AND 60 AND d.hour = extract(hour FROM j.created_at AT TIME ZONE 'UTC')", id)).ShouldBe(1);
        (await shared.App.ScalarAsync<long>("SELECT count(*) FROM delivery_times WHERE job_id = $1", tried)).ShouldBe(0);
    }

    [Fact]
    public async Task Any_key_may_ask_and_without_filters_sees_all_pairs()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var client = merchant.With(Scope.Quote);
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri("/v1/eta", UriKind.Relative), TestContext.Current.CancellationToken))!;
        answer["data"]!.AsArray().Count.ShouldBe((await merchant.GetAsync("/v1/price-list"))["rates"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("?lang=de", "?lang parameter.unknown")]
    [InlineData("?source=xx", "?source language.unsupported")]
    [InlineData("?kind=poem&urgency=now", "?kind parameter.invalid, ?urgency parameter.invalid")]
    public async Task Faults_in_the_question_are_named(string query, string expected)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var response = await merchant.Live.GetAsync(new Uri($"/v1/eta{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        string.Join(", ", (await TestMerchant.BodyOf(response))["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}")).ShouldBe(expected);
    }

    [Fact]
    public async Task What_has_served_its_time_is_deleted()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var quotes = new List<string>();
        foreach (var _ in "12")
        {
            quotes.Add((string)(await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", TestMerchant.Item())))["id"]!);
        }

        PublicId.TryParse("quo", quotes[0], out var old).ShouldBeTrue();
        await shared.App.ScalarAsync<int>("UPDATE quotes SET expires_at = now() - interval '31 days' WHERE id = $1 RETURNING 1", old);
        await SeedAsync(shared.App, "nl", "pl", minutes: 40, times: 3, age: "31 days");
        await SeedAsync(shared.App, "nl", "pl", minutes: 40, times: 2, age: "29 days");
        using var cleanup = new OldRows(shared.App.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<OldRows>.Instance);

        (await cleanup.RunAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThanOrEqualTo(7);

        (await merchant.Live.GetAsync(new Uri($"/v1/quotes/{quotes[0]}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await merchant.GetAsync($"/v1/quotes/{quotes[1]}")).ShouldNotBeNull();
        (await shared.App.ScalarAsync<long>("SELECT count(*) FROM delivery_times WHERE source = 'nl' AND target = 'pl'")).ShouldBe(4);
    }

    private static async Task<TimeSpan> PromisedAsync(TestMerchant merchant, string target, string urgency = "standard")
    {
        var item = TestMerchant.Item();
        (item["source"], item["target"], item["urgency"]) = ("pl", target, urgency);
        var body = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", item));
        return (DateTimeOffset)body["promise"]!["deliverBy"]! - (DateTimeOffset)body["createdAt"]!;
    }

    // For this hour and the next: the clock may pass the hour in between.
    private static Task<int> SeedAsync(OrdersApp app, string source, string target, int minutes, int times, string age) => app.ScalarAsync<int>(
        $"""
        WITH seeded AS (
            INSERT INTO delivery_times (job_id, kind, urgency, source, target, hour, seconds, delivered_at)
            SELECT gen_random_uuid(), 'translation', 'standard', $1, $2, extract(hour FROM (now() + interval '1 hour' * h) AT TIME ZONE 'UTC'), 60 * $3, now() - interval '{age}'
            FROM generate_series(1, $4), generate_series(0, 1) AS h
            RETURNING 1)
        SELECT 1
        """,
        source, target, minutes, times);
}
