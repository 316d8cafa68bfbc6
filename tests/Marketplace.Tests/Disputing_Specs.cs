using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Disputing(Market market) : IClassFixture<Market>
{
    private const string French = "Bonjour, votre colis est là.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_writer_answers_once_a_second_translator_rules_and_orders_draws_the_consequence(bool stands)
    {
        using var writer = await market.TranslatorAsync(1);
        using var ruler = await market.TranslatorAsync(2);
        var (job, delivery) = await RejectedAsync(writer, 1);
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";

        WebUtility.HtmlDecode(await writer.GetAsync("/portal/work")).ShouldContain($"data-disputed=\"{job}\"");
        WebUtility.HtmlDecode(await writer.GetAsync(page)).ShouldContain("Das ist zu kurz.");
        using var empty = await writer.PostAsync(page, $"{page}?handler=Answer", new() { ["Words"] = " " });
        WebUtility.HtmlDecode(await empty.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Bitte schreiben Sie ein paar Worte.");
        using var answered = await writer.PostAsync(page, $"{page}?handler=Answer", new() { ["Words"] = "Kurz ist hier richtig." });
        answered.Headers.Location!.ToString().ShouldBe(page);
        using var twice = await writer.PostWithAsync(await writer.TokenAsync(page), $"{page}?handler=Answer", new() { ["Words"] = "Und noch etwas." });
        twice.Headers.Location!.ToString().ShouldBe("/portal/disputes");

        // Before it is taken on nobody reads a text.
        var before = WebUtility.HtmlDecode(await ruler.GetAsync(page));
        before.ShouldContain("data-part=\"candidate\"");
        before.ShouldNotContain("colis");
        before.ShouldNotContain("zu kurz");
        await TakeAsync(ruler, page);
        var inside = WebUtility.HtmlDecode(await ruler.GetAsync(page));
        foreach (var words in new[] { "Guten Tag, Ihr Paket ist da.", "<mark>Bonjour</mark>", "Das ist zu kurz.", "Kurz ist hier richtig.", "Mme Martin" })
        {
            inside.ShouldContain(words);
        }

        using var undecided = await ruler.PostAsync(page, $"{page}?handler=Rule", new() { ["Words"] = "Weil." });
        WebUtility.HtmlDecode(await undecided.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Bitte wählen Sie eines von beiden.");
        using var ruled = await RuleAsync(ruler, page, stands, "Das sieht man am Satzbau.");
        ruled.Headers.Location!.ToString().ShouldBe(page);
        var told = await market.ToldAsync<RulingGiven>(r => r.DeliveryId == delivery);
        (told.DeliveryStands, told.ComplaintId, told.Version).ShouldBe((stands, null, (await market.JobAsync(job)).Version));
        market.Vault.Open<string>(market.DataKey, delivery, TextPurpose.Ruling, told.Reason).ShouldBe("Das sieht man am Satzbau.");
        WebUtility.HtmlDecode(await writer.GetAsync(page)).ShouldContain("Das sieht man am Satzbau.");
        (await market.JobAsync(job)).State.ShouldBe(JobState.Disputed);

        var now = market.Time.GetUtcNow();
        await market.Recorder.PublishAsync(stands
            ? new DeliveryAccepted(Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(1), null, null, PreferTranslator: false, Automatic: false, now, ByRuling: true)
            : new JobRefunded(Market.Id(job), Market.MerchantId, now));
        await market.IsAsync(Market.Id(job), stands ? JobState.Accepted : JobState.Refunded);
        WebUtility.HtmlDecode(await writer.GetAsync("/portal/work")).ShouldContain(stands ? $"data-done=\"{job}\" data-state=\"accepted\"" : $"data-ended=\"{job}\" data-state=\"refunded\"");
    }

    [Fact]
    public async Task Nobody_rules_against_a_writer_who_could_still_answer()
    {
        using var writer = await market.TranslatorAsync(1);
        using var ruler = await market.TranslatorAsync(2);
        var (_, delivery) = await RejectedAsync(writer, 1);
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
        var own = WebUtility.HtmlDecode(await writer.GetAsync(page));
        own.ShouldContain("Guten Tag, Ihr Paket ist da.");
        own.ShouldContain("entscheidet niemand gegen Sie");
        await TakeAsync(ruler, page);

        using var early = await RuleAsync(ruler, page, stands: false, "Zu kurz.");
        WebUtility.HtmlDecode(await early.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("hat noch nicht geantwortet");
        (await market.App.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.DeliveryId == delivery))).RuledAt.ShouldBeNull();

        (await writer.PostAsync(page, $"{page}?handler=Answer", new() { ["Words"] = "Kurz ist hier richtig." })).Dispose();
        using var ruled = await RuleAsync(ruler, page, stands: false, "Zu kurz.");
        ruled.Headers.Location!.ToString().ShouldBe(page);
    }

    [Fact]
    public async Task Of_two_who_take_a_dispute_and_of_two_who_rule_one_wins()
    {
        using var writer = await market.TranslatorAsync(3);
        var (_, delivery) = await RejectedAsync(writer, 3);
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
        var rulers = await Task.WhenAll(Enumerable.Range(10, 8).Select(i => market.TranslatorAsync(i)));
        var tokens = await Task.WhenAll(rulers.Select(r => r.TokenAsync(page)));

        var taken = await Task.WhenAll(rulers.Zip(tokens, (r, token) => r.PostWithAsync(token, $"{page}?handler=Take", [])));
        taken.Count(a => a.Headers.Location?.ToString() == page).ShouldBe(1);
        var first = rulers[Array.FindIndex(taken, a => a.Headers.Location?.ToString() == page)];
        var second = rulers.First(r => r != first);
        (await second.StatusOfAsync(page)).ShouldBe(HttpStatusCode.NotFound);

        // The first one lets her time pass, and another takes it on; both press at the same moment.
        var firstToken = await first.TokenAsync(page);
        market.Time.Advance(TimeSpan.FromMinutes(121));
        await TakeAsync(second, page);
        var secondToken = await second.TokenAsync(page);
        var rulings = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? first : second).PostWithAsync(
            i % 2 == 0 ? firstToken : secondToken, $"{page}?handler=Rule", new() { ["Stands"] = i % 2 == 0 ? "true" : "false", ["Words"] = "Darum." })));
        rulings.Count(a => a.Headers.Location?.ToString() == page).ShouldBe(1);

        var told = await market.ToldAsync<RulingGiven>(r => r.DeliveryId == delivery);
        told.DeliveryStands.ShouldBeFalse();
        await market.OfferAsync();
        market.Recorder.All<RulingGiven>().Count(r => r.DeliveryId == delivery).ShouldBe(1);
    }

    [Fact]
    public async Task The_writer_strangers_and_the_blocked_never_rule()
    {
        using var writer = await market.TranslatorAsync(4);
        using var outsider = await market.TranslatorAsync(Market.Outsider);
        using var blocked = await market.TranslatorAsync(6);
        var (_, delivery) = await RejectedAsync(writer, 4, new TranslatorPreferences([], [Market.TranslatorId(6)]));
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";

        foreach (var visitor in new[] { outsider, blocked })
        {
            (await visitor.GetAsync("/portal/disputes")).ShouldNotContain(PublicId.Format("dlv", delivery));
            (await visitor.StatusOfAsync(page)).ShouldBe(HttpStatusCode.NotFound);
            using var take = await visitor.PostWithAsync(await visitor.TokenAsync("/portal/disputes"), $"{page}?handler=Take", []);
            take.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var own = await writer.PostWithAsync(await writer.TokenAsync(page), $"{page}?handler=Take", []);
        own.Headers.Location!.ToString().ShouldBe("/portal/disputes");
        using var rule = await RuleAsync(writer, page, stands: true, "Weil es meine ist.");
        rule.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await market.App.ReadAsync(db => db.Disputes.SingleAsync(d => d.DeliveryId == delivery))).ShouldSatisfyAllConditions(
            d => d.RulerId.ShouldBeNull(), d => d.RuledAt.ShouldBeNull());
    }

    [Fact]
    public async Task What_is_given_back_another_can_take_on_and_the_navigation_counts_it()
    {
        using var writer = await market.TranslatorAsync(5);
        using var ruler = await market.TranslatorAsync(7);
        var (_, delivery) = await RejectedAsync(writer, 5);
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
        var counted = Count(await ruler.GetAsync("/portal/work"));
        await TakeAsync(ruler, page);
        using var other = await market.TranslatorAsync(8);
        Count(await other.GetAsync("/portal/work")).ShouldBe(counted - 1);

        using var back = await ruler.PostAsync(page, $"{page}?handler=GiveBack", []);

        back.Headers.Location!.ToString().ShouldBe("/portal/disputes");
        Count(await other.GetAsync("/portal/work")).ShouldBe(counted);
        await TakeAsync(other, page);
    }

    [Fact]
    public async Task Operators_rule_when_nobody_did_for_hours()
    {
        using var writer = await market.TranslatorAsync(9);
        var (_, delivery) = await RejectedAsync(writer, 9);
        var id = PublicId.Format("dlv", delivery);
        using var person = market.App.Visitor();
        await person.SignInAsync(Market.OperatorEmail);
        (await person.GetAsync("/portal/desk")).ShouldNotContain(id);
        WebUtility.HtmlDecode(await person.GetAsync($"/portal/disputes/{id}")).ShouldContain("Translators still have time to rule");
        using var early = await person.PostWithAsync(await person.TokenAsync("/portal/disputes"), $"/portal/disputes/{id}?handler=Take", []);
        early.Headers.Location!.ToString().ShouldBe("/portal/disputes");

        market.Time.Advance(TimeSpan.FromHours(4.1));

        (await person.GetAsync("/portal/desk")).ShouldContain($"href=\"/portal/disputes/{id}\"");
        await TakeAsync(person, $"/portal/disputes/{id}");
        (await person.GetAsync($"/portal/disputes/{id}")).ShouldContain("colis");
        using var ruled = await RuleAsync(person, $"/portal/disputes/{id}", stands: true, "It is fine.");
        ruled.Headers.Location!.ToString().ShouldBe($"/portal/disputes/{id}");
        await market.ToldAsync<RulingGiven>(r => r.DeliveryId == delivery);
        (await person.GetAsync("/portal/desk")).ShouldNotContain(id);
    }

    [Fact]
    public async Task A_contested_complaint_is_ruled_on_while_the_job_stays_accepted()
    {
        using var writer = await market.TranslatorAsync(18);
        using var ruler = await market.TranslatorAsync(19);
        var (job, delivery) = await market.DeliveredAsync(writer, French);
        var (now, complaint) = (market.Time.GetUtcNow(), Guid.CreateVersion7(market.Time.GetUtcNow()));
        await market.Recorder.PublishAsync(new ComplaintReceived(
            Market.Id(job), Market.MerchantId, complaint, delivery, Market.TranslatorId(18), market.Objection(delivery), now.AddHours(24), now));
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Complaints.AnyAsync(c => c.Id == complaint)));
        (await writer.DeliverAsync(job, "Bonjour Madame, votre colis est là.")).Dispose();
        var corrected = await market.NewestAsync(job);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await market.Recorder.PublishAsync(new ComplaintContested(
                Market.Id(job), Market.MerchantId, complaint, corrected, Market.TranslatorId(18), market.Objection(corrected), now));
        }

        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Disputes.AnyAsync(d => d.DeliveryId == corrected)));
        var page = $"/portal/disputes/{PublicId.Format("dlv", corrected)}";
        WebUtility.HtmlDecode(await writer.GetAsync("/portal/work")).ShouldContain($"data-complained=\"{job}\" data-state=\"contested\"");
        await TakeAsync(ruler, page);
        (await RuleAsync(ruler, page, stands: true, "So ist es gut.")).Dispose();

        var told = await market.ToldAsync<RulingGiven>(r => r.DeliveryId == corrected);
        (told.ComplaintId, told.DeliveryStands).ShouldBe((complaint, true));
        (await market.JobAsync(job)).State.ShouldBe(JobState.Accepted);
        WebUtility.HtmlDecode(await writer.GetAsync("/portal/work")).ShouldContain($"data-complained=\"{job}\" data-state=\"dismissed\"");
    }

    [Fact]
    public async Task No_table_holds_a_readable_word_of_question_objection_answer_or_ruling()
    {
        using var writer = await market.TranslatorAsync(20);
        using var ruler = await market.TranslatorAsync(21);
        var job = await market.OfferAsync();
        await writer.ClaimAsync(job);
        (await writer.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Ask", new() { ["Question"] = "Geheimfrage" })).Dispose();
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        await market.Recorder.PublishAsync(market.Wrote(job, "Geheimantwort", question.QuestionId));
        await market.IsAsync(Market.Id(job), JobState.InProgress);
        (await writer.DeliverAsync(job, French)).Dispose();
        var delivery = await market.NewestAsync(job);
        await RejectAsync(job, delivery, 20, "Geheimeinwand");
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
        (await writer.PostAsync(page, $"{page}?handler=Answer", new() { ["Words"] = "Geheimerwiderung" })).Dispose();
        await TakeAsync(ruler, page);
        (await RuleAsync(ruler, page, stands: true, "Geheimgrund")).Dispose();
        await market.ToldAsync<RulingGiven>(r => r.DeliveryId == delivery);

        (await SearchAsync("Geheim")).ShouldBeEmpty();
        // The search would find a word if there were one.
        (await SearchAsync("Translator 1")).ShouldNotBeEmpty();
    }

    private Task<List<string>> SearchAsync(string word) => market.App.ReadAsync(async db =>
    {
        var hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(word));
        var found = new List<string>();
        foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT table_name AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync())
        {
            var rows = await db.Database.SqlQueryRaw<string>(
                string.Concat("SELECT t::text AS \"Value\" FROM \"", table, "\" t WHERE t::text LIKE {0} OR t::text LIKE {1}"), $"%{word}%", $"%{hex}%").ToListAsync();
            found.AddRange(rows.Select(_ => table));
        }

        return found;
    });

    private async Task<(string Job, Guid Delivery)> RejectedAsync(Visitor writer, int translator, TranslatorPreferences? preferences = null)
    {
        var job = await market.OfferAsync(preferences: preferences);
        await writer.ClaimAsync(job);
        (await writer.DeliverAsync(job, French)).Dispose();
        var delivery = await market.NewestAsync(job);
        await RejectAsync(job, delivery, translator, "Das ist zu kurz.");
        return (job, delivery);
    }

    private async Task RejectAsync(string job, Guid delivery, int translator, string note)
    {
        await market.Recorder.PublishAsync(new DeliveryRejected(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(translator), market.Objection(delivery, note, new Passage(0, 7, "Hier.")), market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.Disputed);
    }

    private static async Task TakeAsync(Visitor ruler, string page)
    {
        using var taken = await ruler.PostAsync(page, $"{page}?handler=Take", []);
        taken.Headers.Location!.ToString().ShouldBe(page);
    }

    private static Task<HttpResponseMessage> RuleAsync(Visitor ruler, string page, bool stands, string words) =>
        ruler.PostAsync(page, $"{page}?handler=Rule", new() { ["Stands"] = stands ? "true" : "false", ["Words"] = words });

    private static int Count(string page) =>
        System.Text.RegularExpressions.Regex.Match(page, "id=\"disputes-count\"[^>]*>(\\d+)<") is { Success: true } match
            ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
