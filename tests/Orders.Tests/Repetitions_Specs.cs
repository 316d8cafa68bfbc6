using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Repetitions_Specs(SharedApp shared)
{
    private const string Text = "Vielen Dank für Ihre Bestellung! Wir haben sie erhalten und schicken sie morgen ab.";

    [Fact]
    public async Task A_text_that_was_accepted_before_costs_a_quarter_and_says_so()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync(TestMerchant.Item(Text));
        (await PriceAsync(merchant, TestMerchant.Item(Text))).ShouldBe((1m, 240));
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        // Delivered, and may still be refunded.
        (await PriceAsync(merchant, TestMerchant.Item(Text))).ShouldBe((1m, 240));
        (await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (_, repeated) = await merchant.PlaceAsync(TestMerchant.Item(Text));

        (await PriceAsync(merchant, TestMerchant.Item(Text))).ShouldBe((0.25m, 60));
        var placed = await shared.App.Messages.NextAsync<JobPlaced>(m => m.JobId == repeated);
        (placed.Price.RepetitionFactor, placed.Price.NetCents, placed.Price.TranslatorFeeCents, placed.Price.BilledLines).ShouldBe((0.25m, 60, 42, 2));
    }

    [Fact]
    public async Task What_no_reader_sees_makes_no_other_text()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await DeliveredAsync(merchant, TestMerchant.Item("Grüße\nIhr Laden"));
        foreach (var same in new[] { "Grüße\r\nIhr Laden", "  Grüße\nIhr Laden\n", "Grüße\nIhr Laden".Normalize(NormalizationForm.FormD) })
        {
            (await PriceAsync(merchant, TestMerchant.Item(same))).Factor.ShouldBe(0.25m);
        }

        (await PriceAsync(merchant, TestMerchant.Item("Grüße\nIhr  Laden"))).Factor.ShouldBe(1m);
    }

    [Fact]
    public async Task It_is_another_job_for_another_merchant_mode_pair_kind_or_brief()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var other = await shared.App.NewMerchantAsync();
        await DeliveredAsync(merchant, TestMerchant.Item(Text));
        var (english, summary, brief) = (TestMerchant.Item(Text), TestMerchant.Item(Text), TestMerchant.Item(Text));
        english["target"] = "en";
        summary["kind"] = "summary";
        brief["brief"] = new JsonObject { ["formality"] = "formal" };

        (await PriceAsync(merchant, TestMerchant.Item(Text))).Factor.ShouldBe(0.25m);
        (await PriceAsync(other, TestMerchant.Item(Text))).Factor.ShouldBe(1m);
        (await PriceAsync(merchant, TestMerchant.Item(Text), merchant.Test)).Factor.ShouldBe(1m);
        foreach (var item in new[] { english, summary, brief })
        {
            (await PriceAsync(merchant, item)).Factor.ShouldBe(1m, item.ToJsonString());
        }
    }

    [Fact]
    public async Task Of_several_jobs_each_is_looked_at_and_a_summary_can_repeat_too()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var summary = TestMerchant.Item(Text);
        (summary["kind"], summary["source"], summary["target"]) = ("summary", "fr", "de");
        await DeliveredAsync(merchant, summary);
        var order = new JsonObject
        {
            ["jobs"] = new JsonArray(TestMerchant.Item(Text), summary.DeepClone(), Placing_every_kind_Specs.Formulation(), Placing_every_kind_Specs.Call()),
        };
        var jobs = (await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", order)))["data"]!.AsArray();
        jobs.Select(j => (decimal)j!["price"]!["repetitionFactor"]!).ShouldBe([1m, 0.25m, 1m, 1m]);
    }

    [Fact]
    public void Fingerprints_of_two_merchants_or_purposes_never_match()
    {
        var vault = shared.App.Services.GetRequiredService<TextVault>();
        var (one, other) = (vault.CreateDataKey(), vault.CreateDataKey());
        var fingerprint = vault.Fingerprint(one, TextPurpose.Repetition, Text);
        fingerprint.Length.ShouldBe(32);
        vault.Fingerprint(one, TextPurpose.Repetition, Text).ShouldBe(fingerprint);
        vault.Fingerprint(one, TextPurpose.Repetition, Text + " ").ShouldNotBe(fingerprint);
        vault.Fingerprint(one, TextPurpose.Quote, Text).ShouldNotBe(fingerprint);
        vault.Fingerprint(other, TextPurpose.Repetition, Text).ShouldNotBe(fingerprint);
    }

    [Fact]
    public async Task An_order_of_many_jobs_asks_once_and_by_an_index()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await merchant.PlaceAsync(TestMerchant.Item("Wärmt auf, was nur für Sekunden behalten wird."));
        var trace = ActivityTraceId.CreateRandom();
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string sql)
                {
                    asked.Enqueue(sql);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var order = new JsonObject { ["jobs"] = new JsonArray([.. Enumerable.Range(0, 20).Select(i => TestMerchant.Item($"Zeile {i}"))]) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent(order.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        (await merchant.Live.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created);

        asked.ShouldNotBeEmpty();
        var look = asked.Where(sql => sql.Contains("repetition_key", StringComparison.Ordinal) && sql.StartsWith("SELECT", StringComparison.Ordinal)).ShouldHaveSingleItem();
        asked.Count(sql => sql.StartsWith("SELECT", StringComparison.Ordinal)).ShouldBe(1, string.Join("\n---\n", asked));
        look.ShouldContain("state = 'accepted'");

        var plan = await PlanAsync(
            "SELECT DISTINCT repetition_key FROM jobs WHERE merchant_id = gen_random_uuid() AND mode = 'live' AND state = 'accepted' AND finished AND repetition_key IS NOT NULL "
            + "AND repetition_key = ANY (ARRAY[gen_random_uuid()])");
        plan.ShouldContain("ix_jobs_merchant_id_mode_repetition_key");
    }

    private async Task<string> PlanAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(shared.App.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // A table of a few rows is read whole, whatever index there is.
        await using var command = new Npgsql.NpgsqlCommand($"SET enable_seqscan = off; EXPLAIN {sql}", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new StringBuilder();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.AppendLine(reader.GetString(0));
        }

        return plan.ToString();
    }

    private static async Task DeliveredAsync(TestMerchant merchant, JsonObject item)
    {
        var (publicId, id) = await merchant.PlaceAsync(item);
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        (await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(decimal Factor, int Net)> PriceAsync(TestMerchant merchant, JsonObject item, HttpClient? client = null)
    {
        var body = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", item, client: client));
        var price = body["items"]![0]!["price"]!;
        return ((decimal)price["repetitionFactor"]!, (int)price["net"]!);
    }
}
