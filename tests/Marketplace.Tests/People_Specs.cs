using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Features.People;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed partial class People(Market market) : IClassFixture<Market>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_enabled_pair_brings_offers_and_one_that_is_not_brings_none()
    {
        var email = PeopleMarket.NewEmail();
        using var her = await market.JoinedAsync(email, "Zofia Lis");
        var id = await IdAsync(email);
        using var person = await market.OperatorAsync();
        var job = await market.OfferAsync(source: "nl", target: "en");
        using var handed = await her.HandInTestAsync("nl-en", "One.", "Two.", "Three.");
        handed.Headers.Location!.ToString().ShouldBe("/portal/profile/pairs");
        (await her.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound, "Nobody has read her texts yet.");
        (await CandidatesAsync(job)).ShouldNotContain(id);

        var test = await TestAsync(id, "nl");
        var page = WebUtility.HtmlDecode(await person.GetAsync($"/portal/desk/tests/{test.Id}"));
        page.ShouldContain("Zofia Lis");
        page.ShouldContain(TestTexts.For("nl")[0].Text);
        page.ShouldContain("data-answer=\"0\"><p class=\"text\">One.</p>");
        using var enabled = await person.PostAsync($"/portal/desk/tests/{test.Id}", $"/portal/desk/tests/{test.Id}?handler=Enable", []);

        enabled.Headers.Location!.ToString().ShouldBe("/portal/desk/tests");
        (await CandidatesAsync(job)).ShouldContain(id);
        (await her.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
        market.Read(await market.MailAsync(email, "pair_enabled")).ShouldBe(new AccountNoticeContent("/portal", "nl-en"));
        // Answers rest sealed.
        test.Answers.ShouldNotBeNull();
        System.Text.Encoding.UTF8.GetString(test.Answers).ShouldNotContain("One.");
        (await ActionsAsync(id)).ShouldBe(["pair_enabled nl-en"]);
    }

    [Fact]
    public async Task A_declined_pair_says_why_and_may_be_asked_for_again_later()
    {
        var email = PeopleMarket.NewEmail();
        using var her = await market.JoinedAsync(email);
        var id = await IdAsync(email);
        using var person = await market.OperatorAsync();
        (await her.HandInTestAsync("es-de", "a", "b", "c")).Dispose();
        var test = await TestAsync(id, "es");
        var path = $"/portal/desk/tests/{test.Id}";

        (await person.PostAsync(path, $"{path}?handler=Decline", new() { ["Word"] = "" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var both = await Task.WhenAll(
            person.PostAsync(path, $"{path}?handler=Decline", new() { ["Word"] = "Zu wörtlich." }),
            person.PostAsync(path, $"{path}?handler=Decline", new() { ["Word"] = "Zu wörtlich." }));
        both.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect);

        market.Read(await market.MailAsync(email, "pair_declined")).ShouldBe(new AccountNoticeContent("/portal/profile/pairs", "es-de"));
        (await ActionsAsync(id)).ShouldBe(["pair_declined es-de: Zu wörtlich."]);
        var page = WebUtility.HtmlDecode(await her.GetAsync("/portal/profile/pairs"));
        page.ShouldContain("Zu wörtlich.");
        using var again = await her.PostAsync("/portal/profile/pairs", "/portal/profile/pairs?handler=Add", new() { ["Source"] = "es", ["Target"] = "de" });
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await market.App.ReadAsync(db => db.PairTests.Where(t => t.Id == test.Id).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.DecidedAt, x => x.DecidedAt - PairTest.AgainAfter), Cancelled));
        (await her.HandInTestAsync("es-de", "a", "b", "c")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Test_texts_can_be_put_by_are_handed_in_once_and_are_hers_alone()
    {
        var email = PeopleMarket.NewEmail();
        using var her = await market.JoinedAsync(email);
        const string path = "/portal/profile/pairs/fr-de";
        (await her.PostAsync("/portal/profile/pairs", "/portal/profile/pairs?handler=Add", new() { ["Source"] = "fr", ["Target"] = "de" })).Dispose();
        (await her.PostManyAsync(path, $"{path}?handler=Save", ("Answers", "Erste"), ("Answers", ""), ("Answers", ""))).Dispose();
        (await her.GetAsync(path)).ShouldContain(">Erste</textarea>");

        using var incomplete = await her.PostManyAsync(path, $"{path}?handler=HandIn", ("Answers", "Erste"), ("Answers", " "), ("Answers", "Dritte"));
        var page = await incomplete.TextAsync();
        PeopleMarket.ErrorAt(page, "answer1").ShouldBe("Dieser Text fehlt noch.");
        page.ShouldContain(">Dritte</textarea>");
        var test = await TestAsync(await IdAsync(email), "fr");
        using var person = await market.OperatorAsync();
        (await person.StatusOfAsync($"/portal/desk/tests/{test.Id}")).ShouldBe(HttpStatusCode.NotFound, "It is not handed in.");

        (await her.PostManyAsync(path, $"{path}?handler=HandIn", ("Answers", "Erste"), ("Answers", "Zweite"), ("Answers", "Dritte"))).Dispose();
        (await her.PostManyAsync(path, $"{path}?handler=Save", ("Answers", "anders"), ("Answers", "anders"), ("Answers", "anders"))).Dispose();

        (await her.GetAsync(path)).ShouldContain("Zweite");
        (await person.GetAsync($"/portal/desk/tests/{test.Id}")).ShouldNotContain("anders");
        using var other = await market.TranslatorAsync(32);
        (await other.StatusOfAsync(path)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Every_language_has_three_texts_of_its_own()
    {
        TestTexts.Languages.ShouldBe(Portal.Words.WordList.For("de").Languages.Keys, ignoreOrder: true);
        TestTexts.Languages.SelectMany(TestTexts.For).Select(t => t.Text).Distinct().Count().ShouldBe(TestTexts.Languages.Count * 3);
        TestTexts.Languages.SelectMany(TestTexts.For).ShouldAllBe(t => t.Text.Length >= 40 && t.Text.Length <= 300);
    }

    [Fact]
    public async Task A_profile_is_kept_told_and_her_number_is_sealed()
    {
        using var her = await market.TranslatorAsync(33);
        var id = Market.TranslatorId(33);
        (string, string)[] form =
        [
            ("Name", "Änne Müller"), ("About", "Fahrräder & Möbel\r\nseit 2010"), ("Native", "de"), ("Working", "fr"), ("Working", "en"), ("Specialities", "Fahrräder, Möbel\nMöbel"),
            ("Kinds", "translation"), ("Kinds", "call"), ("TimeZone", "America/New_York"),
        ];
        using var numberless = await her.PostManyAsync("/portal/profile", "/portal/profile", form);
        var page = await numberless.TextAsync();
        PeopleMarket.ErrorAt(page, "number").ShouldNotBeNull().ShouldContain("brauchen wir Ihre Nummer");
        page.ShouldContain("Änne Müller");
        using var wrong = await her.PostManyAsync("/portal/profile", "/portal/profile", [.. form, ("Number", "0221 123")]);
        PeopleMarket.ErrorAt(await wrong.TextAsync(), "number").ShouldNotBeNull().ShouldContain("Ländervorwahl");

        using var saved = await her.PostManyAsync("/portal/profile", "/portal/profile", [.. form, ("Number", "0049 (221) 765-4321")]);

        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var told = await market.ToldAsync<TranslatorRegistered>(t => t.TranslatorId == id && t.Version == 2);
        (told.DisplayName, told.TimeZone).ShouldBe(("Änne Müller", "America/New_York"));
        var kept = await market.App.ReadAsync(db => db.Translators.AsNoTracking().SingleAsync(t => t.Id == id, Cancelled));
        (kept.About, string.Join('|', kept.Specialities), string.Join('|', kept.WorkingLanguages)).ShouldBe(("Fahrräder & Möbel\nseit 2010", "Fahrräder|Möbel", "en|fr"));
        System.Text.Encoding.Latin1.GetString(kept.OwnNumber!).ShouldNotContain("7654321");
        market.Vault.Open<string>(new(kept.OwnNumberKey!), id, Translator.OwnNumberPurpose, new(kept.OwnNumber!)).ShouldBe("+492217654321");
        page = WebUtility.HtmlDecode(await her.GetAsync("/portal/profile"));
        page.ShouldContain("+49 … 21");
        page.ShouldNotContain("7654321");
        using var person = await market.OperatorAsync();
        (await person.GetAsync($"/portal/desk/people/{id}")).ShouldNotContain("7654321");
        // Saving without a number keeps it; the box forgets it.
        (await her.PostManyAsync("/portal/profile", "/portal/profile", form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await her.PostManyAsync("/portal/profile", "/portal/profile", [.. form.Where(f => f.Item2 != "call"), ("ForgetNumber", "true")])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.App.ReadAsync(db => db.Translators.AnyAsync(t => t.Id == id && t.OwnNumber == null, Cancelled))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_time_zone_that_does_not_exist_is_refused_before_it_stops_offers()
    {
        using var her = await market.TranslatorAsync(34);
        (string, string)[] form = [("Name", "X Y"), ("Native", "de"), ("Kinds", "translation")];
        (await her.PostManyAsync("/portal/profile", "/portal/profile", [.. form, ("TimeZone", "Europe/Atlantis")])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        // All that we offer, the database knows, or the offers of everybody would fail.
        foreach (var zone in TimeZones.Regions.SelectMany(r => r).Where((_, i) => i % 40 == 0))
        {
            (await market.App.ReadAsync(db => TimeZones.IsKnownAsync(db, zone, Cancelled))).ShouldBeTrue(zone);
        }
    }

    [Fact]
    public async Task Hours_follow_her_clock_through_the_change_of_the_clocks()
    {
        const int who = 35;
        using var her = await market.TranslatorAsync(who);
        // Sundays from nine to five, and Saturdays from ten in the evening until two.
        using var saved = await SaveHoursAsync(her, (6, "22:00", "02:00"), (7, "09:00", "17:00"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var job = await market.OfferAsync();

        // In 2027 the clocks of Berlin go forward on 28 March and back on 31 October, both Sundays.
        foreach (var (utc, isAsked) in new[]
        {
            ("2027-03-21T07:59:00Z", false), ("2027-03-21T08:00:00Z", true), ("2027-03-21T15:59:00Z", true), ("2027-03-21T16:00:00Z", false),
            ("2027-03-28T06:59:00Z", false), ("2027-03-28T07:00:00Z", true), ("2027-03-28T14:59:00Z", true), ("2027-03-28T15:00:00Z", false),
            ("2027-03-27T20:59:00Z", false), ("2027-03-27T21:00:00Z", true), ("2027-03-28T00:59:00Z", true), ("2027-03-28T01:00:00Z", false),
            ("2027-10-31T07:59:00Z", false), ("2027-10-31T08:00:00Z", true), ("2027-10-24T07:00:00Z", true), ("2027-10-30T23:30:00Z", true), ("2027-10-31T00:30:00Z", false),
        })
        {
            var at = DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
            (await CandidatesAsync(job, at)).Contains(Market.TranslatorId(who)).ShouldBe(isAsked, utc);
            var rows = await market.App.ReadAsync(db => db.WorkingHours.Where(h => h.TranslatorId == Market.TranslatorId(who)).ToListAsync(Cancelled));
            WorkingWeek.IsAtWork(rows, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), at).ShouldBe(isAsked, $"{utc}: page and database agree");
        }

        var page = await her.GetAsync("/portal/availability");
        Times(page).ShouldBe(["22:00–02:00", "09:00–17:00"]);
        (await SaveHoursAsync(her, isAlways: true)).Dispose();
        (await CandidatesAsync(job)).ShouldContain(Market.TranslatorId(who));
    }

    [Theory]
    [InlineData("09:00", "", "Anfang und Ende an")]
    [InlineData("", "17:00", "Anfang und Ende an")]
    [InlineData("25:00", "26:00", "Anfang und Ende an")]
    [InlineData("09:00", "09:00", "sind gleich")]
    public async Task Hours_that_are_none_are_refused_at_their_day_and_nothing_is_lost(string from, string to, string words)
    {
        using var her = await market.TranslatorAsync(36);
        (await SaveHoursAsync(her, (2, "08:00", "12:00"))).Dispose();

        using var wrong = await SaveHoursAsync(her, (1, "07:00", "08:00"), (3, from, to));
        var page = await wrong.TextAsync();

        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        PeopleMarket.ErrorAt(page, "day3").ShouldNotBeNull().ShouldContain(words);
        page.ShouldContain("value=\"07:00\"");
        Times(await her.GetAsync("/portal/availability")).ShouldBe(["08:00–12:00"]);
        using var none = await SaveHoursAsync(her);
        PeopleMarket.ErrorAt(await none.TextAsync(), "hours").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1 09:00-12:00, 1 11:00-13:00", "1 09:00-13:00")]
    [InlineData("1 00:00-00:00", "1 00:00-00:00")]
    [InlineData("7 22:00-06:00", "7 22:00-06:00")]
    [InlineData("5 22:00-02:00, 6 22:00-02:00", "5 22:00-02:00, 6 22:00-02:00")]
    [InlineData("3 08:00-12:00, 3 13:00-17:00", "3 08:00-12:00, 3 13:00-17:00")]
    public void A_week_is_shown_as_it_was_written(string written, string shown)
    {
        static int Minutes(string clock) => (int.Parse(clock[..2], System.Globalization.CultureInfo.InvariantCulture) * 60) + int.Parse(clock[3..], System.Globalization.CultureInfo.InvariantCulture);
        var stretches = written.Split(", ").Select(w => new Stretch(w[0] - '0', Minutes(w[2..7]), Minutes(w[8..]))).ToList();

        var rows = WorkingWeek.Rows(Guid.Empty, stretches);

        rows.ShouldAllBe(r => r.From < r.To && r.To <= WorkingHours.EndOfDay);
        string.Join(", ", WorkingWeek.Stretches(rows).Select(s => $"{s.Day} {s.From / 60:D2}:{s.From % 60:D2}-{s.To / 60:D2}:{s.To % 60:D2}")).ShouldBe(shown);
    }

    [Fact]
    public async Task A_pause_ends_by_itself_on_the_day_that_was_named()
    {
        const int who = 37;
        using var her = await market.TranslatorAsync(who);
        var job = await market.OfferAsync();
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var back = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(market.Time.GetUtcNow(), berlin).Date.AddDays(3));
        var midnight = new DateTimeOffset(back.ToDateTime(TimeOnly.MinValue), berlin.GetUtcOffset(back.ToDateTime(TimeOnly.MinValue))).ToUniversalTime();
        using var past = await her.PostAsync("/portal/availability", "/portal/availability?handler=Pause", new() { ["Back"] = "2020-01-01" });
        PeopleMarket.ErrorAt(await past.TextAsync(), "back").ShouldNotBeNull();

        (await her.PostAsync("/portal/availability", "/portal/availability?handler=Pause", new() { ["Back"] = back.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) })).Dispose();

        var page = WebUtility.HtmlDecode(await her.GetAsync("/portal/availability"));
        page.ShouldContain("Sie machen Pause. Wieder da:");
        page.ShouldContain("data-at-work=\"false\"");
        (await her.GetAsync("/portal")).ShouldNotContain(job);
        (await CandidatesAsync(job, midnight - TimeSpan.FromSeconds(1))).ShouldNotContain(Market.TranslatorId(who));
        (await CandidatesAsync(job, midnight)).ShouldContain(Market.TranslatorId(who));
        (await her.PostAsync("/portal/availability", "/portal/availability?handler=Resume", [])).Dispose();
        (await CandidatesAsync(job)).ShouldContain(Market.TranslatorId(who));
    }

    [Fact]
    public async Task An_operator_shuts_out_with_a_reason_at_once_everywhere_and_lets_in_again()
    {
        const int who = 38;
        var id = Market.TranslatorId(who);
        using var her = await market.TranslatorAsync(who);
        using var person = await market.OperatorAsync();
        var job = await market.OfferAsync();
        Task<HttpResponseMessage> DoAsync(string what, string reason) =>
            person.PostAsync($"/portal/desk/people/{id}", $"/portal/desk/people/{id}?handler={what}", new() { ["Reason"] = reason });

        (await DoAsync("ShutOut", "")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await her.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK);
        (await DoAsync("ShutOut", "Gives her password away")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await her.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        (await CandidatesAsync(job)).ShouldNotContain(id);
        using var again = market.Stranger();
        using var refused = await again.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = Market.Email(who), ["Password"] = Market.Password });
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = Market.Email(who) })).Dispose();
        (await person.GetAsync("/portal/desk/people?state=shut_out")).ShouldContain(Market.Email(who));
        (await DoAsync("LetIn", "Has changed it")).Dispose();
        await again.SignInAsync(Market.Email(who));
        (await CandidatesAsync(job)).ShouldContain(id);
        (await ActionsAsync(id)).ShouldBe(["shut_out Gives her password away", "let_in Has changed it"]);
        // Only what was asked for after that is sent; mails go out in order.
        (await again.PostAsync("/portal/availability", "/portal/sign-out", [])).Dispose();
        (await again.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = Market.Email(who) })).Dispose();
        await market.MailAsync(Market.Email(who), "reset_password");
        market.Mails(Market.Email(who), "reset_password").Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_operator_opens_and_closes_pairs_pauses_and_sends_a_new_password()
    {
        const int who = 39;
        var id = Market.TranslatorId(who);
        using var person = await market.OperatorAsync();
        var path = $"/portal/desk/people/{id}";
        async Task DoAsync(string what, string pair = "")
        {
            using var answer = await person.PostAsync(path, $"{path}?handler={what}", new() { ["Reason"] = "because", ["Pair"] = pair });
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        await DoAsync("OpenPair", "it-es");
        (await market.App.ReadAsync(db => db.TranslatorPairs.AnyAsync(p => p.TranslatorId == id && p.Source == "it" && p.Target == "es", Cancelled))).ShouldBeTrue();
        await DoAsync("ClosePair", "it-es");
        await DoAsync("ClosePair", "it-es");
        await DoAsync("Pause");
        await DoAsync("Resume");
        await DoAsync("SendPassword");
        (await person.PostAsync(path, $"{path}?handler=OpenPair", new() { ["Reason"] = "because", ["Pair"] = "italian" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await ActionsAsync(id)).ShouldBe(["pair_enabled it-es: because", "pair_closed it-es: because", "paused because", "resumed because", "password_sent because"]);
        market.Read(await market.MailAsync(Market.Email(who), "reset_password")).Path.ShouldNotBeNull().ShouldStartWith("/portal/reset?token=");
        await market.MailAsync(Market.Email(who), "pair_enabled");
        await market.MailAsync(Market.Email(who), "pair_declined");
        market.Mails(Market.Email(who), "pair_declined").Count.ShouldBe(1);
        var self = await IdAsync(Market.OperatorEmail);
        (await person.PostAsync($"/portal/desk/people/{self}", $"/portal/desk/people/{self}?handler=ShutOut", new() { ["Reason"] = "oops" })).Dispose();
        (await person.StatusOfAsync(path)).ShouldBe(HttpStatusCode.OK, "Nobody shuts herself out.");
    }

    [Theory]
    [InlineData("translator4%40", 1)]
    [InlineData("Translator 45", 1)]
    [InlineData("TRANSLATOR45@", 1)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("pl-de", 1)]
    [InlineData("pl → de", 1)]
    public async Task People_are_found_by_name_address_and_pair(string q, int count)
    {
        using var person = await market.OperatorAsync();
        var page = await person.GetAsync($"/portal/desk/people?q={Uri.EscapeDataString(Uri.UnescapeDataString(q))}");
        PersonRow().Count(page).ShouldBe(count);
    }

    [Fact]
    public async Task Long_lists_go_on_without_losing_anybody()
    {
        using var person = await market.OperatorAsync();
        var seen = new HashSet<string>();
        var path = "/portal/desk/people?state=available";
        while (true)
        {
            var page = await person.GetAsync(path);
            PersonRow().Matches(page).Select(m => m.Groups[1].Value).ShouldAllBe(id => seen.Add(id));
            if (More().Match(page) is not { Success: true } more)
            {
                break;
            }

            path = $"/portal/desk/people{WebUtility.HtmlDecode(more.Groups[1].Value)}";
        }

        seen.Count.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("/portal/desk/people")]
    [InlineData("/portal/desk/people/0191e6f0-0000-7000-8000-000000010001")]
    [InlineData("/portal/desk/applications")]
    [InlineData("/portal/desk/tests")]
    [InlineData("/portal/desk/audit")]
    public async Task Operators_pages_are_theirs_alone(string path)
    {
        using var her = await market.TranslatorAsync(40);
        (await her.StatusOfAsync(path)).ShouldBe(HttpStatusCode.Forbidden);
        var token = await her.TokenAsync("/portal/profile");
        foreach (var handler in new[] { "ShutOut", "LetIn", "OpenPair", "Invite", "Accept" })
        {
            using var answer = await her.PostWithAsync(token, $"{path}?handler={handler}", new() { ["Reason"] = "x", ["Pair"] = "es-it", ["Email"] = "x@y.example" });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, handler);
        }

        using var person = await market.OperatorAsync();
        (await person.StatusOfAsync("/portal/profile")).ShouldBe(HttpStatusCode.Forbidden);
        (await person.StatusOfAsync("/portal/security")).ShouldBe(HttpStatusCode.OK);
        (await person.StatusOfAsync($"/portal/desk/people/{Guid.Empty}")).ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<List<Guid>> CandidatesAsync(string job, DateTimeOffset? at = null) => market.App.InScopeAsync(async services =>
    {
        var row = await services.Db().Jobs.AsNoTracking().SingleAsync(j => j.Id == Market.Id(job), Cancelled);
        // Everybody could be asked; who is wanted first is among those that are found.
        row.PreferredIds.AddRange([Market.TranslatorId(35), Market.TranslatorId(37), Market.TranslatorId(38)]);
        return (await services.Of<CandidateSearch>().FindAsync(row, at ?? market.Time.GetUtcNow(), Cancelled)).ConvertAll(c => c.TranslatorId);
    });

    private static Task<HttpResponseMessage> SaveHoursAsync(Visitor her, params (int Day, string From, string To)[] hours) => SaveHoursAsync(her, false, hours);

    private static Task<HttpResponseMessage> SaveHoursAsync(Visitor her, bool isAlways, params (int Day, string From, string To)[] hours)
    {
        var slots = Enumerable.Range(0, 14).Select(i => hours.FirstOrDefault(h => i == (h.Day - 1) * 2)).ToList();
        return her.PostManyAsync(
            "/portal/availability", "/portal/availability?handler=Hours",
            [("Always", isAlways ? "true" : "false"), .. slots.Select(s => ("From", s.From ?? "")), .. slots.Select(s => ("To", s.To ?? ""))]);
    }

    private static List<string> Times(string page) =>
    [
        .. TimeField().Matches(page).Chunk(2).Select(pair => $"{pair[0].Groups[1].Value}–{pair[1].Groups[1].Value}").Where(t => t != "–"),
    ];

    private Task<Guid> IdAsync(string email) => market.App.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancelled));

    private Task<PairTest> TestAsync(Guid translator, string source) => market.App.ReadAsync(db => db.PairTests.AsNoTracking()
        .SingleAsync(t => t.TranslatorId == translator && t.Source == source && (t.State == PairTestState.Given || t.State == PairTestState.Answered), Cancelled));

    private Task<List<string>> ActionsAsync(Guid person) => market.App.ReadAsync(db => db.DeskActions.Where(a => a.PersonId == person)
        .OrderBy(a => a.DoneAt).ThenBy(a => a.Id).Select(a => a.Action + " " + a.Reason).ToListAsync(Cancelled));

    [GeneratedRegex("<tr data-person=\"([^\"]+)\"")]
    private static partial Regex PersonRow();

    [GeneratedRegex("<p class=\"more\"><a class=\"button\" href=\"([^\"]+)\"")]
    private static partial Regex More();

    [GeneratedRegex("<input type=\"time\" name=\"(?:From|To)\"(?: value=\"([^\"]*)\")?")]
    private static partial Regex TimeField();
}
