using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Placing_every_kind_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_formulation_is_priced_by_its_maximum_and_carries_points_message_and_brief()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = Formulation();
        item["maxLines"] = 6;
        item["message"] = "Où est ma commande ?";
        item["brief"] = new JsonObject { ["formality"] = "formal", ["mustSay"] = new JsonArray("désolé") };

        var price = await PriceOfAsync(merchant, item);

        price.ShouldBe((0, 6, 6, 120, 720));
        var content = await ContentAsync(merchant);
        content.Text.ShouldBe("");
        content.Formulation!.Points.ShouldBe(["Paket kommt morgen", "Entschuldigung"]);
        (content.Formulation.Message, content.Formulation.MaxLines).ShouldBe(("Où est ma commande ?", 6));
        content.Brief.MustSay.ShouldBe(["désolé"]);
        content.Call.ShouldBeNull();
    }

    [Fact]
    public async Task A_formulation_without_a_maximum_has_ten_lines()
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await PriceOfAsync(merchant, Formulation())).ShouldBe((0, 10, 10, 120, 1200));
    }

    [Fact]
    public async Task A_summary_is_counted_on_its_text_at_half_the_rate()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item(new string('a', 56));
        (item["kind"], item["source"], item["target"]) = ("summary", "fr", "de");
        (await PriceOfAsync(merchant, item)).ShouldBe((56, 2, 2, 60, 120));
        (await ContentAsync(merchant)).Text.ShouldBe(new string('a', 56));
    }

    [Fact]
    public async Task A_call_costs_its_base_and_the_ordered_minutes_and_carries_what_to_ask()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = Call();
        item["call"]!["maxMinutes"] = 3;

        var response = await merchant.PostAsync("/v1/jobs", item);

        var body = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        // Four line equivalents for the attempts and one for each minute.
        ((int)body["price"]!["billedLines"]!, (int)body["price"]!["net"]!).ShouldBe((7, 840));
        var call = (await ContentAsync(merchant)).Call!;
        (call.Number, call.TimeZone, call.Attempts, call.MaxMinutes).ShouldBe(("+33123456789", "Europe/Paris", 2, 3));
        call.Ask.ShouldBe(["Welche Farbe?"]);
        (call.To - call.From).ShouldBe(TimeSpan.FromHours(8));
        // While the customer may still be rung up, nobody is late.
        ((DateTimeOffset)body["promise"]!["deliverBy"]!).ShouldBe(call.To);
    }

    [Fact]
    public async Task All_kinds_go_in_one_request_and_a_minimum_is_shared_by_pair_and_kind()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var summary = TestMerchant.Item("Ciao");
        (summary["kind"], summary["source"], summary["target"]) = ("summary", "it", "de");
        var order = new JsonObject
        {
            ["jobs"] = new JsonArray(TestMerchant.Item("Hallo"), summary, Formulation(), Call(), TestMerchant.Item("Danke"), summary.DeepClone()),
            ["maxPrice"] = new JsonObject { ["amount"] = 5_000 },
        };
        var response = await merchant.PostAsync("/v1/jobs", order);
        var body = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        body["data"]!.AsArray().Select(j => ((string)j!["kind"]!, (int)j["price"]!["billedLines"]!)).ShouldBe(
            [("translation", 1), ("summary", 1), ("formulation", 10), ("call", 14), ("translation", 1), ("summary", 1)]);
    }

    [Theory]
    [InlineData("to", "+15d", "/call/window/to", "call.window_too_far")]
    [InlineData("to", "-1m", "/call/window/to", "call.window_past")]
    [InlineData("from", "+20h", "/call/window/to", "call.window_empty")]
    [InlineData("from", "0001-01-01T00:00", "/call/window/from", "field.type")]
    [InlineData("timeZone", "Europe/Atlantis", "/call/window/timeZone", "timezone.unknown")]
    [InlineData("timeZone", "../etc/passwd", "/call/window/timeZone", "timezone.unknown")]
    public async Task A_window_that_cannot_be_kept_is_refused(string field, string value, string pointer, string code)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = Call();
        var now = TimeProvider.System.GetUtcNow();
        item["call"]!["window"]![field] = value switch
        {
            "+15d" => now.AddDays(15).ToString("O"),
            "-1m" => now.AddMinutes(-1).ToString("O"),
            "+20h" => now.AddHours(20).ToString("O"),
            _ => value,
        };
        var response = await merchant.PostAsync("/v1/jobs", item);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await TestMerchant.BodyOf(response))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe((pointer, code));
    }

    [Theory]
    [InlineData("points", 20, 500)]
    [InlineData("ask", 10, 500)]
    public async Task Lists_of_points_have_their_limits(string field, int most, int longest)
    {
        var merchant = await shared.App.NewMerchantAsync();
        async Task<HttpStatusCode> Status(int count, int length)
        {
            var item = field == "ask" ? Call() : Formulation();
            var list = new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)new string('p', length))]);
            (field == "ask" ? item["call"]! : item)[field] = list;
            return (await merchant.PostAsync("/v1/jobs", item)).StatusCode;
        }

        (await Status(most, longest)).ShouldBe(HttpStatusCode.Created);
        (await Status(most + 1, longest)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Status(most, longest + 1)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_price_list_tells_the_rates_of_all_kinds()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var list = await merchant.GetAsync("/v1/price-list");
        list["kinds"]!.ToJsonString().ShouldBe("""{"translation":1,"formulation":1,"summary":0.5,"call":1}""");
        ((int)list["callBaseLines"]!, (decimal)list["repetitionShare"]!, (int)list["minimumLines"]!).ShouldBe((4, 0.25m, 2));
        var rate = list["rates"]!.AsArray().Single(r => (string)r!["source"]! == "de" && (string)r["target"]! == "ja")!;
        rate["ratesPerLine"]!.ToJsonString().ShouldBe("""{"translation":180,"formulation":180,"summary":90,"call":180}""");
    }

    internal static JsonObject Formulation() => new()
    {
        ["kind"] = "formulation",
        ["source"] = "de",
        ["target"] = "fr",
        ["points"] = new JsonArray("Paket kommt morgen", "Entschuldigung"),
    };

    internal static JsonObject Call()
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(10);
        return new()
        {
            ["kind"] = "call",
            ["source"] = "de",
            ["target"] = "fr",
            ["call"] = new JsonObject
            {
                ["number"] = "+33123456789",
                ["window"] = new JsonObject { ["from"] = from.ToString("O"), ["to"] = from.AddHours(8).ToOffset(TimeSpan.FromHours(1)).ToString("O"), ["timeZone"] = "Europe/Paris" },
                ["ask"] = new JsonArray("Welche Farbe?"),
            },
        };
    }

    private static async Task<(int Characters, int Lines, int Billed, int Rate, int Net)> PriceOfAsync(TestMerchant merchant, JsonObject item)
    {
        var response = await merchant.PostAsync("/v1/jobs", item);
        var body = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        var price = body["price"]!;
        return ((int)price["characters"]!, (int)price["lines"]!, (int)price["billedLines"]!, (int)price["ratePerLine"]!, (int)price["net"]!);
    }

    private async Task<JobContent> ContentAsync(TestMerchant merchant)
    {
        var placed = await shared.App.Messages.NextAsync<JobPlaced>(m => m.MerchantId == merchant.Id);
        return shared.App.Services.GetRequiredService<TextVault>().Open<JobContent>(placed.DataKey, placed.JobId, TextPurpose.JobContent, placed.Content);
    }
}
