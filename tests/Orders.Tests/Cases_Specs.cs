using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Cases_Specs(SharedApp shared)
{
    private const string Martin = """
        {"reference": "ORDER-4711", "customer": {"name": "Mme Martin", "greeting": "Bonjour Madame Martin,", "language": "fr"}, "language": "de", "metadata": {"shop": "fr"}}
        """;

    [Theory]
    [InlineData("translation", null, null, "de", "fr")]
    [InlineData("formulation", null, null, "de", "fr")]
    [InlineData("call", null, null, "de", "fr")]
    [InlineData("summary", null, null, "fr", "de")]
    [InlineData("translation", "fr", null, "fr", "de")]
    [InlineData("translation", null, "de", "fr", "de")]
    [InlineData("summary", "de", null, "de", "fr")]
    [InlineData("translation", "en", null, "en", null)]
    [InlineData("translation", "en", "it", "en", "it")]
    public void Languages_of_a_case_fill_what_a_job_does_not_say(string kind, string? source, string? target, string? filledSource, string? filledTarget) =>
        CaseLanguages.Fill(kind, source, target, "de", "fr").ShouldBe((filledSource, filledTarget));

    [Fact]
    public async Task What_a_case_says_once_holds_for_its_jobs()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        ((string)found["state"]!).ShouldBe("open");
        ((string)found["customer"]!["name"]!).ShouldBe("Mme Martin");

        var (id, guid) = await merchant.PlaceAsync(new JsonObject { ["kind"] = "translation", ["text"] = "Ihr Paket kommt morgen.", ["caseId"] = (string)found["id"]! });
        var job = await merchant.GetAsync($"/v1/jobs/{id}");
        ((string)job["source"]!, (string)job["target"]!, (string)job["reference"]!, (string)job["caseId"]!).ShouldBe(("de", "fr", "ORDER-4711", (string)found["id"]!));
        var placed = await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == guid);
        placed.Filing.CaseId.ShouldNotBeNull();
        placed.Preferences.ShouldBeNull();
        var brief = ContentOf(placed).Brief;
        (brief.CustomerName, brief.Greeting).ShouldBe(("Mme Martin", "Bonjour Madame Martin,"));
    }

    [Fact]
    public async Task What_a_job_says_itself_wins()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        var item = JsonNode.Parse($$"""
            {"kind": "translation", "source": "fr", "text": "Où est mon colis ?", "reference": "MINE", "brief": {"customerName": "M. Martin", "tone": "cool"}, "caseId": "{{(string)found["id"]!}}"}
            """)!.AsObject();
        var (id, guid) = await merchant.PlaceAsync(item);
        var job = await merchant.GetAsync($"/v1/jobs/{id}");
        ((string)job["source"]!, (string)job["target"]!, (string)job["reference"]!).ShouldBe(("fr", "de", "MINE"));
        var brief = ContentOf(await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == guid)).Brief;
        (brief.CustomerName, brief.Greeting, brief.Tone).ShouldBe(("M. Martin", "Bonjour Madame Martin,", "cool"));
    }

    [Fact]
    public async Task Who_did_the_last_job_of_a_case_is_asked_first_for_the_next()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        var anna = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var (first, firstGuid) = await merchant.PlaceAsync(InCase(found));
        await merchant.DeliverAsync(firstGuid, translator: anna);
        await merchant.StateBecomesAsync(first, "in_review");
        // Placed, but nobody has done it yet.
        await merchant.PlaceAsync(InCase(found));

        var (_, next) = await merchant.PlaceAsync(InCase(found));
        (await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == next)).Preferences!.CaseTranslatorId.ShouldBe(anna);

        var (_, elsewhere) = await merchant.PlaceAsync(InCase(await merchant.CreateAsync("/v1/cases", Martin)));
        (await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == elsewhere)).Preferences.ShouldBeNull();
    }

    [Fact]
    public async Task The_thread_shows_jobs_and_deliveries_in_the_order_of_time()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        var (first, firstGuid) = await merchant.PlaceAsync(InCase(found));
        await merchant.DeliverAsync(firstGuid, "Votre colis arrive demain.");
        await merchant.StateBecomesAsync(first, "in_review");
        var (second, _) = await merchant.PlaceAsync(InCase(found));
        await merchant.PlaceAsync();

        var read = await merchant.GetAsync($"/v1/cases/{(string)found["id"]!}");
        var thread = read["thread"]!.AsArray();
        thread.Select(e => $"{(string)e!["type"]!} {(string)e["jobId"]!}").ShouldBe([$"job {first}", $"delivery {first}", $"job {second}"]);
        ((string)thread[0]!["job"]!["state"]!).ShouldBe("in_review");
        thread[0]!["job"]!["price"]!["net"]!.GetValue<long>().ShouldBe(240);
        ((string)thread[1]!["delivery"]!["text"]!).ShouldBe("Votre colis arrive demain.");
    }

    [Fact]
    public async Task The_thread_shows_questions_and_answers_where_they_were_written()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        var (job, guid) = await merchant.PlaceAsync(InCase(found));
        var market = new Marketplace(merchant, job, guid);
        await market.ClaimAsync();
        var question = await market.AskAsync("Wie heißt die Kundin?");
        (await merchant.PostAsync($"/v1/jobs/{job}/messages", $$"""{"text": "Frau Martin.", "answers": "{{question}}"}""")).EnsureSuccessStatusCode();
        await market.DeliverAsync();
        await merchant.StateBecomesAsync(job, "in_review");

        var thread = (await merchant.GetAsync($"/v1/cases/{(string)found["id"]!}"))["thread"]!.AsArray();

        thread.Select(e => (string)e!["type"]!).ShouldBe(["job", "message", "message", "delivery"]);
        thread.ShouldAllBe(e => (string)e!["jobId"]! == job);
        ((string)thread[1]!["message"]!["text"]!).ShouldBe("Wie heißt die Kundin?");
        ((string)thread[1]!["message"]!["from"]!).ShouldBe("translator");
        ((string)thread[2]!["message"]!["text"]!).ShouldBe("Frau Martin.");
        ((string)thread[2]!["message"]!["answers"]!).ShouldBe(question);
    }

    [Fact]
    public async Task The_customer_rests_sealed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        PublicId.TryParse(Ids.Case, (string)found["id"]!, out var id).ShouldBeTrue();
        var row = await merchant.App.ScalarAsync<string>("SELECT to_json(c)::text || encode(customer, 'escape') FROM cases c WHERE id = $1", id);
        row.ShouldContain("ORDER-4711");
        row.ShouldNotContain("Martin");
    }

    [Fact]
    public async Task A_change_needs_the_version_that_it_is_made_to()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var path = $"/v1/cases/{(string)(await merchant.CreateAsync("/v1/cases", Martin))["id"]!}";
        var tag = (await merchant.Live.SendAsync(HttpMethod.Get, path)).Headers.ETag!.ToString();
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, "{}")).ShouldBeAsync((HttpStatusCode)428, "precondition.required");
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, "{}", "\"99\"")).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, "{}", $"W/{tag}")).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");

        var changed = await merchant.Live.SendAsync(HttpMethod.Patch, path, """{"customer": {"name": "Mme Leroy", "greeting": ""}, "reference": ""}""", tag);
        await changed.ShouldBeAsync(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().ShouldNotBe(tag);
        var now = await merchant.GetAsync(path);
        ((string?)now["reference"], (string?)now["customer"]!["name"], (string?)now["customer"]!["greeting"], (string?)now["customer"]!["language"])
            .ShouldBe((null, "Mme Leroy", null, "fr"));
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, "{}", tag)).ShouldBeAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Of_many_changes_to_one_version_one_is_made()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var path = $"/v1/cases/{(string)(await merchant.CreateAsync("/v1/cases", Martin))["id"]!}";
        var tag = (await merchant.Live.SendAsync(HttpMethod.Get, path)).Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            merchant.Live.SendAsync(HttpMethod.Patch, path, $$"""{"reference": "R{{i}}"}""", tag)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(11);
    }

    [Fact]
    public async Task A_closed_case_takes_no_jobs_until_it_is_opened_again()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var found = await merchant.CreateAsync("/v1/cases", Martin);
        var path = $"/v1/cases/{(string)found["id"]!}";
        var closed = await TestMerchant.BodyOf(await merchant.PostAsync($"{path}/close", "{}"));
        ((string)closed["state"]!).ShouldBe("closed");
        closed["closedAt"].ShouldNotBeNull();
        (await merchant.Live.SendAsync(HttpMethod.Post, $"{path}/close")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", InCase(found)))).ShouldBe(["/caseId case.closed"]);
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/quotes", InCase(found)))).ShouldBe(["/caseId case.closed"]);
        await (await merchant.EditAsync(HttpMethod.Patch, path, """{"state": "open"}""")).ShouldBeAsync(HttpStatusCode.OK);
        await merchant.PlaceAsync(InCase(found));
    }

    [Fact]
    public async Task A_case_of_somebody_else_or_of_nobody_is_not_found_by_a_job()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var theirs = await (await shared.App.NewMerchantAsync()).CreateAsync("/v1/cases", Martin);
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", InCase(theirs, "de", "fr")))).ShouldBe(["/caseId case.not_found"]);
        var several = new JsonObject
        {
            ["jobs"] = new JsonArray(InCase(theirs, "de", "fr"), TestMerchant.Item(), new JsonObject { ["kind"] = "translation", ["caseId"] = "case_1" }),
        };
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", several))).ShouldBe(
            ["/jobs/0/caseId case.not_found", "/jobs/2/caseId case.not_found", "/jobs/2/source field.required", "/jobs/2/target field.required", "/jobs/2/text field.required"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Cases_are_listed_and_found_by_reference_and_state()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var first = (string)(await merchant.CreateAsync("/v1/cases", Martin))["id"]!;
        var second = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "OTHER"}"""))["id"]!;
        var third = (string)(await merchant.CreateAsync("/v1/cases", "{}"))["id"]!;
        await merchant.PostAsync($"/v1/cases/{second}/close", "{}");

        (await IdsAsync("")).ShouldBe([third, second, first]);
        (await IdsAsync("?reference=ORDER-4711")).ShouldBe([first]);
        (await IdsAsync("?state=closed")).ShouldBe([second]);
        (await IdsAsync("?state=open")).ShouldBe([third, first]);
        (await IdsAsync("?state=open&reference=OTHER")).ShouldBeEmpty();
        (await IdsAsync("?created[from]=2100-01-01")).ShouldBeEmpty();
        (await IdsAsync("?created[to]=2100-01-01&limit=3")).ShouldBe([third, second, first]);
        (await merchant.GetAsync("/v1/cases"))["data"]![2]!.AsObject().ContainsKey("thread").ShouldBeFalse();

        async Task<List<string>> IdsAsync(string query) => Calls.Ids(await merchant.GetAsync($"/v1/cases{query}"));
    }

    [Fact]
    public async Task Every_fault_of_a_case_is_named_at_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var body = $$"""
            {"reference": "{{new string('x', 121)}}", "customer": {"name": "{{new string('x', 201)}}", "language": "xx", "nam": 1}, "language": "DE", "metadata": {"": "x"}, "state": "open"}
            """;
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/cases", body))).ShouldBe(
            ["/customer/nam field.unknown", "/state field.unknown", "/reference field.too_long", "/customer/name field.too_long", "/language language.unknown", "/customer/language language.unknown", "/metadata/ metadata.key"],
            ignoreOrder: true);
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/cases", """{"customer": {"language": "de"}, "language": "de"}"""))).ShouldBe(["/customer/language pair.same"]);
    }

    [Fact]
    public async Task A_repeated_request_makes_one_case_and_shows_its_version_again()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var first = await merchant.PostAsync("/v1/cases", Martin, "case-1");
        var again = await merchant.PostAsync("/v1/cases", Martin, "case-1");
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        Calls.Ids(await merchant.GetAsync("/v1/cases")).Count.ShouldBe(1);
    }

    private JobContent ContentOf(JobPlaced placed) => shared.App.Services.GetRequiredService<TextVault>()
        .Open<JobContent>(placed.DataKey, placed.JobId, TextPurpose.JobContent, placed.Content);

    private static JsonObject InCase(JsonObject found, string? source = null, string? target = null)
    {
        var item = new JsonObject { ["kind"] = "translation", ["text"] = "Ihr Paket kommt morgen.", ["caseId"] = (string)found["id"]! };
        if (source is not null)
        {
            (item["source"], item["target"]) = (source, target);
        }

        return item;
    }
}
