using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Finding_jobs_Specs(SharedApp shared)
{
    [Fact]
    public async Task Jobs_are_found_by_case_cost_centre_pairs_and_several_states()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", "{}"))["id"]!;
        var (first, firstGuid) = await merchant.PlaceAsync(With(("caseId", its), ("metadata", new JsonObject { ["shop"] = "fr", ["a[b]"] = "c&d=e" })));
        var (second, _) = await merchant.PlaceAsync(With(("costCentre", "FR"), ("metadata", new JsonObject { ["shop"] = "fr" })));
        var (third, _) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(firstGuid);
        await merchant.StateBecomesAsync(first, "in_review");

        (await FoundAsync($"case={its}")).ShouldBe([first]);
        (await FoundAsync("costCentre=FR")).ShouldBe([second]);
        (await FoundAsync("metadata[shop]=fr")).ShouldBe([second, first]);
        (await FoundAsync("metadata[shop]=fr&metadata[a[b]]=c%26d%3De")).ShouldBe([first]);
        (await FoundAsync("metadata%5Bshop%5D=fr&costCentre=FR")).ShouldBe([second]);
        (await FoundAsync("metadata[shop]=de")).ShouldBeEmpty();
        (await FoundAsync("metadata[sho]=fr")).ShouldBeEmpty();
        (await FoundAsync("state=in_review&state=placed")).ShouldBe([third, second, first]);
        (await FoundAsync("state=in_review&state=accepted")).ShouldBe([first]);
        (await FoundAsync("state=accepted")).ShouldBeEmpty();
        await (await merchant.PostAsync($"/v1/jobs/{first}/accept", "{}")).ShouldBeAsync(HttpStatusCode.OK);
        (await FoundAsync("state=accepted")).ShouldBe([first]);
        (await FoundAsync("state=accepted&state=placed")).ShouldBe([third, second, first]);

        async Task<List<string>> FoundAsync(string query) => Calls.Ids(await merchant.GetAsync($"/v1/jobs?{query}"));
    }

    [Theory]
    [InlineData("metadata=fr", "?metadata parameter.unknown")]
    [InlineData("metadata[]=fr", "?metadata[] parameter.unknown")]
    [InlineData("metadata[a]=1&metadata[a]=2", "?metadata[a] parameter.invalid")]
    [InlineData("metadata[a]=%00", "?metadata[a] parameter.invalid")]
    [InlineData("metadata[%00]=a", "?metadata parameter.invalid")]
    [InlineData("case=1", "?case parameter.invalid")]
    [InlineData("state=placed&state=lost", "?state parameter.invalid")]
    [InlineData("expand=deliveries,colour", "?expand expand.unknown")]
    [InlineData("expand=", "?expand expand.unknown")]
    public async Task A_filter_that_makes_no_sense_is_refused(string query, string fault)
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await Calls.FaultsOf(await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/jobs?{query}"))).ShouldBe([fault]);
    }

    [Fact]
    public async Task What_is_expanded_comes_with_the_job()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "R", "customer": {"name": "Mme Martin"}}"""))["id"]!;
        var (first, guid) = await merchant.PlaceAsync(With(("caseId", its)));
        var (second, _) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(guid, "Bonjour !");
        await merchant.StateBecomesAsync(first, "in_review");

        var job = await merchant.GetAsync($"/v1/jobs/{first}?expand=deliveries,price,case");
        ((string)job["deliveries"]![0]!["text"]!, (string)job["case"]!["customer"]!["name"]!, job["price"]!["net"]!.GetValue<int>()).ShouldBe(("Bonjour !", "Mme Martin", 240));
        job["case"]!.AsObject().ContainsKey("thread").ShouldBeFalse();
        var plain = await merchant.GetAsync($"/v1/jobs/{first}?expand=price");
        (plain.ContainsKey("deliveries"), plain.ContainsKey("case")).ShouldBe((false, false));
        (await Calls.FaultsOf(await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/jobs/{first}?expand=x&y=z"))).ShouldBe(["?y parameter.unknown", "?expand expand.unknown"]);

        var list = (await merchant.GetAsync("/v1/jobs?expand=case,deliveries"))["data"]!.AsArray();
        list.Select(j => (string)j!["id"]!).ShouldBe([second, first]);
        list[0]!["deliveries"]!.AsArray().ShouldBeEmpty();
        list[0]!.AsObject().ContainsKey("case").ShouldBeFalse();
        ((string)list[1]!["deliveries"]![0]!["text"]!, (string)list[1]!["case"]!["reference"]!).ShouldBe(("Bonjour !", "R"));
    }

    [Fact]
    public async Task A_job_with_its_case_has_another_tag_once_the_case_was_changed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", "{}"))["id"]!;
        var (job, _) = await merchant.PlaceAsync(With(("caseId", its)));
        var before = (await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/jobs/{job}?expand=case")).Headers.ETag;
        (await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/jobs/{job}?expand=case")).Headers.ETag.ShouldBe(before);
        await (await merchant.EditAsync(HttpMethod.Patch, $"/v1/cases/{its}", """{"customer": {"name": "x"}}""")).ShouldBeAsync(HttpStatusCode.OK);
        (await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/jobs/{job}?expand=case")).Headers.ETag.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("/v1/jobs?metadata[shop]=fr&", "/v1/jobs?metadata[shop]=de&")]
    [InlineData("/v1/jobs?state=placed&", "/v1/jobs?")]
    [InlineData("/v1/jobs?", "/v1/jobs?kind=call&")]
    [InlineData("/v1/jobs?", "/v1/cases?")]
    [InlineData("/v1/cases?", "/v1/jobs?")]
    [InlineData("/v1/cases?", "/v1/cases?state=open&")]
    [InlineData("/v1/templates?", "/v1/glossaries?")]
    [InlineData("/v1/glossaries?", "/v1/templates?")]
    public async Task A_cursor_is_good_for_the_list_and_filters_that_it_came_from(string list, string other)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        for (var i = 0; i < 2; i++)
        {
            await merchant.PlaceAsync(With(("metadata", new JsonObject { ["shop"] = "fr" })));
            await merchant.CreateAsync("/v1/cases", "{}");
            await merchant.CreateAsync("/v1/templates", """{"name": "x", "text": "y"}""");
            await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr"}""");
        }

        var cursor = (string)(await merchant.GetAsync($"{list}limit=1"))["nextCursor"]!;
        Calls.Ids(await merchant.GetAsync($"{list}limit=50&cursor={cursor}")).Count.ShouldBe(1);
        await RefusedAsync(merchant.Live, $"{other}cursor={cursor}");
        await RefusedAsync(merchant.Test, $"{list}cursor={cursor}");
        await RefusedAsync(stranger.Live, $"{list}cursor={cursor}");
        await RefusedAsync(merchant.Live, $"{list}cursor={cursor[..^1]}{(cursor[^1] == 'A' ? 'B' : 'A')}");

        static async Task RefusedAsync(HttpClient client, string path) =>
            (await Calls.FaultsOf(await client.SendAsync(HttpMethod.Get, path))).ShouldBe(["?cursor cursor.invalid"]);
    }

    [Theory]
    [InlineData("/v1/jobs", "?metadata[shop]=fr&state=placed&limit=7")]
    [InlineData("/v1/cases", "?state=open&limit=7")]
    public async Task Pages_neither_skip_nor_repeat_while_many_write_at_once(string path, string query)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var before = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            before.Add(await AddAsync());
        }

        var later = new ConcurrentBag<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                later.Add(await AddAsync());
            }
        })).ToList();

        for (var walk = 0; walk < 4; walk++)
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var page = await merchant.GetAsync($"{path}{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
                seen.AddRange(Calls.Ids(page));
                cursor = (string?)page["nextCursor"];
            }
            while (cursor is not null);

            seen.Distinct().Count().ShouldBe(seen.Count);
            seen.Where(before.Contains).ShouldBe(Enumerable.Reverse(before));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        later.ShouldNotBeEmpty();

        async Task<string> AddAsync() => path == "/v1/jobs"
            ? (await merchant.PlaceAsync(With(("metadata", new JsonObject { ["shop"] = "fr" })))).PublicId
            : (string)(await merchant.CreateAsync(path, "{}"))["id"]!;
    }

    private static JsonObject With(params (string Name, JsonNode Value)[] fields)
    {
        var item = TestMerchant.Item();
        foreach (var (name, value) in fields)
        {
            item[name] = value;
        }

        return item;
    }
}
