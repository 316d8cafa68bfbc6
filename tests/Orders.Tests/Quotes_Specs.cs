using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Quotes_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_quote_says_price_and_promise_and_orders_nothing()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var client = merchant.With(Scope.Quote);

        var response = await merchant.PostAsync("/v1/quotes", TestMerchant.Item(new string('a', 93)), client: client);

        var quote = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, quote.ToJsonString());
        var id = (string)quote["id"]!;
        id.ShouldStartWith("quo_");
        response.Headers.Location.ShouldBe(new Uri($"/v1/quotes/{id}", UriKind.Relative));
        var item = quote["items"]!.AsArray().ShouldHaveSingleItem()!;
        item["price"]!.ToJsonString().ShouldBe(
            """{"characters":93,"lines":2,"billedLines":2,"ratePerLine":120,"urgencyFactor":1.00,"repetitionFactor":1.00,"net":240,"currency":"EUR","tax":{"category":"S","rate":19.00,"amount":46},"gross":286,"priceList":"2026-1","counting":1}""");
        quote["total"]!.ToJsonString().ShouldBe("""{"net":240,"tax":46,"gross":286,"currency":"EUR"}""");
        // The price list's promise at the latest; how much sooner, other tests' deliveries decide.
        ((DateTimeOffset)item["promise"]!["deliverBy"]! - (DateTimeOffset)quote["createdAt"]!).ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromHours(4));
        ((DateTimeOffset)quote["expiresAt"]!).ShouldBe((DateTimeOffset)quote["createdAt"]! + TimeSpan.FromHours(24));
        JsonNode.Parse(await client.GetStringAsync(new Uri($"/v1/quotes/{id}", UriKind.Relative), TestContext.Current.CancellationToken))!
            .ToJsonString().ShouldBe(quote.ToJsonString());
        (await merchant.GetAsync("/v1/jobs"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quote_is_repeated_under_its_key_and_its_maximum_refuses()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var first = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", TestMerchant.Item(), "q"));
        var again = await merchant.PostAsync("/v1/quotes", TestMerchant.Item(), "q");
        again.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        (await TestMerchant.BodyOf(again)).ToJsonString().ShouldBe(first.ToJsonString());

        var item = TestMerchant.Item();
        item["maxPrice"] = new JsonObject { ["amount"] = 285 };
        item["quoteId"] = (string)first["id"]!;
        var errors = (await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", item)))["errors"]!.AsArray();
        errors.Select(e => $"{e!["pointer"]} {e["code"]}").ShouldBe(["/quoteId field.not_for_quote"]);
        item.Remove("quoteId");
        errors = (await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", item)))["errors"]!.AsArray();
        errors.Select(e => $"{e!["pointer"]} {e["code"]}").ShouldBe(["/maxPrice price.above_maximum"]);
    }

    [Theory]
    [InlineData("translation")]
    [InlineData("summary")]
    [InlineData("formulation")]
    [InlineData("call")]
    public async Task What_was_quoted_is_placed_at_the_quoted_price_with_own_data_added(string kind)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = Item(kind);
        var quote = await QuoteAsync(merchant, item);
        item["quoteId"] = (string)quote["id"]!;
        item["reference"] = "ORDER-4711";
        item["maxPrice"] = new JsonObject { ["amount"] = (int)quote["total"]!["gross"]! };

        var response = await merchant.PostAsync("/v1/jobs", item);

        var job = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, job.ToJsonString());
        job["price"]!.ToJsonString().ShouldBe(quote["items"]![0]!["price"]!.ToJsonString());
        (await merchant.GetAsync($"/v1/quotes/{quote["id"]}"))["usedAt"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("translation", "text", "\"Etwas anderes\"", "/text")]
    [InlineData("translation", "target", "\"en\"", "/target")]
    [InlineData("translation", "source", "\"nl\"", "/source")]
    [InlineData("translation", "urgency", "\"express\"", "/urgency")]
    [InlineData("translation", "kind", "\"summary\"", "/kind")]
    [InlineData("translation", "brief", """{"formality":"informal"}""", "/brief")]
    [InlineData("formulation", "points", """["Paket kommt nie"]""", "/points")]
    [InlineData("formulation", "maxLines", "9", "/maxLines")]
    [InlineData("formulation", "message", "\"Bonjour\"", "/message")]
    [InlineData("call", "number", "\"+33123456780\"", "/call")]
    [InlineData("call", "maxMinutes", "30", "/call")]
    public async Task What_differs_from_the_quote_is_named(string kind, string field, string value, string pointer)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = Item(kind);
        var quote = await QuoteAsync(merchant, item);
        item["quoteId"] = (string)quote["id"]!;
        (kind == "call" ? item["call"]! : item)[field] = JsonNode.Parse(value);

        var response = await merchant.PostAsync("/v1/jobs", item);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await TestMerchant.BodyOf(response))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe((pointer, "quote.mismatch"));
        (await merchant.GetAsync($"/v1/quotes/{quote["id"]}"))["usedAt"].ShouldBeNull();
    }

    [Fact]
    public async Task A_batch_is_bound_as_a_whole()
    {
        var merchant = await shared.App.NewMerchantAsync();
        JsonObject[] items = [TestMerchant.Item("Hallo"), TestMerchant.Item("Danke"), Item("formulation")];
        var quote = await QuoteAsync(merchant, Batch(items));
        quote["items"]!.AsArray().Select(i => (int)i!["price"]!["net"]!).ShouldBe([120, 120, 1200]);
        quote["total"]!.ToJsonString().ShouldBe("""{"net":1440,"tax":274,"gross":1714,"currency":"EUR"}""");
        foreach (var item in items)
        {
            item["quoteId"] = (string)quote["id"]!;
        }

        (await ErrorsAsync(merchant, Batch(items[0], items[1]))).ShouldBe(["/jobs quote.mismatch"]);
        (await ErrorsAsync(merchant, Batch(items[1], items[0], items[2]))).ShouldBe(["/jobs/0/text quote.mismatch", "/jobs/1/text quote.mismatch"]);
        var without = (JsonObject)items[1].DeepClone();
        without.Remove("quoteId");
        (await ErrorsAsync(merchant, Batch(items[0], without, items[2]))).ShouldBe(["/jobs/1/quoteId quote.mismatch"]);
        (await ErrorsAsync(merchant, items[0])).ShouldBe(["/jobs quote.mismatch"]);

        var response = await merchant.PostAsync("/v1/jobs", Batch(items));
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await TestMerchant.BodyOf(response))["data"]!.AsArray().Select(j => (int)j!["price"]!["net"]!).ShouldBe([120, 120, 1200]);
    }

    [Fact]
    public async Task Of_orders_that_come_at_once_one_uses_the_quote_and_a_later_one_is_refused()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["quoteId"] = (string)(await QuoteAsync(merchant, item))["id"]!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => merchant.PostAsync("/v1/jobs", item)));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        var late = await merchant.PostAsync("/v1/jobs", item);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await TestMerchant.BodyOf(late))["code"]!).ShouldBe("quote.used");
        (await merchant.GetAsync("/v1/jobs"))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_order_by_quote_is_repeated_under_its_key_even_when_the_quote_has_expired()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["quoteId"] = (string)(await QuoteAsync(merchant, item))["id"]!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => merchant.PostAsync("/v1/jobs", item, "once")));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        var first = await TestMerchant.BodyOf(answers.First(a => a.StatusCode == HttpStatusCode.Created));

        await ExpireAsync(item);
        var again = await merchant.PostAsync("/v1/jobs", item, "once");

        again.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        (await TestMerchant.BodyOf(again)).ToJsonString().ShouldBe(first.ToJsonString());
        (await merchant.GetAsync("/v1/jobs"))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_quote_and_somebody_elses_place_nothing()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["quoteId"] = (string)(await QuoteAsync(merchant, item))["id"]!;
        (await ErrorsAsync(stranger, item)).ShouldBe(["/quoteId quote.not_found"]);
        (await ErrorsAsync(merchant, item, merchant.Test)).ShouldBe(["/quoteId quote.not_found"]);
        await ExpireAsync(item);
        (await ErrorsAsync(merchant, item)).ShouldBe(["/quoteId quote.expired"]);
    }

    [Fact]
    public async Task Price_tax_and_night_bind_whatever_has_changed_meanwhile()
    {
        // Night in Berlin, summer and winter; after the first price list began.
        var clock = new FakeTimeProvider(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(22), TimeSpan.Zero));
        await using var app = await OrdersApp.StartAsync(shared.Servers, clock);
        var merchant = await app.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["urgency"] = "night";
        var quote = await QuoteAsync(merchant, item);
        ((int)quote["total"]!["net"]!, (int)quote["total"]!["tax"]!).ShouldBe((360, 68));

        var dearer = JsonNode.Parse(PriceList.Initial.ToJson())!;
        dearer["version"] = "2026-2";
        dearer["rates"]!["de-fr"] = 240;
        await app.ScalarAsync<int>("INSERT INTO price_lists (version, document, active_from) VALUES ('2026-2', $1::text::jsonb, $2) RETURNING 1", dearer.ToJsonString(), clock.GetUtcNow());
        await app.ScalarAsync<int>("UPDATE merchants SET country = 'CH' WHERE id = $1 RETURNING 1", merchant.Id);
        clock.Advance(TimeSpan.FromHours(11));
        using var client = merchant.With([.. Scope.All]);

        var unquoted = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), client: client));
        (((int)unquoted["price"]!["net"]!), ((string)unquoted["price"]!["tax"]!["category"]!), ((string)unquoted["price"]!["priceList"]!)).ShouldBe((480, "O", "2026-2"));
        (await ErrorsAsync(merchant, item, client)).ShouldBe(["/urgency urgency.not_now"]);
        item["quoteId"] = (string)quote["id"]!;
        var job = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", item, client: client));

        job["price"]!.ToJsonString().ShouldBe(quote["items"]![0]!["price"]!.ToJsonString());
        ((string)job["price"]!["priceList"]!).ShouldBe("2026-1");
        // Who pays for the night waits by day no longer than everybody else.
        ((DateTimeOffset)job["promise"]!["deliverBy"]!).ShouldBe((DateTimeOffset)job["createdAt"]! + TimeSpan.FromHours(4));
        await Eventually.Passes(TestMerchant.Soon, () =>
        {
            // The relay lives by this clock too.
            clock.Advance(TimeSpan.FromSeconds(1));
            app.Messages.Heard<JobPlaced>().ShouldContain(m => m.Facts.Urgency == "night");
            return Task.CompletedTask;
        });
        var placed = app.Messages.Heard<JobPlaced>().Single(m => m.Facts.Urgency == "night");
        (placed.Country, placed.Price.TaxCents, placed.Price.NetCents).ShouldBe(("DE", 68, 360));
    }

    private static JsonObject Item(string kind)
    {
        var item = kind switch
        {
            "formulation" => Placing_every_kind_Specs.Formulation(),
            "call" => Placing_every_kind_Specs.Call(),
            _ => TestMerchant.Item(),
        };
        item["kind"] = kind;
        return item;
    }

    private static JsonObject Batch(params JsonObject[] items) => new() { ["jobs"] = new JsonArray([.. items.Select(i => i.DeepClone())]) };

    private static async Task<JsonObject> QuoteAsync(TestMerchant merchant, JsonObject body)
    {
        var response = await merchant.PostAsync("/v1/quotes", body);
        var quote = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, quote.ToJsonString());
        return quote;
    }

    private static async Task<string[]> ErrorsAsync(TestMerchant merchant, JsonObject body, HttpClient? client = null)
    {
        var response = await merchant.PostAsync("/v1/jobs", body, client: client);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return [.. (await TestMerchant.BodyOf(response))["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}")];
    }

    private async Task ExpireAsync(JsonObject item)
    {
        PublicId.TryParse("quo", (string)item["quoteId"]!, out var id).ShouldBeTrue();
        await shared.App.ScalarAsync<int>("UPDATE quotes SET expires_at = now() WHERE id = $1 RETURNING 1", id);
    }
}
