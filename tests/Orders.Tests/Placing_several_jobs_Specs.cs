using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Placing_several_jobs_Specs(SharedApp shared)
{
    [Fact]
    public async Task Jobs_of_one_pair_share_one_minimum_and_are_placed_together()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var english = TestMerchant.Item("Hallo");
        english["target"] = "en";
        var order = new JsonObject { ["jobs"] = new JsonArray(TestMerchant.Item("Hallo"), TestMerchant.Item("Danke"), english) };

        var response = await merchant.PostAsync("/v1/jobs", order, "bundle");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var jobs = (await TestMerchant.BodyOf(response))["data"]!.AsArray();
        jobs.Select(j => (int)j!["price"]!["billedLines"]!).ShouldBe([1, 1, 2]);
        jobs.Select(j => (string)j!["id"]!).Distinct().Count().ShouldBe(3);
        (await merchant.PostAsync("/v1/jobs", order, "bundle")).Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        (await merchant.GetAsync("/v1/jobs"))["data"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_faulty_job_keeps_all_of_them_out()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var order = new JsonObject { ["jobs"] = new JsonArray(TestMerchant.Item(), TestMerchant.Item("")) };
        (await merchant.PostAsync("/v1/jobs", order)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await merchant.GetAsync("/v1/jobs"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bundle_may_have_50_jobs()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var order = new JsonObject { ["jobs"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => TestMerchant.Item($"Zeile {i}"))]) };
        var response = await merchant.PostAsync("/v1/jobs", order);
        (await TestMerchant.BodyOf(response))["data"]!.AsArray().Count.ShouldBe(50);
    }

    [Theory]
    [InlineData("DE", "S", 46)]
    [InlineData("FR", "AE", 0)]
    [InlineData("CH", "O", 0)]
    public async Task Tax_is_that_of_the_merchants_country(string country, string category, int amount)
    {
        var merchant = await shared.App.NewMerchantAsync(country);
        var body = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", TestMerchant.Item()));
        ((string)body["price"]!["tax"]!["category"]!).ShouldBe(category);
        ((int)body["price"]!["tax"]!["amount"]!).ShouldBe(amount);
    }

    [Theory]
    [InlineData("standard", 4)]
    [InlineData("express", 1)]
    public async Task The_promise_is_that_of_the_urgency(string urgency, int hours)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["urgency"] = urgency;
        // A pair in which no other test delivers: what was delivered would shorten the promise.
        (item["source"], item["target"]) = ("pl", "nl");
        var body = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", item));
        ((DateTimeOffset)body["promise"]!["deliverBy"]! - (DateTimeOffset)body["createdAt"]!).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public async Task The_text_rests_nowhere_in_a_form_that_can_be_read()
    {
        const string Text = "Der Schlüssel liegt unter der Fußmatte.";
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item(Text);
        item["brief"] = new JsonObject { ["customerName"] = "Frau Geheimnis" };
        (await merchant.PostAsync("/v1/quotes", item, "quote")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var (_, id) = await merchant.PlaceAsync(item);
        await merchant.DeliverAsync(id, "La clé est sous le paillasson.");
        await merchant.StateBecomesAsync(Zweizeiler.ServiceDefaults.PublicId.Format("job", id), "in_review");

        foreach (var table in new[] { "jobs", "job_texts", "deliveries", "delivery_texts", "outbox_message", "idempotency_keys", "quotes", "delivery_times" })
        {
            var dump = await shared.App.ScalarAsync<string>($"SELECT coalesce(string_agg(t::text, '|'), '') FROM {table} AS t");
            foreach (var word in new[] { "Fußmatte", "Geheimnis", "paillasson" })
            {
                dump.ShouldNotContain(word);
                // A bytea prints as hexadecimal digits.
                dump.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)));
                dump.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(word))[..8])));
            }
        }
    }
}
