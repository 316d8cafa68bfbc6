using System.Net;
using System.Text.Json.Nodes;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Refused_orders_Specs(SharedApp shared)
{
    public static TheoryData<string, string> Faults() => new()
    {
        { """{}""", "/kind field.required, /source field.required, /target field.required, /text field.required" },
        { """{"kind":"poem","source":"de","target":"fr","text":"a"}""", "/kind kind.not_offered" },
        { """{"kind":"call","source":"de","target":"fr","text":"a"}""", "/text field.not_for_kind, /call field.required" },
        { """{"kind":"summary","source":"fr","target":"de"}""", "/text field.required" },
        { """{"kind":"summary","source":"fr","target":"de","text":"<p></p>"}""", "/text text.empty" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","points":["b"],"message":"c","maxLines":3,"call":{}}""",
            "/points field.not_for_kind, /message field.not_for_kind, /maxLines field.not_for_kind, /call field.not_for_kind" },
        { """{"kind":"formulation","source":"de","target":"fr"}""", "/points field.required" },
        { """{"kind":"formulation","source":"de","target":"fr","points":[],"maxLines":0}""", "/points field.empty, /maxLines field.range" },
        { """{"kind":"formulation","source":"de","target":"fr","points":["a"," ",5,"b\u0000"],"maxLines":51}""",
            "/points/1 field.empty, /points/2 field.type, /points/3 text.nul, /maxLines field.range" },
        { """{"kind":"formulation","source":"de","target":"fr","points":[7]}""", "/points/0 field.type" },
        { """{"kind":"formulation","source":"de","target":"fr","points":"a","maxLines":"many"}""", "/points field.type, /maxLines field.type" },
        { """{"kind":"call","source":"de","target":"fr","call":{}}""", "/call/number field.required, /call/window field.required, /call/ask field.required" },
        { """{"kind":"call","source":"de","target":"fr","call":{"number":"0123","window":{},"attempts":6,"maxMinutes":61,"ask":[""],"note":"x"}}""",
            "/call/number call.number, /call/window/from field.required, /call/window/to field.required, /call/window/timeZone field.required, "
            + "/call/attempts field.range, /call/maxMinutes field.range, /call/ask/0 field.empty, /call/note field.unknown" },
        { """{"kind":"call","source":"de","target":"fr","call":{"number":"+331234567890123456","window":{"from":"2020-01-01T00:00:00","to":"2020-01-02T00:00:00Z","timeZone":"Romance Standard Time"},"ask":["a"]}}""",
            "/call/number call.number, /call/window/from field.type, /call/window/to call.window_past, /call/window/timeZone timezone.unknown" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","texd":"b"}""", "/texd field.unknown" },
        { """{"kind":"translation","source":"de","target":"fr","text":7}""", "/text field.type" },
        { """{"kind":"translation","source":"de","target":"de","text":"a"}""", "/target pair.same" },
        { """{"kind":"translation","source":"de","target":"xx","text":"a"}""", "/target pair.unsupported" },
        { """{"kind":"translation","source":"xx","target":"de","text":"a"}""", "/source pair.unsupported" },
        { """{"kind":"translation","source":"DE","target":"fr","text":"a"}""", "/source pair.unsupported" },
        { """{"kind":"translation","source":"pl","target":"ja","text":"a"}""", "/target pair.unsupported" },
        { """{"kind":"translation","source":"de","target":"fr","text":""}""", "/text text.empty" },
        { """{"kind":"translation","source":"de","target":"fr","text":" \n\t "}""", "/text text.empty" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a\u0000b"}""", "/text text.nul" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a \ud83d b"}""", "/text text.malformed" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","metadata":{"\ud83d":"x"}}""", "400" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","metadata":{"a\u0000":"x","":"y","b":"\u0000"}}""", "/metadata/a\0 metadata.key, /metadata/ metadata.key, /metadata/b text.nul" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","metadata":{"a":1}}""", "/metadata/a field.type" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","urgency":"yesterday"}""", "/urgency urgency.unknown" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","caseId":"case_1"}""", "/caseId case.not_found" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","quoteId":"quo_1"}""", "/quoteId quote.not_found" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","maxPrice":{"amount":285}}""", "/maxPrice price.above_maximum" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","maxPrice":{"amount":-1,"currency":"USD"}}""", "/maxPrice/amount field.range, /maxPrice/currency currency.unsupported" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","maxPrice":{"amount":2.5}}""", "/maxPrice/amount field.type, /maxPrice/amount field.required" },
        { """{"kind":"translation","source":"de","target":"fr","text":"a","brief":{"formality":"rude","channel":"fax","maxLength":0,"mustSay":[""],"colour":"red"}}""",
            "/brief/colour field.unknown, /brief/formality formality.unknown, /brief/channel channel.unknown, /brief/maxLength field.range, /brief/mustSay/0 field.empty" },
        { """{"jobs":[]}""", "/jobs jobs.count" },
        { """{"jobs":[{"kind":"translation","source":"de","target":"fr","text":"a"},{"kind":"translation","source":"de","target":"fr","text":"b"}],"maxPrice":{"amount":285}}""", "/maxPrice price.above_maximum" },
        { """{"jobs":[{"kind":"translation","source":"de","target":"fr","text":"a","maxPrice":{"amount":1}}],"maxPrice":{"amount":-1}}""", "/maxPrice/amount field.range, /jobs/0/maxPrice price.above_maximum, /maxPrice price.above_maximum" },
        { """{"jobs":[{"kind":"translation","source":"de","target":"fr","text":"a"}],"kind":"translation"}""", "/jobs jobs.mixed" },
        { """{"jobs":[{"kind":"translation","source":"de","target":"fr","text":"a"},5,{"kind":"translation","source":"de","target":"de","text":""}]}""",
            "/jobs/1 field.type, /jobs/2/target pair.same, /jobs/2/text text.empty" },
        { """{"jobs":[{"kind":"translation","source":"de","target":"fr","text":"a","jobs":[]}]}""", "/jobs/0/jobs field.unknown" },
        { """{"jobs":7}""", "/jobs field.type" },
        { """{"kind":""", "400" },
        { """[]""", "400" },
        { """{"kind":"translation","kind":"translation"}""", "400" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_fault_is_named_with_its_place_and_nothing_is_stored(string request, string expected)
    {
        var merchant = await shared.App.NewMerchantAsync();

        var response = await merchant.PostAsync("/v1/jobs", request);

        var body = await TestMerchant.BodyOf(response);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        if (expected == "400")
        {
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body.ToJsonString());
            ((string)body["code"]!).ShouldBe("request.unparsable");
        }
        else
        {
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, body.ToJsonString());
            var found = body["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").ToList();
            found.ShouldBe(Distinct(expected), ignoreOrder: true);
        }

        (await shared.App.ScalarAsync<long>("SELECT count(*) FROM jobs WHERE merchant_id = $1", merchant.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Too_long_is_said_with_both_numbers()
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await merchant.PostAsync("/v1/jobs", TestMerchant.Item(new string('a', 10_000)))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var error = await OnlyErrorAsync(merchant, TestMerchant.Item(new string('a', 10_001)));

        ((string)error["code"]!).ShouldBe("text.too_long");
        ((string)error["detail"]!).ShouldContain("10,001");
        ((string)error["detail"]!).ShouldContain("10,000");
    }

    [Fact]
    public async Task The_price_is_said_when_it_is_above_the_maximum()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["maxPrice"] = new JsonObject { ["amount"] = 286, ["currency"] = "EUR" };
        (await merchant.PostAsync("/v1/jobs", item)).StatusCode.ShouldBe(HttpStatusCode.Created);

        item["maxPrice"]!["amount"] = 285;
        var error = await OnlyErrorAsync(merchant, item);

        ((string)error["code"]!).ShouldBe("price.above_maximum");
        ((string)error["detail"]!).ShouldContain("2.86 EUR");
    }

    [Fact]
    public async Task Supported_targets_are_named()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["target"] = "sv";
        ((string)(await OnlyErrorAsync(merchant, item))["detail"]!).ShouldContain("en, es, fr, it, ja, nl, pl, zh");
    }

    [Theory]
    [InlineData("reference", 120)]
    [InlineData("costCentre", 60)]
    public async Task Own_data_has_its_limits(string field, int most)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item[field] = new string('r', most);
        (await merchant.PostAsync("/v1/jobs", item)).StatusCode.ShouldBe(HttpStatusCode.Created);
        item[field] = new string('r', most + 1);
        ((string)(await OnlyErrorAsync(merchant, item))["pointer"]!).ShouldBe($"/{field}");
    }

    [Fact]
    public async Task Metadata_has_at_most_20_pairs_and_limited_keys_and_values()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["metadata"] = Pairs(20);
        (await merchant.PostAsync("/v1/jobs", item)).StatusCode.ShouldBe(HttpStatusCode.Created);
        item["metadata"] = Pairs(21);
        ((string)(await OnlyErrorAsync(merchant, item))["code"]!).ShouldBe("metadata.too_many");
        item["metadata"] = new JsonObject { [new string('k', 41)] = "v" };
        ((string)(await OnlyErrorAsync(merchant, item))["code"]!).ShouldBe("metadata.key");
        item["metadata"] = new JsonObject { ["k"] = new string('v', 501) };
        ((string)(await OnlyErrorAsync(merchant, item))["code"]!).ShouldBe("field.too_long");

        static JsonObject Pairs(int count) => new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)"v")));
    }

    [Fact]
    public async Task More_than_50_jobs_at_once_are_too_many()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var order = new JsonObject { ["jobs"] = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => TestMerchant.Item())]) };
        ((string)(await OnlyErrorAsync(merchant, order))["code"]!).ShouldBe("jobs.count");
    }

    [Fact]
    public async Task What_is_not_JSON_by_its_media_type_is_a_415()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var form = new StringContent("{}", null, "text/plain");
        var response = await merchant.Live.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = form }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        ((string)(await TestMerchant.BodyOf(response))["code"]!).ShouldBe("body.not_json");
    }

    private static async Task<JsonNode> OnlyErrorAsync(TestMerchant merchant, JsonObject item)
    {
        var response = await merchant.PostAsync("/v1/jobs", item);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return (await TestMerchant.BodyOf(response))["errors"]!.AsArray().ShouldHaveSingleItem()!;
    }

    // The first fault at a place stands, later ones only follow from it.
    private static List<string> Distinct(string faults) => [.. faults.Split(", ").DistinctBy(f => f.Split(' ')[0])];
}
