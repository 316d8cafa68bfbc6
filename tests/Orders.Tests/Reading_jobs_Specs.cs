using System.Net;
using System.Text.Json.Nodes;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Reading_jobs_Specs(SharedApp shared)
{
    [Fact]
    public async Task An_unchanged_job_is_not_sent_twice()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (id, _) = await merchant.PlaceAsync();
        var first = await merchant.Live.GetAsync(new Uri($"/v1/jobs/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await merchant.Live.SendAsync(request, TestContext.Current.CancellationToken);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_while_others_write()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var order = new JsonObject { ["jobs"] = new JsonArray([.. Enumerable.Range(0, 25).Select(i => TestMerchant.Item($"Zeile {i}"))]) };
        var placed = (await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", order)))["data"]!.AsArray().Select(j => (string)j!["id"]!).ToList();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await merchant.GetAsync($"/v1/jobs?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["data"]!.AsArray().Select(j => (string)j!["id"]!));
            cursor = (string?)page["nextCursor"];
            await merchant.PlaceAsync();
        }
        while (cursor is not null);

        seen.Count.ShouldBe(25);
        seen.ShouldBe(placed, ignoreOrder: true);
    }

    [Fact]
    public async Task Lists_are_filtered_by_what_is_asked_for()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["reference"] = "ORDER/47 11";
        var (id, guid) = await merchant.PlaceAsync(item);
        var (other, _) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(guid);
        await merchant.StateBecomesAsync(id, "in_review");

        (await IdsAsync("state=in_review")).ShouldBe([id]);
        (await IdsAsync("state=placed")).ShouldBe([other]);
        (await IdsAsync("reference=ORDER%2F47%2011")).ShouldBe([id]);
        (await IdsAsync("kind=translation")).ShouldBe([other, id]);
        (await IdsAsync("kind=call")).ShouldBeEmpty();
        (await IdsAsync("created[from]=2100-01-01")).ShouldBeEmpty();
        (await IdsAsync("created[to]=2100-01-01T00:00:00Z&created[from]=2000-01-01T00:00:00%2B02:00")).ShouldBe([other, id]);

        async Task<List<string>> IdsAsync(string query) =>
            [.. (await merchant.GetAsync($"/v1/jobs?{query}"))["data"]!.AsArray().Select(j => (string)j!["id"]!)];
    }

    [Theory]
    [InlineData("limit=0", "?limit")]
    [InlineData("limit=101", "?limit")]
    [InlineData("limit=all", "?limit")]
    [InlineData("state=lost", "?state")]
    [InlineData("kind=poem", "?kind")]
    [InlineData("cursor=abc", "?cursor")]
    [InlineData("created[from]=yesterday", "?created[from]")]
    [InlineData("reference=%00", "?reference")]
    [InlineData("colour=red", "?colour")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, string pointer)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var response = await merchant.Live.GetAsync(new Uri($"/v1/jobs?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await TestMerchant.BodyOf(response))["errors"]![0]!["pointer"]!).ShouldBe(pointer);
    }

    [Fact]
    public async Task Languages_and_prices_are_open_to_every_key()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var quoting = merchant.With("quote");
        var languages = await quoting.GetStringAsync(new Uri("/v1/languages", UriKind.Relative), TestContext.Current.CancellationToken);
        JsonNode.Parse(languages)!["data"]!.AsArray().Select(l => (string)l!["code"]!).ShouldBe(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "zh"]);
        var prices = JsonNode.Parse(await quoting.GetStringAsync(new Uri("/v1/price-list", UriKind.Relative), TestContext.Current.CancellationToken))!;
        ((string)prices["version"]!).ShouldBe("2026-1");
        prices["rates"]!.AsArray().Single(r => (string)r!["source"]! == "de" && (string)r["target"]! == "fr")!["ratePerLine"]!.GetValue<int>().ShouldBe(120);
    }
}
