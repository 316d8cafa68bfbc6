using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.People;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Joining(Market market) : IClassFixture<Market>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_invited_makes_an_account_and_the_other_services_learn_of_her()
    {
        var email = PeopleMarket.NewEmail("o'neill+work");
        var link = await market.InviteAsync(email);
        using var her = market.Stranger();
        var page = await her.GetAsync(link);
        WebUtility.HtmlDecode(page).ShouldContain(email);

        using var answer = await her.JoinAsync(link, " Siân   O’Neill ");

        answer.Headers.Location!.ToString().ShouldBe("/portal/profile/pairs");
        (await her.GetAsync("/portal")).ShouldContain("data-action=\"availability\"");
        var told = await market.ToldAsync<TranslatorRegistered>(t => t.Email == email);
        (told.DisplayName, told.Locale, told.TimeZone, told.Version).ShouldBe(("Siân O’Neill", "de", "Europe/Berlin", 1));
        var account = await AccountAsync(email);
        (account.Id, account.EmailConfirmed).ShouldBe((told.TranslatorId, true));
        (await market.App.ReadAsync(db => db.Standings.AnyAsync(s => s.TranslatorId == account.Id, Cancelled))).ShouldBeTrue();
        using var again = market.App.Visitor();
        await again.SignInAsync(email);
    }

    [Fact]
    public async Task A_link_works_once_and_what_the_database_holds_does_not_open_it()
    {
        var email = PeopleMarket.NewEmail();
        var link = await market.InviteAsync(email);
        using var first = market.Stranger();
        using var second = market.Stranger();
        var token = await second.TokenAsync("/portal/sign-in");
        (await first.JoinAsync(link)).Dispose();

        using var page = await second.Http.GetAsync(link, Cancelled);
        using var form = await second.PostWithAsync(token, "/portal/join", new() { ["token"] = PeopleMarket.TokenOf(link), ["Name"] = "X", ["Password"] = Market.Password });

        page.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await page.TextAsync()).ShouldContain("id=\"link-ended\"");
        form.StatusCode.ShouldBe(HttpStatusCode.Gone);
        var hash = await market.App.ReadAsync(db => db.MailedLinks.Where(l => l.Email == email).Select(l => l.TokenHash).SingleAsync(Cancelled));
        (await second.StatusOfAsync($"/portal/join?token={System.Buffers.Text.Base64Url.EncodeToString(hash)}")).ShouldBe(HttpStatusCode.Gone);
        foreach (var odd in new[] { "", "x", new string('a', 43), new string('ü', 43), $"{PeopleMarket.TokenOf(link)}A", new string('=', 43) })
        {
            (await second.StatusOfAsync($"/portal/join?token={Uri.EscapeDataString(odd)}")).ShouldBe(HttpStatusCode.Gone, odd);
        }
    }

    [Fact]
    public async Task Of_many_who_use_one_invitation_at_once_on_two_replicas_one_joins()
    {
        var email = PeopleMarket.NewEmail();
        var link = await market.InviteAsync(email);
        var other = market.StartReplica();
        var visitors = Enumerable.Range(0, 8).Select(i => market.Stranger(i % 2 == 0 ? market.App : other)).ToList();
        var tokens = await Task.WhenAll(visitors.Select(v => v.TokenAsync(link)));

        var answers = await Task.WhenAll(visitors.Select((v, i) => v.PostWithAsync(
            tokens[i], "/portal/join", new() { ["token"] = PeopleMarket.TokenOf(link), ["Name"] = $"Number {i}", ["Password"] = Market.Password, ["TimeZone"] = "Europe/Berlin" })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Where(a => a.StatusCode != HttpStatusCode.Redirect).ShouldAllBe(a => a.StatusCode == HttpStatusCode.Gone || a.StatusCode == HttpStatusCode.Conflict);
        (await market.App.ReadAsync(db => db.Users.CountAsync(u => u.Email == email, Cancelled))).ShouldBe(1);
        (await market.App.ReadAsync(db => db.Translators.CountAsync(t => db.Users.Any(u => u.Id == t.Id && u.Email == email), Cancelled))).ShouldBe(1);
    }

    [Fact]
    public async Task Two_invitations_of_one_address_make_one_account()
    {
        var email = PeopleMarket.NewEmail();
        var first = await market.InviteAsync(email);
        var second = await market.InviteAsync(email, nth: 2);
        using var her = market.Stranger();

        (await her.StatusOfAsync(first)).ShouldBe(HttpStatusCode.Gone);
        (await her.JoinAsync(second)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_invitation_ends_and_can_be_taken_back()
    {
        var (late, unwanted) = (PeopleMarket.NewEmail(), PeopleMarket.NewEmail());
        var (lateLink, unwantedLink) = (await market.InviteAsync(late), await market.InviteAsync(unwanted));
        (await market.MailAsync(late, "invitation")).ValidUntil!.Value.ShouldBe(market.Time.GetUtcNow() + TimeSpan.FromDays(14), TimeSpan.FromMinutes(5));
        using var person = await market.OperatorAsync();
        var id = await market.App.ReadAsync(db => db.MailedLinks.Where(l => l.Email == unwanted).Select(l => l.Id).SingleAsync(Cancelled));
        (await person.PostAsync("/portal/desk/applications", "/portal/desk/applications?handler=Uninvite", new() { ["Id"] = id.ToString() })).Dispose();
        using var her = market.Stranger();

        (await her.StatusOfAsync(unwantedLink)).ShouldBe(HttpStatusCode.Gone);
        (await her.StatusOfAsync(lateLink)).ShouldBe(HttpStatusCode.OK);
        await market.App.ReadAsync(db => db.MailedLinks.Where(l => l.Email == late).ExecuteUpdateAsync(
            l => l.SetProperty(x => x.ExpiresAt, market.Time.GetUtcNow()), Cancelled));
        (await her.StatusOfAsync(lateLink)).ShouldBe(HttpStatusCode.Gone);
        (await ActionsAsync(id)).ShouldBe(["invited", "uninvited"]);
    }

    [Theory]
    [InlineData("", "long enough to be one", "name", "Name")]
    [InlineData("Jana", "", "password", "wählen Sie ein Passwort")]
    [InlineData("Jana", "too short", "password", "mindestens 10 Zeichen")]
    [InlineData("Jana", "aaaaaaaaaaaaaaa", "password", "errät man zu leicht")]
    [InlineData("Jana", "passwort123", "password", "errät man zu leicht")]
    [InlineData("Janakowska", "Janakowska1!", "password", "errät man zu leicht")]
    public async Task What_is_wrong_stands_at_its_field_and_the_link_is_still_good(string name, string password, string field, string words)
    {
        var email = PeopleMarket.NewEmail();
        var link = await market.InviteAsync(email);
        using var her = market.Stranger();

        using var wrong = await her.JoinAsync(link, name, password);
        var page = await wrong.TextAsync();

        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        PeopleMarket.ErrorAt(page, field).ShouldNotBeNull().ShouldContain(words);
        (password.Length > 0 && page.Contains($"value=\"{password}\"", StringComparison.Ordinal)).ShouldBeFalse("Passwords do not come back.");
        (name.Length == 0 || page.Contains($"value=\"{name}\"", StringComparison.Ordinal)).ShouldBeTrue("What was typed stays.");
        (await her.JoinAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_application_is_read_once_its_address_is_confirmed_and_accepted_it_leads_to_an_account()
    {
        var email = PeopleMarket.NewEmail("amelie");
        using var her = market.Stranger();
        using var person = await market.OperatorAsync();
        using var sent = await ApplyAsync(her, email);
        sent.Headers.Location!.ToString().ShouldBe("/portal/apply?sent=True");
        var mail = await market.MailAsync(email, "confirm_email");
        // A stranger could have written any name.
        mail.DisplayName.ShouldBeNull();
        (await person.GetAsync("/portal/desk/applications")).ShouldNotContain(email);

        var confirm = market.Read(mail).Path!;
        (await her.GetAsync(confirm)).ShouldContain("data-action=\"confirm\"");
        (await person.GetAsync("/portal/desk/applications")).ShouldNotContain(email, customMessage: "Looking at a link is not confirming it.");
        using var confirmed = await her.PostAsync(confirm, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(confirm) });
        (await confirmed.TextAsync()).ShouldContain("id=\"applied\"");
        var desk = WebUtility.HtmlDecode(await person.GetAsync("/portal/desk/applications"));
        desk.ShouldContain(email);
        desk.ShouldContain("de\u00A0→\u00A0fr");
        var id = await market.App.ReadAsync(db => db.Applications.Where(a => a.Email == email).Select(a => a.Id).SingleAsync(Cancelled));
        (await person.PostAsync("/portal/desk/applications", "/portal/desk/applications?handler=Accept", new() { ["Id"] = id.ToString(), ["Word"] = "Wir freuen uns!" })).Dispose();

        var welcome = await market.MailAsync(email, "application_accepted");
        (market.Read(welcome).Note, welcome.DisplayName).ShouldBe(("Wir freuen uns!", "Amélie Roux"));
        var link = market.Read(welcome).Path!;
        (await her.GetAsync(link)).ShouldContain("value=\"Am&#xE9;lie Roux\"".Replace("&#xE9;", "é", StringComparison.Ordinal));
        (await her.JoinAsync(link, "Amélie Roux")).Dispose();
        var translator = await market.App.ReadAsync(db => db.Translators.SingleAsync(t => db.Users.Any(u => u.Id == t.Id && u.Email == email), Cancelled));
        (translator.NativeLanguages, translator.WorkingLanguages, translator.Kinds).ShouldBe((["fr"], ["de"], ["translation", "summary"]), Comparer);
        (await her.GetAsync("/portal/profile/pairs")).ShouldContain("data-test=\"de-fr\" data-state=\"given\"");
        (await ActionsAsync(id)).ShouldBe(["accepted"]);
    }

    [Fact]
    public async Task A_declined_application_is_told_with_a_word_and_decided_once()
    {
        var email = PeopleMarket.NewEmail();
        var id = await AppliedAsync(email);
        using var person = await market.OperatorAsync();
        Task<HttpResponseMessage> Decide(string how, string word) =>
            person.PostAsync("/portal/desk/applications", $"/portal/desk/applications?handler={how}", new() { ["Id"] = id.ToString(), ["Word"] = word });

        using var wordless = await Decide("Decline", " ");
        wordless.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wordless.TextAsync()).ShouldContain("Please add a word");
        (await Decide("Decline", "Zurzeit leider nicht.")).Dispose();
        (await Decide("Accept", "")).Dispose();

        market.Read(await market.MailAsync(email, "application_declined")).ShouldBe(new AccountNoticeContent(null, "Zurzeit leider nicht."));
        (await ActionsAsync(id)).ShouldBe(["declined"]);
        market.Mails(email).Select(m => m.Kind).ShouldNotContain("application_accepted");
        // She may try again later.
        await AppliedAsync(email, nth: 2);
    }

    [Fact]
    public async Task A_stranger_does_not_learn_whose_address_is_known()
    {
        var (known, unknown) = (Market.Email(30), PeopleMarket.NewEmail());
        using var one = market.Stranger();
        using var two = market.Stranger();
        foreach (var (page, fields) in new[] { ("/portal/apply", Application()), ("/portal/forgot", []) })
        {
            async Task<(HttpStatusCode, string?, string)> AskAsync(Visitor visitor, string email)
            {
                using var answer = await visitor.PostManyAsync(page, page, [.. fields, ("Email", email)]);
                return (answer.StatusCode, answer.Headers.Location?.ToString(), PeopleMarket.MainOf(await visitor.GetAsync($"{page}?sent=true")));
            }

            (await AskAsync(one, known)).ShouldBe(await AskAsync(two, unknown), page);
        }

        // To the owner alone it is said, behind the link.
        var link = await market.LinkAsync(known, "confirm_email");
        using var owner = market.Stranger();
        using var confirmed = await owner.PostAsync(link, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(link) });
        (await confirmed.TextAsync()).ShouldContain("id=\"has-account\"");
        await market.MailAsync(known, "reset_password");
        market.Mails(unknown).Select(m => m.Kind).ShouldBe(["confirm_email"]);
        // Both left the same rows behind.
        (await market.App.ReadAsync(db => db.MailedLinks.CountAsync(l => l.Email == unknown, Cancelled))).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_mails()
    {
        var email = PeopleMarket.NewEmail();
        for (var i = 0; i < 5; i++)
        {
            using var stranger = market.Stranger();
            (await ApplyAsync(stranger, email)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        // A later mail to another address shows that all of them have gone out.
        using var last = market.Stranger();
        var marker = PeopleMarket.NewEmail();
        (await ApplyAsync(last, marker)).Dispose();
        await market.MailAsync(marker, "confirm_email");
        market.Mails(email).Count.ShouldBe(MailedLinks.MostAnHour);
    }

    [Fact]
    public async Task One_address_of_the_network_may_ask_for_so_many_mails()
    {
        using var eager = market.Stranger(from: "203.0.113.77");
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await eager.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = PeopleMarket.NewEmail() });
            codes.Add(answer.StatusCode);
        }

        codes.Take(10).ShouldAllBe(c => c == HttpStatusCode.Redirect);
        codes[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        using var other = market.Stranger(from: "203.0.113.78");
        (await other.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = PeopleMarket.NewEmail() })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("Email", "nobody", "email", "vollständige Adresse")]
    [InlineData("Email", "a@b.example\r\nBcc: c@d.example", "email", "vollständige Adresse")]
    [InlineData("Native", "xx", "native", "mindestens eine Sprache")]
    [InlineData("Target", "de", "pairs", "mindestens ein Sprachpaar")]
    [InlineData("Kinds", "sing", "kinds", "mindestens eine Art")]
    [InlineData("Why", "x", "why", "ein paar Sätze")]
    public async Task An_application_says_what_is_wrong_and_keeps_what_was_written(string field, string value, string at, string words)
    {
        using var her = market.Stranger();
        var fields = Application().Append(("Email", PeopleMarket.NewEmail())).Where(f => f.Item1 != field && !(field == "Kinds" && f.Item1 == "Kinds")).Append((field, value)).ToArray();

        using var answer = await her.PostManyAsync("/portal/apply", "/portal/apply", fields);
        var page = await answer.TextAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        PeopleMarket.ErrorAt(page, at).ShouldNotBeNull().ShouldContain(words);
        page.ShouldContain("Amélie Roux");
        if (field != "Why")
        {
            page.ShouldContain("Ich schreibe seit Jahren für Läden");
        }
    }

    [Fact]
    public async Task Where_there_is_no_operator_yet_migrate_invites_the_first_and_only_once()
    {
        var email = PeopleMarket.NewEmail("first");
        await market.App.InScopeAsync<bool>(async services =>
        {
            var first = new FirstOperator(
                services.Db(), services.Of<InvitePeople>(), services.Of<UserManager<Account>>(), Settings(email), market.Time);
            // There is one: nobody is invited.
            await first.RunAsync(Cancelled);
            var db = services.Db();
            (await db.MailedLinks.AnyAsync(l => l.Email == email, Cancelled)).ShouldBeFalse();
            var role = await db.Roles.SingleAsync(r => r.Name == Role.Operator, Cancelled);
            var had = await db.UserRoles.Where(r => r.RoleId == role.Id).ToListAsync(Cancelled);
            await db.UserRoles.Where(r => r.RoleId == role.Id).ExecuteDeleteAsync(Cancelled);
            db.ChangeTracker.Clear();
            await first.RunAsync(Cancelled);
            await first.RunAsync(Cancelled);
            db.ChangeTracker.Clear();
            db.UserRoles.AddRange(had.Select(r => new IdentityUserRole<Guid> { RoleId = r.RoleId, UserId = r.UserId }));
            await db.SaveChangesAsync(Cancelled);
            return true;
        });

        var link = await market.LinkAsync(email, "invitation");
        market.Mails(email).Count.ShouldBe(1);
        using var her = market.Stranger();
        using var joined = await her.JoinAsync(link, "First");
        joined.Headers.Location!.ToString().ShouldBe("/portal/desk");
        (await her.StatusOfAsync("/portal/desk/people")).ShouldBe(HttpStatusCode.OK);
        (await her.StatusOfAsync("/portal/profile")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_of_no_use_any_more_is_forgotten()
    {
        var (unconfirmed, open) = (PeopleMarket.NewEmail(), PeopleMarket.NewEmail());
        using var her = market.Stranger();
        (await ApplyAsync(her, unconfirmed)).Dispose();
        await AppliedAsync(open);

        await market.App.ReadAsync(async db =>
        {
            await Tidying.RunAsync(db, market.Time.GetUtcNow() + TimeSpan.FromDays(40), Cancelled);
            return true;
        });

        (await market.App.ReadAsync(db => db.Applications.Where(a => a.Email == unconfirmed || a.Email == open).Select(a => a.Email).ToListAsync(Cancelled))).ShouldBe([open]);
        (await market.App.ReadAsync(db => db.MailedLinks.AnyAsync(l => l.Email == unconfirmed || l.Email == open, Cancelled))).ShouldBeFalse();
    }

    private static readonly IEqualityComparer<(List<string>, List<string>, List<string>)> Comparer =
        EqualityComparer<(List<string>, List<string>, List<string>)>.Create(
            (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3), _ => 0);

    private static (string, string)[] Application() =>
    [
        ("Name", "Amélie Roux"), ("Native", "fr"), ("Source", "de"), ("Target", "fr"), ("Kinds", "translation"), ("Kinds", "summary"),
        ("Why", "Ich schreibe seit Jahren für Läden, am liebsten über Fahrräder."),
    ];

    private static Task<HttpResponseMessage> ApplyAsync(Visitor visitor, string email) =>
        visitor.PostManyAsync("/portal/apply", "/portal/apply", [.. Application(), ("Email", email)]);

    private async Task<Guid> AppliedAsync(string email, int nth = 1)
    {
        using var her = market.Stranger();
        (await ApplyAsync(her, email)).Dispose();
        var link = await market.LinkAsync(email, "confirm_email", nth);
        using var confirmed = await her.PostAsync(link, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(link) });
        (await confirmed.TextAsync()).ShouldContain("id=\"applied\"");
        return await market.App.ReadAsync(db => db.Applications.Where(a => a.Email == email && a.DecidedAt == null).Select(a => a.Id).SingleAsync(Cancelled));
    }

    private Task<Account> AccountAsync(string email) => market.App.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email, Cancelled));

    private Task<List<string>> ActionsAsync(Guid person) =>
        market.App.ReadAsync(db => db.DeskActions.Where(a => a.PersonId == person).OrderBy(a => a.DoneAt).Select(a => a.Action).ToListAsync(Cancelled));

    private static Microsoft.Extensions.Configuration.IConfiguration Settings(string email) =>
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder(), [new("Portal:FirstOperator", email)]).Build();
}

internal static class ScopeExtensions
{
    public static Persistence.MarketplaceDbContext Db(this IServiceProvider services) => services.Of<Persistence.MarketplaceDbContext>();

    public static T Of<T>(this IServiceProvider services)
        where T : notnull => (T)(services.GetService(typeof(T)) ?? throw new InvalidOperationException(typeof(T).Name));
}
