using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Preferences_Specs(SharedApp shared)
{
    private const string Path = "/v1/preferences";

    [Fact]
    public async Task Without_any_everything_is_as_usual_and_can_be_saved()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var read = await merchant.Live.SendAsync(HttpMethod.Get, Path);
        var body = await TestMerchant.BodyOf(read);
        (body["brief"], body["retentionDays"]!.GetValue<int>(), (string)body["notifications"]!["timeZone"]!, body["updatedAt"]).ShouldBe((null, 365, "Europe/Berlin", null));

        await (await merchant.Live.SendAsync(HttpMethod.Put, Path, "{}")).ShouldBeAsync((HttpStatusCode)428, "precondition.required");
        var saved = await merchant.Live.SendAsync(HttpMethod.Put, Path, """{"retentionDays": 30, "brief": {"tone": "friendly"}}""", read.Headers.ETag!.ToString());
        await saved.ShouldBeAsync(HttpStatusCode.OK);
        await (await merchant.Live.SendAsync(HttpMethod.Put, Path, "{}", read.Headers.ETag!.ToString())).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");
        body = await merchant.GetAsync(Path);
        (body["retentionDays"]!.GetValue<int>(), (string)body["brief"]!["tone"]!).ShouldBe((30, "friendly"));

        // As a whole: what is not said goes back.
        await (await merchant.Live.SendAsync(HttpMethod.Put, Path, "{}", saved.Headers.ETag!.ToString())).ShouldBeAsync(HttpStatusCode.OK);
        body = await merchant.GetAsync(Path);
        (body["retentionDays"]!.GetValue<int>(), body["brief"]).ShouldBe((365, null));
    }

    [Fact]
    public async Task Of_many_that_save_the_first_preferences_one_does()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var tag = (await merchant.Live.SendAsync(HttpMethod.Get, Path)).Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => merchant.Live.SendAsync(HttpMethod.Put, Path, $$"""{"retentionDays": {{100 + i}}}""", tag)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
    }

    [Fact]
    public async Task Every_job_follows_them()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (anna, ben) = (NewTranslator(), NewTranslator());
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr", "terms": [{"source": "Paket", "target": "colis"}]}"""))["id"]!;
        // A job before, so that "no preferences" is what is remembered.
        await merchant.PlaceAsync();
        await (await merchant.EditAsync(HttpMethod.Put, Path, $$"""
            {"brief": {"formality": "formal", "tone": "friendly", "mustSay": ["Danke"], "mustNotPromise": ["a refund"]},
             "preferredTranslators": ["{{PublicId.Format(Ids.Translator, anna)}}"], "blockedTranslators": ["{{PublicId.Format(Ids.Translator, ben)}}"], "glossaries": {"de-fr": "{{glossary}}"} }
            """)).ShouldBeAsync(HttpStatusCode.OK);

        var item = TestMerchant.Item();
        item["brief"] = new JsonObject { ["tone"] = "cool", ["mustSay"] = new JsonArray(), ["mood"] = "angry" };
        var (_, guid) = await merchant.PlaceAsync(item);
        var placed = await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == guid);
        (placed.Preferences!.Preferred.Single(), placed.Preferences.Blocked.Single(), placed.Preferences.CaseTranslatorId).ShouldBe((anna, ben, null));
        var content = shared.App.Services.GetRequiredService<TextVault>().Open<JobContent>(placed.DataKey, guid, TextPurpose.JobContent, placed.Content);
        (content.Brief.Formality, content.Brief.Tone, content.Brief.Mood, content.Brief.MustSay.Count, content.Brief.MustNotPromise.Single())
            .ShouldBe(("formal", "cool", "angry", 0, "a refund"));
        content.Terms!.Single().Target.ShouldBe("colis");

        (_, guid) = await merchant.PlaceAsync(client: merchant.Test);
        (await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == guid)).Preferences.ShouldBeNull();
    }

    [Fact]
    public async Task A_glossary_that_is_deleted_is_nobodys_default_any_more()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr", "terms": [{"source": "Paket", "target": "colis"}]}"""))["id"]!;
        await (await merchant.EditAsync(HttpMethod.Put, Path, $$"""{"glossaries": {"de-fr": "{{glossary}}"} }""")).ShouldBeAsync(HttpStatusCode.OK);
        var (_, guid) = await merchant.PlaceAsync();
        (await Glossaries_Specs.TermsOf(merchant, guid))!.Count.ShouldBe(1);
        await (await merchant.EditAsync(HttpMethod.Delete, $"/v1/glossaries/{glossary}")).ShouldBeAsync(HttpStatusCode.NoContent);
        (await merchant.GetAsync(Path))["glossaries"]!.AsObject().ShouldBeEmpty();
        (_, guid) = await merchant.PlaceAsync();
        (await Glossaries_Specs.TermsOf(merchant, guid)).ShouldBeNull();
    }

    [Fact]
    public async Task Terms_that_are_replaced_hold_for_the_next_job()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr", "terms": [{"source": "Paket", "target": "colis"}]}"""))["id"]!;
        var item = TestMerchant.Item();
        item["brief"] = new JsonObject { ["glossaryId"] = glossary };
        await merchant.PlaceAsync(item);
        await (await merchant.EditAsync(HttpMethod.Put, $"/v1/glossaries/{glossary}/terms", "source,target\nPaket,paquet", "text/csv")).ShouldBeAsync(HttpStatusCode.OK);
        var (_, guid) = await merchant.PlaceAsync(item.DeepClone().AsObject());
        (await Glossaries_Specs.TermsOf(merchant, guid))!.Single().Target.ShouldBe("paquet");
    }

    [Fact]
    public async Task Who_is_preferred_on_accepting_is_asked_first_from_then_on()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (anna, ben) = (NewTranslator(), NewTranslator());
        await (await merchant.EditAsync(HttpMethod.Put, Path, $$"""{"retentionDays": 30, "blockedTranslators": ["{{PublicId.Format(Ids.Translator, ben)}}"]}""")).ShouldBeAsync(HttpStatusCode.OK);
        await AcceptAsync(anna, prefer: true);
        await AcceptAsync(anna, prefer: true);
        await AcceptAsync(NewTranslator(), prefer: false);
        await AcceptAsync(ben, prefer: true);

        var preferences = await merchant.GetAsync(Path);
        preferences["preferredTranslators"]!.AsArray().Select(t => (string)t!).ShouldBe([PublicId.Format(Ids.Translator, anna), PublicId.Format(Ids.Translator, ben)]);
        preferences["blockedTranslators"]!.AsArray().ShouldBeEmpty();
        preferences["retentionDays"]!.GetValue<int>().ShouldBe(30);
        var (_, next) = await merchant.PlaceAsync();
        (await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == next)).Preferences!.Preferred.ShouldBe([anna, ben]);

        async Task AcceptAsync(Guid translator, bool prefer)
        {
            var (job, guid) = await merchant.PlaceAsync();
            await merchant.DeliverAsync(guid, translator: translator);
            await merchant.StateBecomesAsync(job, "in_review");
            await (await merchant.PostAsync($"/v1/jobs/{job}/accept", new JsonObject { ["preferTranslator"] = prefer })).ShouldBeAsync(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_first_preference_may_come_from_accepting()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var anna = NewTranslator();
        var (job, guid) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(guid, translator: anna);
        await merchant.StateBecomesAsync(job, "in_review");
        await (await merchant.PostAsync($"/v1/jobs/{job}/accept", """{"preferTranslator": true}""")).ShouldBeAsync(HttpStatusCode.OK);
        var preferences = await merchant.GetAsync(Path);
        (preferences["preferredTranslators"]!.AsArray().Count, preferences["retentionDays"]!.GetValue<int>(), preferences["glossaries"]!.AsObject().Count).ShouldBe((1, 365, 0));
        await (await merchant.EditAsync(HttpMethod.Put, Path, "{}")).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_language_or_time_zone_is_told_to_those_who_write()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await (await merchant.EditAsync(HttpMethod.Put, Path, """{"notifications": {"locale": "en", "timeZone": "Europe/Paris"}}""")).ShouldBeAsync(HttpStatusCode.OK);
        var told = await merchant.App.Messages.NextAsync<MerchantRegistered>(m => m.MerchantId == merchant.Id);
        (told.Version, told.Locale, told.TimeZone).ShouldBe((2, "en", "Europe/Paris"));
        ((string)(await merchant.GetAsync(Path))["notifications"]!["locale"]!).ShouldBe("en");

        var tag = (await merchant.Test.SendAsync(HttpMethod.Get, Path)).Headers.ETag!.ToString();
        (await Calls.FaultsOf(await merchant.Test.SendAsync(HttpMethod.Put, Path, """{"notifications": {"locale": "de"}}""", tag))).ShouldBe(["/notifications notifications.live_only"]);
    }

    [Fact]
    public async Task The_default_brief_rests_sealed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await (await merchant.EditAsync(HttpMethod.Put, Path, """{"brief": {"tone": "friendly"}}""")).ShouldBeAsync(HttpStatusCode.OK);
        (await merchant.App.ScalarAsync<string>("SELECT encode(brief, 'escape') FROM merchant_preferences WHERE merchant_id = $1", merchant.Id)).ShouldNotContain("friendly");
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var anna = PublicId.Format(Ids.Translator, NewTranslator());
        var theirs = (string)(await (await shared.App.NewMerchantAsync()).CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr"}"""))["id"]!;
        var mine = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr"}"""))["id"]!;
        var body = $$"""
            {"brief": {"formality": "odd", "customerName": "x"}, "retentionDays": 6, "preferredTranslators": ["{{anna}}", "trn_1"], "blockedTranslators": ["{{anna}}"],
             "glossaries": {"de": "{{mine}}", "de-fr": "{{theirs}}", "de-it": "{{mine}}", "fr-de": "x"}, "notifications": {"locale": "fr", "timeZone": "Mars/Base"} }
            """;
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Put, Path, body))).ShouldBe(
            [
                "/brief/customerName field.unknown", "/brief/formality formality.unknown", "/retentionDays field.range", "/preferredTranslators/1 translator.id", "/blockedTranslators/0 translator.both",
                "/notifications/locale locale.unknown", "/notifications/timeZone timezone.unknown", "/glossaries/de pair.invalid", "/glossaries/fr-de glossary.not_found",
                "/glossaries/de-fr glossary.not_found", "/glossaries/de-it glossary.pair",
            ],
            ignoreOrder: true);
    }

    private static Guid NewTranslator() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
