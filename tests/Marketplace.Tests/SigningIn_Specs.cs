using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed partial class Signing_in(Market market) : IClassFixture<Market>
{
    private const string Other = "quite another sentence";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_password_by_mail_ends_every_session_on_every_replica_and_lets_in_who_was_locked_out()
    {
        var email = Market.Email(20);
        var replica = market.StartReplica();
        using var before = await market.TranslatorAsync(20);
        using var there = await market.TranslatorAsync(20, replica);
        using var stranger = market.Stranger(from: "192.0.2.1");
        for (var i = 0; i < 5; i++)
        {
            (await stranger.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = email, ["Password"] = "wrong password" })).Dispose();
        }

        (await stranger.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = email })).Dispose();
        var link = await market.LinkAsync(email, "reset_password");
        // The link came from one replica and is opened on another.
        using var her = market.Stranger(replica);
        (await her.GetAsync(link)).ShouldContain(email);
        (await before.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK, "Nothing has changed yet.");

        using var reset = await her.PostAsync(link, "/portal/reset", new() { ["token"] = PeopleMarket.TokenOf(link), ["Password"] = Other });

        reset.Headers.Location!.ToString().ShouldBe("/portal/sign-in");
        (await before.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        (await there.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        (await her.StatusOfAsync(link)).ShouldBe(HttpStatusCode.Gone);
        using var again = market.App.Visitor();
        await again.SignInAsync(email, Other);
        (await market.MailAsync(email, "sign_in_changed")).DisplayName.ShouldBe("Translator 20");
    }

    [Fact]
    public async Task A_reset_link_is_used_once_however_many_use_it_at_once_and_ends_after_two_hours()
    {
        var email = Market.Email(21);
        using var stranger = market.Stranger();
        (await stranger.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = email })).Dispose();
        var link = await market.LinkAsync(email, "reset_password");
        var visitors = Enumerable.Range(0, 6).Select(_ => market.Stranger()).ToList();
        var tokens = await Task.WhenAll(visitors.Select(v => v.TokenAsync(link)));

        var answers = await Task.WhenAll(visitors.Select((v, i) => v.PostWithAsync(
            tokens[i], "/portal/reset", new() { ["token"] = PeopleMarket.TokenOf(link), ["Password"] = $"{Other} {i}" })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Where(a => a.StatusCode != HttpStatusCode.Redirect).ShouldAllBe(a => a.StatusCode == HttpStatusCode.Gone);
        var winner = Array.FindIndex(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        using var again = market.App.Visitor();
        await again.SignInAsync(email, $"{Other} {winner}");

        (await stranger.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = email })).Dispose();
        var late = await market.LinkAsync(email, "reset_password", 2);
        await market.App.ReadAsync(db => db.MailedLinks.Where(l => l.Email == email).ExecuteUpdateAsync(
            l => l.SetProperty(x => x.ExpiresAt, x => x.ExpiresAt - TimeSpan.FromHours(2)), Cancelled));
        (await stranger.StatusOfAsync(late)).ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task An_operator_who_comes_by_the_portals_own_address_lands_on_the_desk()
    {
        using var person = market.App.Visitor();
        using var first = await person.Http.GetAsync("/portal", Cancelled);
        var signIn = first.Headers.Location!.PathAndQuery;
        using var done = await person.PostAsync(signIn, signIn, new() { ["Email"] = Market.OperatorEmail, ["Password"] = Market.Password });
        using var landed = await person.Http.GetAsync(done.Headers.Location, Cancelled);
        landed.Headers.Location!.ToString().ShouldBe("/portal/desk");
        (await person.StatusOfAsync("/portal/desk")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changing_the_password_keeps_this_session_and_ends_the_others()
    {
        using var here = await market.TranslatorAsync(22);
        using var elsewhere = await market.TranslatorAsync(22);

        using var wrong = await here.PostAsync("/portal/security", "/portal/security?handler=Password", new() { ["OldPassword"] = "not mine at all", ["NewPassword"] = "short" });
        var page = await wrong.TextAsync();
        PeopleMarket.ErrorAt(page, "oldpassword").ShouldNotBeNull();
        PeopleMarket.ErrorAt(page, "newpassword").ShouldNotBeNull();
        (await elsewhere.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK);
        using var changed = await here.PostAsync("/portal/security", "/portal/security?handler=Password", new() { ["OldPassword"] = Market.Password, ["NewPassword"] = Other });

        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK);
        (await elsewhere.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        await market.MailAsync(Market.Email(22), "sign_in_changed");
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_this_session()
    {
        using var here = await market.TranslatorAsync(23);
        using var elsewhere = await market.TranslatorAsync(23);

        (await here.PostAsync("/portal/security", "/portal/security?handler=EndSessions", [])).Dispose();

        (await here.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK);
        (await elsewhere.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_recovery_codes_count_once()
    {
        var email = Market.Email(24);
        using var her = await market.TranslatorAsync(24);
        var page = await her.GetAsync("/portal/security/second-factor");
        var key = KeyPattern().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        page.ShouldContain("class=\"qr-ink\"");
        (await her.PostAsync("/portal/security/second-factor", "/portal/security/second-factor", new() { ["Code"] = "000000", ["Password"] = Market.Password }))
            .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using var on = await her.PostAsync("/portal/security/second-factor", "/portal/security/second-factor", new() { ["Code"] = Totp(key), ["Password"] = Market.Password });
        var codes = CodePattern().Matches(await on.Content.ReadAsStringAsync(Cancelled)).Select(m => m.Groups[1].Value).ToList();

        codes.Count.ShouldBe(10);
        (await her.GetAsync("/portal/security")).ShouldNotContain(codes[0], customMessage: "They are shown once.");
        await market.MailAsync(email, "sign_in_changed");
        var kept = await market.App.ReadAsync(db => db.UserTokens.Where(t => t.UserId == Market.TranslatorId(24)).Select(t => t.Value!).ToListAsync(Cancelled));
        kept.Count.ShouldBe(2);
        kept.ShouldAllBe(k => !k.Contains(key) && !k.Contains(codes[0]));

        // On another replica: what stands between the two steps holds there too.
        using var again = market.Stranger(market.StartReplica());
        (await FirstStepAsync(again, email)).ShouldStartWith("/portal/sign-in/code");
        (await again.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect, "The password alone is not enough.");
        (await SecondStepAsync(again, "123456")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SecondStepAsync(again, Totp(key))).ShouldBe(HttpStatusCode.Redirect);
        (await again.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.OK);

        foreach (var expected in new[] { HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity })
        {
            using var lost = market.Stranger();
            await FirstStepAsync(lost, email);
            (await SecondStepAsync(lost, codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).ShouldBe(expected);
        }

        (await her.PostAsync("/portal/security", "/portal/security?handler=RemoveFactor", new() { ["FactorPassword"] = "wrong password" }))
            .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await her.PostAsync("/portal/security", "/portal/security?handler=RemoveFactor", new() { ["FactorPassword"] = Market.Password })).Dispose();
        using var after = market.Stranger();
        (await FirstStepAsync(after, email)).ShouldBe("/portal");
    }

    [Fact]
    public async Task Wrong_codes_lock_as_wrong_passwords_do()
    {
        using var her = await market.TranslatorAsync(25);
        var key = KeyPattern().Match(await her.GetAsync("/portal/security/second-factor")).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var on = await her.PostAsync("/portal/security/second-factor", "/portal/security/second-factor", new() { ["Code"] = Totp(key), ["Password"] = Market.Password });
        var recovery = CodePattern().Match(await on.Content.ReadAsStringAsync(Cancelled)).Groups[1].Value;
        using var thief = market.Stranger();
        await FirstStepAsync(thief, Market.Email(25));

        for (var i = 0; i < 5; i++)
        {
            (await SecondStepAsync(thief, i % 2 == 0 ? "111111" : "AAAAA-AAAAA")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        (await SecondStepAsync(thief, Totp(key))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SecondStepAsync(thief, recovery)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Nobody_reaches_the_second_step_without_the_first()
    {
        using var visitor = market.Stranger();
        (await visitor.StatusOfAsync("/portal/sign-in/code")).ShouldBe(HttpStatusCode.Redirect);
        var token = await visitor.TokenAsync("/portal/sign-in");
        using var answer = await visitor.PostWithAsync(token, "/portal/sign-in/code", new() { ["Code"] = "123456" });
        answer.Headers.Location!.ToString().ShouldBe("/portal/sign-in");
    }

    [Fact]
    public async Task Trying_many_addresses_from_one_place_ends_soon_and_elsewhere_one_signs_in_as_ever()
    {
        using var guesser = market.Stranger(from: "203.0.113.5");
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 24; i++)
        {
            using var answer = await guesser.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = $"victim{i}@test.example", ["Password"] = "wrong password" });
            codes.Add(answer.StatusCode);
        }

        codes.Take(20).ShouldAllBe(c => c == HttpStatusCode.OK);
        codes[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        // Not even with the right password, or it could be found out this way.
        using var right = await guesser.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = Market.Email(26), ["Password"] = Market.Password });
        right.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var there = market.Stranger(market.StartReplica(), from: "203.0.113.5");
        using var elsewhere = await there.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = "x@test.example", ["Password"] = "wrong password" });
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "All replicas count together.");
        using var her = market.Stranger(from: "203.0.113.6");
        await her.SignInAsync(Market.Email(26));
    }

    [Fact]
    public async Task A_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told()
    {
        var (old, fresh) = (Market.Email(27), PeopleMarket.NewEmail());
        using var her = await market.TranslatorAsync(27);
        (await her.PostAsync("/portal/security", "/portal/security?handler=Address", new() { ["Address"] = fresh, ["AddressPassword"] = "wrong password" }))
            .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        market.Mails(fresh).ShouldBeEmpty();
        (await her.PostAsync("/portal/security", "/portal/security?handler=Address", new() { ["Address"] = fresh, ["AddressPassword"] = Market.Password })).Dispose();
        var link = await market.LinkAsync(fresh, "confirm_email");
        using var before = market.Stranger();
        await before.SignInAsync(old);

        using var confirmed = await before.PostAsync(link, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(link) });

        (await confirmed.TextAsync()).ShouldContain("id=\"address-changed\"");
        var told = await market.ToldAsync<TranslatorRegistered>(t => t.TranslatorId == Market.TranslatorId(27) && t.Email == fresh);
        told.Version.ShouldBe(2);
        await market.MailAsync(old, "sign_in_changed");
        (await her.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        using var now = market.Stranger();
        await now.SignInAsync(fresh);
        using var nobody = market.Stranger();
        (await nobody.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = old, ["Password"] = Market.Password })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_ones_address_cannot_be_taken_and_nothing_says_so_beforehand()
    {
        var taken = Market.Email(29);
        using var her = await market.TranslatorAsync(28);
        using var asked = await her.PostAsync("/portal/security", "/portal/security?handler=Address", new() { ["Address"] = taken, ["AddressPassword"] = Market.Password });
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var link = await market.LinkAsync(taken, "confirm_email");

        using var confirmed = await her.PostAsync(link, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(link) });

        (await confirmed.TextAsync()).ShouldContain("id=\"address-taken\"");
        using var she = market.Stranger();
        await she.SignInAsync(Market.Email(28));
        using var other = market.Stranger();
        await other.SignInAsync(taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA"},"clientExtensionResults":{}}""")]
    public async Task What_is_no_passkeys_answer_signs_nobody_in(string credential)
    {
        using var visitor = market.Stranger();
        var token = await visitor.TokenAsync("/portal/sign-in");
        using var options = await visitor.PostWithAsync(token, "/portal/sign-in?handler=PasskeyOptions", [], asScript: true);
        options.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await options.Content.ReadAsStringAsync(Cancelled)).ShouldContain("\"rpId\":\"localhost\"");

        using var answer = await visitor.PostWithAsync(token, "/portal/sign-in?handler=Passkey", new() { ["Credential"] = credential });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await visitor.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect);
        using var never = market.Stranger();
        using var unasked = await never.PostWithAsync(await never.TokenAsync("/portal/sign-in"), "/portal/sign-in?handler=Passkey", new() { ["Credential"] = credential });
        unasked.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_passkey_is_made_for_who_knows_the_password_only()
    {
        using var her = await market.TranslatorAsync(31);
        var token = await her.TokenAsync("/portal/security");

        using var wrong = await her.PostWithAsync(token, "/portal/security?handler=PasskeyOptions", new() { ["PasskeyPassword"] = "wrong password" }, asScript: true);
        using var right = await her.PostWithAsync(token, "/portal/security?handler=PasskeyOptions", new() { ["PasskeyPassword"] = Market.Password }, asScript: true);
        using var invented = await her.PostAsync("/portal/security", "/portal/security?handler=AddPasskey", new() { ["Credential"] = "{}", ["PasskeyName"] = "x" });

        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await right.Content.ReadAsStringAsync(Cancelled)).ShouldContain("\"residentKey\":\"required\"");
        (await market.App.ReadAsync(db => db.UserPasskeys.AnyAsync(p => p.UserId == Market.TranslatorId(31), Cancelled))).ShouldBeFalse();
    }

    private static async Task<string> FirstStepAsync(Visitor visitor, string email)
    {
        using var answer = await visitor.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = email, ["Password"] = Market.Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpStatusCode> SecondStepAsync(Visitor visitor, string code)
    {
        using var answer = await visitor.PostAsync("/portal/sign-in/code", "/portal/sign-in/code", new() { ["Code"] = code });
        return answer.StatusCode;
    }

    /// <summary>What an authenticator app shows now: RFC 6238 with 30 seconds and six digits.</summary>
    private static string Totp(string key)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps reckon with.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("id=\"key\">([^<]+)<")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>")]
    private static partial Regex CodePattern();
}
