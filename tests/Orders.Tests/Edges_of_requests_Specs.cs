using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests;

/// <summary>What clients send besides what the examples show; none of it is an error of ours.</summary>
public class Edges_of_requests_Specs(SharedApp shared)
{
    private const string Greeting = """{"name": "Hello", "language": "de", "text": "Guten Tag {{customer}}, Ihre Nummer ist {{orderNumber}}."}""";

    [Fact]
    public async Task A_time_in_any_zone_is_kept_and_shown_in_UTC()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync();
        var response = await merchant.PostAsync(
            "/v1/api-keys", """{"name": "Shop", "scopes": ["read"], "expiresAt": "2099-12-01T00:00:00.1234567+01:00"}""", client: maker.Client);
        await response.ShouldBeAsync(HttpStatusCode.Created);
        var made = await TestMerchant.BodyOf(response);
        ((string)made["expiresAt"]!).ShouldBe("2099-11-30T23:00:00.123456Z");
        var got = await maker.Client.GetStringAsync(new Uri($"/v1/api-keys/{made["id"]}", UriKind.Relative), TestContext.Current.CancellationToken);
        got.ShouldContain("\"2099-11-30T23:00:00.123456Z\"");
    }

    [Theory]
    [InlineData("""{"customer": null, "orderNumber": 5}""", "/values/customer field.null", "/values/orderNumber field.type")]
    [InlineData("""{"customer": "x", "orderNumber": null}""", "/values/orderNumber field.null")]
    [InlineData("7", "/values field.type")]
    public async Task A_templates_value_that_is_none_is_named_wherever_it_is_sent(string values, params string[] faults)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var template = (string)(await merchant.CreateAsync("/v1/templates", Greeting))["id"]!;
        var item = $$"""{"kind": "translation", "target": "fr", "templateId": "{{template}}", "values": {{values}}}""";
        (await Faults("", $"/v1/templates/{template}/render", $$"""{"values": {{values}}}""")).ShouldBe(faults, ignoreOrder: true);
        foreach (var path in (string[])["/v1/quotes", "/v1/jobs"])
        {
            (await Faults("", path, item)).ShouldBe(faults, ignoreOrder: true);
            (await Faults("/jobs/1", path, $$"""{"jobs": [{"kind": "translation", "source": "de", "target": "fr", "text": "x"}, {{item}}]}""")).ShouldBe(faults, ignoreOrder: true);
        }

        // Besides those of the values themselves there may be some that follow from them.
        async Task<List<string>> Faults(string prefix, string path, string body) =>
            [.. (await Calls.FaultsOf(await merchant.PostAsync(path, body))).Select(f => f[prefix.Length..])
                .Where(f => values != "7" || !f.StartsWith("/values/", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("""{"jobs": [5]}""")]
    [InlineData("""{"jobs": [null]}""")]
    [InlineData("""{"jobs": 5}""")]
    [InlineData("""{"jobs": []}""")]
    public async Task An_order_of_nothing_is_refused(string order)
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", order))).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/price-list")]
    [InlineData("/v1/languages")]
    public async Task HEAD_is_answered_wherever_GET_is(string path)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var head = await merchant.Live.SendAsync(HttpMethod.Head, path);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await merchant.Live.SendAsync(HttpMethod.Head, "/v1/jobs/job_1/cancel")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/v1/jobs/{job}/deliveries?limit=5", "?limit")]
    [InlineData("/v1/jobs/{job}/messages?foo=1", "?foo")]
    [InlineData("/v1/cases/{case}?expand=x", "?expand")]
    [InlineData("/V1/Languages?foo=1", "?foo")]
    [InlineData("/v1/jobs/{job}?foo=1", "?foo")]
    public async Task A_parameter_that_there_is_not_is_named(string path, string pointer)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (job, _) = await merchant.PlaceAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "A"}"""))["id"]!;
        var asked = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{case}", its, StringComparison.Ordinal);
        (await Calls.FaultsOf(await merchant.Live.SendAsync(HttpMethod.Get, asked))).ShouldBe([$"{pointer} parameter.unknown"]);
    }

    [Fact]
    public async Task A_compressed_body_is_refused_in_words_that_help()
    {
        var merchant = await shared.App.NewMerchantAsync();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/v1/jobs"), (HttpMethod.Post, "/v1/cases") })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent([0x1f, 0x8b]) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
            request.Content.Headers.ContentEncoding.Add("gzip");
            var response = await merchant.Live.SendAsync(request, TestContext.Current.CancellationToken);
            await response.ShouldBeAsync(HttpStatusCode.UnsupportedMediaType, "body.encoded");
            ((string)(await TestMerchant.BodyOf(response))["detail"]!).ShouldContain("without Content-Encoding");
        }
    }

    [Fact]
    public async Task White_space_alone_says_nothing()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (job, _) = await merchant.PlaceAsync();
        (await Calls.FaultsOf(await merchant.PostAsync($"/v1/jobs/{job}/messages", """{"text": " \n\t"}"""))).ShouldBe(["/text field.empty"]);
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/templates", """{"name": " ", "text": "\u00a0"}"""))).ShouldBe(["/name field.empty", "/text field.empty"]);
        var refused = await merchant.PostAsync($"/v1/jobs/{job}/cancel", """{"reason": "x"}""");
        ((string)(await TestMerchant.BodyOf(refused))["detail"]!).ShouldNotContain(": .");
    }

    [Fact]
    public async Task Null_takes_away_what_can_be_taken_away()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var path = $"/v1/cases/{(string)(await merchant.CreateAsync("/v1/cases", """
            {"reference": "ORDER-4711", "language": "de", "customer": {"name": "Mme Martin", "greeting": "Bonjour,", "language": "fr"}, "metadata": {"shop": "fr"}}
            """))["id"]!}";
        var patched = await merchant.EditAsync(HttpMethod.Patch, path, """{"reference": null, "customer": {"greeting": null}}""", "application/merge-patch+json");
        await patched.ShouldBeAsync(HttpStatusCode.OK);
        var left = await merchant.GetAsync(path);
        ((string?)left["reference"], (string?)left["customer"]!["name"], (string?)left["customer"]!["greeting"], left["metadata"]!.AsObject().Count)
            .ShouldBe((null, "Mme Martin", null, 1));
        await (await merchant.EditAsync(HttpMethod.Patch, path, """{"customer": null, "metadata": null, "language": null}""")).ShouldBeAsync(HttpStatusCode.OK);
        left = await merchant.GetAsync(path);
        left["customer"]!.ToJsonString().ShouldBe("""{"name":null,"greeting":null,"language":null}""");
        (left["metadata"]!.AsObject().Count, (string?)left["language"]).ShouldBe((0, null));
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Patch, path, """{"state": null}"""))).ShouldBe(["/state field.null"]);

        var template = $"/v1/templates/{(string)(await merchant.CreateAsync("/v1/templates", Greeting))["id"]!}";
        await (await merchant.EditAsync(HttpMethod.Patch, template, """{"language": null}""")).ShouldBeAsync(HttpStatusCode.OK);
        ((string?)(await merchant.GetAsync(template))["language"]).ShouldBeNull();
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Patch, template, """{"name": null, "text": null}"""))).ShouldBe(["/name field.null", "/text field.null"]);
        // On creating, null still means that nothing was given.
        await merchant.CreateAsync("/v1/cases", """{"reference": null, "customer": null}""");
    }

    [Fact]
    public async Task Terms_in_another_format_are_refused_with_those_that_there_are()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "Bikes", "source": "de", "target": "fr"}"""))["id"]!;
        var path = $"/v1/glossaries/{glossary}/terms";
        foreach (var type in (string[])["text/plain", "application/pdf", "application/json5"])
        {
            var refused = await merchant.EditAsync(HttpMethod.Put, path, "x", type);
            await refused.ShouldBeAsync(HttpStatusCode.UnsupportedMediaType, "body.unsupported");
            ((string)(await TestMerchant.BodyOf(refused))["detail"]!).ShouldContain("text/csv");
        }

        await (await merchant.EditAsync(HttpMethod.Put, path, "source,target\na,b\n", "text/csv")).ShouldBeAsync(HttpStatusCode.OK);
        await (await merchant.EditAsync(HttpMethod.Put, path, """{"terms": []}""")).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var template = (string)(await merchant.CreateAsync("/v1/templates", Greeting))["id"]!;
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "Bikes", "source": "de", "target": "fr"}"""))["id"]!;
        var its = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "A"}"""))["id"]!;
        foreach (var path in (string[])[$"/v1/templates/{template}", $"/v1/glossaries/{glossary}", $"/v1/cases/{its}", "/v1/preferences"])
        {
            var read = await merchant.Live.SendAsync(HttpMethod.Get, path);
            var again = await KnownAsync(path, read.Headers.ETag!.ToString());
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
            again.Headers.ETag.ShouldBe(read.Headers.ETag);
            (await KnownAsync(path, "\"99\"")).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        // A case's thread is part of what is read, not of what is edited.
        var tag = (await merchant.Live.SendAsync(HttpMethod.Get, $"/v1/cases/{its}")).Headers.ETag!.ToString();
        var job = TestMerchant.Item();
        job["caseId"] = its;
        await merchant.PlaceAsync(job);
        (await KnownAsync($"/v1/cases/{its}", tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await merchant.Live.SendAsync(HttpMethod.Patch, $"/v1/cases/{its}", """{"reference": "B"}""", tag)).ShouldBeAsync(HttpStatusCode.OK);

        async Task<HttpResponseMessage> KnownAsync(string path, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return await merchant.Live.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_quote_binds_the_terms_of_its_glossary_and_the_customer_of_its_case()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var glossary = (string)(await merchant.CreateAsync(
            "/v1/glossaries", """{"name": "Post", "source": "de", "target": "fr", "terms": [{"source": "Paket", "target": "colis"}]}"""))["id"]!;
        var other = (string)(await merchant.CreateAsync(
            "/v1/glossaries", """{"name": "Other", "source": "de", "target": "fr", "terms": [{"source": "Paket", "target": "paquet"}]}"""))["id"]!;
        var martin = (string)(await merchant.CreateAsync("/v1/cases", """{"customer": {"name": "Mme Martin"}}"""))["id"]!;
        var leroy = (string)(await merchant.CreateAsync("/v1/cases", """{"customer": {"name": "M. Leroy"}}"""))["id"]!;
        var plain = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "A"}"""))["id"]!;

        (await OrderAsync(null, null, glossary, null)).ShouldBe(["/brief/glossaryId quote.mismatch"]);
        (await OrderAsync(glossary, null, null, null)).ShouldBe(["/brief/glossaryId quote.mismatch"]);
        (await OrderAsync(glossary, null, other, null)).ShouldBe(["/brief/glossaryId quote.mismatch"]);
        (await OrderAsync(null, null, null, martin)).ShouldBe(["/caseId quote.mismatch"]);
        (await OrderAsync(null, martin, null, leroy)).ShouldBe(["/caseId quote.mismatch"]);
        (await OrderAsync(glossary, martin, glossary, martin)).ShouldBeEmpty();
        (await OrderAsync(null, null, null, plain)).ShouldBeEmpty();

        async Task<List<string>> OrderAsync(string? quotedGlossary, string? quotedCase, string? glossaryId, string? caseId)
        {
            var quote = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/quotes", Item(quotedGlossary, quotedCase)));
            var item = Item(glossaryId, caseId);
            item["quoteId"] = (string)quote["id"]!;
            var response = await merchant.PostAsync("/v1/jobs", item);
            return response.StatusCode == HttpStatusCode.Created ? [] : await Calls.FaultsOf(response);
        }

        static JsonObject Item(string? glossaryId, string? caseId)
        {
            var item = TestMerchant.Item();
            item["brief"] = new JsonObject { ["formality"] = "formal", ["glossaryId"] = glossaryId };
            item["caseId"] = caseId;
            return item;
        }
    }

    [Fact]
    public async Task The_last_admin_key_is_not_revoked_with_itself()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var first = await merchant.KeyAsync();
        using var reader = await merchant.KeyAsync(scopes: [Scope.Read]);
        var path = $"/v1/api-keys/{PublicId.Format(Ids.Key, first.Id)}";
        await (await first.Client.SendAsync(HttpMethod.Delete, path)).ShouldBeAsync(HttpStatusCode.Conflict, "key.last_admin");
        using var second = await merchant.KeyAsync(scopes: [Scope.Admin]);
        await (await first.Client.SendAsync(HttpMethod.Delete, path)).ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_preferred_translators_the_newest_hundred_stay_so_that_what_was_read_can_be_saved()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var now = TimeProvider.System.GetUtcNow();
        Guid[] known = [.. Enumerable.Range(0, MerchantPreferences.MostTranslators).Select(_ => Guid.CreateVersion7(now))];
        var given = new JsonObject { ["preferredTranslators"] = new JsonArray([.. known.Select(id => (JsonNode)PublicId.Format(Ids.Translator, id))]) };
        await (await merchant.EditAsync(HttpMethod.Put, "/v1/preferences", given.ToJsonString())).ShouldBeAsync(HttpStatusCode.OK);

        var newest = Guid.CreateVersion7(now);
        var (job, id) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(id, translator: newest);
        await merchant.StateBecomesAsync(job, "in_review");
        ((string?)(await merchant.GetAsync($"/v1/jobs/{job}"))["acceptanceDueAt"]).ShouldNotBeNull();
        await (await merchant.PostAsync($"/v1/jobs/{job}/accept", """{"preferTranslator": true}""")).ShouldBeAsync(HttpStatusCode.OK);
        var accepted = await merchant.GetAsync($"/v1/jobs/{job}");
        ((string?)accepted["acceptanceDueAt"]).ShouldBeNull();
        ((string?)accepted["acceptedAt"]).ShouldNotBeNull();

        var read = (await merchant.GetAsync("/v1/preferences"))["preferredTranslators"]!.AsArray();
        read.Select(t => (string)t!).ShouldBe(known.Skip(1).Append(newest).Select(t => PublicId.Format(Ids.Translator, t)));
        given["preferredTranslators"] = read.DeepClone();
        await (await merchant.EditAsync(HttpMethod.Put, "/v1/preferences", given.ToJsonString())).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_says_its_times_as_every_other_answer_does()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var key = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Day, 1, "EUR"));
        var refused = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), client: key.Client));
        ((string)refused["code"]!).ShouldBe("spending_limit.exceeded");
        ((string)refused["resetsAt"]!).ShouldEndWith("Z");
    }
}
