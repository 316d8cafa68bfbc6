using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed partial class The_portal(Market market) : IClassFixture<Market>
{
    [Fact]
    public void Every_endpoint_states_who_may_use_it()
    {
        var endpoints = market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        endpoints.Count.ShouldBeGreaterThan(8);
        endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(e => e.RoutePattern.RawText)
            .ShouldBeEmpty();
        endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => e.RoutePattern.RawText)
            .ShouldBe(
            [
                "portal/sign-in", "portal/sign-in/code", "portal/join", "portal/apply", "portal/confirm", "portal/forgot", "portal/reset",
                "/portal/assets/{version}/{name}", "/openapi/{documentName}.json", "/health/live", "/health/ready",
            ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/portal")]
    [InlineData("/portal/work")]
    [InlineData("/portal/earnings")]
    [InlineData("/portal/desk")]
    [InlineData("/portal/work/job_01m85t5js5enstjphk4hnryvy9")]
    [InlineData("/portal/live")]
    [InlineData("/portal/disputes")]
    [InlineData("/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9")]
    [InlineData("/portal/profile")]
    [InlineData("/portal/profile/pairs")]
    [InlineData("/portal/profile/pairs/de-fr")]
    [InlineData("/portal/availability")]
    [InlineData("/portal/security")]
    [InlineData("/portal/security/second-factor")]
    [InlineData("/portal/desk/people")]
    [InlineData("/portal/desk/people/0191e6f0-0000-7000-8000-000000010001")]
    [InlineData("/portal/desk/applications")]
    [InlineData("/portal/desk/tests")]
    [InlineData("/portal/desk/audit")]
    [InlineData("/portal/desk/tests/0191e6f0-0000-7000-8000-000000010001")]
    public async Task Signed_out_every_page_leads_to_sign_in(string path)
    {
        using var visitor = market.App.Visitor();
        using var answer = await visitor.Http.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe($"/portal/sign-in?returnUrl={Uri.EscapeDataString(path)}");
    }

    [Fact]
    public async Task Scripts_get_a_status_instead_of_a_page()
    {
        using var visitor = market.App.Visitor();
        using var answer = await visitor.PostAsync("/portal/sign-in", "/portal/work/job_01m85t5js5enstjphk4hnryvy9?handler=Save", new() { ["Text"] = "x" }, asScript: true);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_is_signed_out_while_writing_gets_the_words_back()
    {
        using var visitor = market.App.Visitor();
        using var answer = await visitor.PostAsync("/portal/sign-in", "/portal/work/job_01m85t5js5enstjphk4hnryvy9?handler=Deliver", new() { ["Text"] = "Bonjour <Madame>" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("Bonjour &lt;Madame&gt;");
        page.ShouldContain("/portal/sign-in?returnUrl=%2Fportal%2Fwork%2Fjob_01m85t5js5enstjphk4hnryvy9");
    }

    [Theory]
    [InlineData("/portal/jobs/{0}?handler=Claim")]
    [InlineData("/portal/work/{0}?handler=Deliver")]
    [InlineData("/portal/work/{0}?handler=Save")]
    [InlineData("/portal/work/{0}?handler=HandBack")]
    [InlineData("/portal/work/{0}?handler=Ask")]
    [InlineData("/portal/jobs/{0}?handler=Ask")]
    [InlineData("/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9?handler=Take")]
    [InlineData("/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9?handler=GiveBack")]
    [InlineData("/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9?handler=Answer")]
    [InlineData("/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9?handler=Rule")]
    [InlineData("/portal/preferences?handler=Availability")]
    [InlineData("/portal/preferences?handler=Language")]
    [InlineData("/portal/sign-out")]
    [InlineData("/portal/sign-in")]
    [InlineData("/portal/sign-in?handler=PasskeyOptions")]
    [InlineData("/portal/sign-in?handler=Passkey")]
    [InlineData("/portal/sign-in/code")]
    [InlineData("/portal/join")]
    [InlineData("/portal/apply")]
    [InlineData("/portal/confirm")]
    [InlineData("/portal/forgot")]
    [InlineData("/portal/reset")]
    [InlineData("/portal/profile")]
    [InlineData("/portal/profile/pairs?handler=Add")]
    [InlineData("/portal/availability?handler=Hours")]
    [InlineData("/portal/security?handler=PasskeyOptions")]
    [InlineData("/portal/security?handler=Address")]
    public async Task A_form_without_its_token_is_refused(string action)
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        using var answer = await translator.Http.PostAsync(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, action, job),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["Text"] = "x", ["available"] = "false", ["locale"] = "en", ["Email"] = "a", ["Password"] = "b" }),
            TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await market.JobAsync(job)).State.ShouldBe(Domain.JobState.Open);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Das Formular war zu alt");
    }

    [Fact]
    public async Task Somebody_elses_ids_and_invented_ones_are_not_found()
    {
        var job = await market.OfferAsync();
        using var holder = await market.TranslatorAsync(2);
        await holder.ClaimAsync(job);
        using var other = await market.TranslatorAsync(3);

        foreach (var path in new[]
        {
            $"/portal/jobs/{job}", $"/portal/work/{job}", "/portal/jobs/job_01m85t5js5enstjphk4hnryvy9", "/portal/work/job_01m85t5js5enstjphk4hnryvy9",
            "/portal/disputes/dlv_01m85t5js5enstjphk4hnryvy9", "/portal/disputes/x", "/portal/jobs/x", "/portal/work/'--", "/portal/nothing",
        })
        {
            (await other.StatusOfAsync(path)).ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Translators_do_not_see_the_desk_and_operators_do_not_take_jobs()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        (await translator.StatusOfAsync("/portal/desk")).ShouldBe(HttpStatusCode.Forbidden);

        using var person = market.App.Visitor();
        await person.SignInAsync(Market.OperatorEmail);
        var desk = await person.GetAsync("/portal/desk");
        desk.ShouldContain(job);
        desk.ShouldNotContain("Guten Tag, Ihr Paket ist da.");
        (await person.StatusOfAsync("/portal")).ShouldBe(HttpStatusCode.Redirect, "Her work is at the desk.");
        (await person.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_for_five_minutes_and_say_nothing_about_who_exists()
    {
        using var visitor = market.App.Visitor();
        async Task<string> TryAsync(string email, string password)
        {
            using var answer = await visitor.PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = email, ["Password"] = password });
            return answer.StatusCode == HttpStatusCode.Redirect ? "in" : Failure().Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Value;
        }

        var unknown = await TryAsync("nobody@test.example", "wrong password");
        for (var i = 0; i < 5; i++)
        {
            (await TryAsync(Market.Email(40), "wrong password")).ShouldBe(unknown);
        }

        unknown.ShouldNotBeEmpty();
        (await TryAsync(Market.Email(40), Market.Password)).ShouldBe(unknown);
        // Identity asks the machine's clock: the end of the lock is looked at and then brought forward.
        var end = await market.App.ReadAsync(db => db.Users.Where(u => u.Id == Market.TranslatorId(40)).Select(u => u.LockoutEnd).SingleAsync(TestContext.Current.CancellationToken));
        end!.Value.ShouldBe(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeSpan.FromSeconds(60));
        await market.App.ReadAsync(db => db.Users.Where(u => u.Id == Market.TranslatorId(40)).ExecuteUpdateAsync(
            u => u.SetProperty(x => x.LockoutEnd, TimeProvider.System.GetUtcNow()), TestContext.Current.CancellationToken));
        (await TryAsync(Market.Email(40), Market.Password)).ShouldBe("in");
    }

    [Fact]
    public async Task A_sign_in_and_a_form_of_one_replica_hold_on_another()
    {
        using var translator = await market.TranslatorAsync(9);
        var token = await translator.TokenAsync("/portal");
        var cookies = await CookiesAsync(translator);
        using var other = market.StartReplica().CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        other.DefaultRequestHeaders.Add("Cookie", cookies);

        using var page = await other.GetAsync("/portal", TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var form = await other.PostAsync(
            "/portal/preferences?handler=Availability",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["available"] = "true" }),
            TestContext.Current.CancellationToken);
        form.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Pages_allow_no_inline_script_or_style_and_are_not_kept()
    {
        using var translator = await market.TranslatorAsync(10);
        using var answer = await translator.Http.GetAsync("/portal", TestContext.Current.CancellationToken);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldNotContain(" style=");
        page.ShouldNotContain(" onclick=");
        Inline().IsMatch(page).ShouldBeFalse();
        foreach (Match asset in Asset().Matches(page))
        {
            using var file = await translator.Http.GetAsync(asset.Value, TestContext.Current.CancellationToken);
            file.StatusCode.ShouldBe(HttpStatusCode.OK, asset.Value);
            file.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    [Fact]
    public async Task A_translator_who_pauses_is_offered_nothing()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(11);
        (await translator.GetAsync("/portal")).ShouldContain(job);

        using var answer = await translator.PostAsync("/portal", "/portal/preferences?handler=Availability", new() { ["available"] = "false" });
        var page = WebUtility.HtmlDecode(await translator.GetAsync("/portal"));

        page.ShouldContain("Sie haben gerade Pause");
        page.ShouldNotContain(job);
    }

    [Fact]
    public async Task A_return_address_elsewhere_is_not_followed()
    {
        using var visitor = market.App.Visitor();
        using var answer = await visitor.PostAsync(
            "/portal/sign-in", "/portal/sign-in", new() { ["Email"] = Market.Email(12), ["Password"] = Market.Password, ["returnUrl"] = "https://elsewhere.example/" });

        answer.Headers.Location!.ToString().ShouldBe("/portal");
    }

    private static async Task<string> CookiesAsync(Visitor visitor)
    {
        // What the browser would send: read back from a request that is answered with nothing.
        using var signedIn = await visitor.Http.GetAsync("/portal", TestContext.Current.CancellationToken);
        return signedIn.RequestMessage!.Headers.TryGetValues("Cookie", out var values) ? string.Join("; ", values) : "";
    }

    [GeneratedRegex("id=\"failed\">[^<]*")]
    private static partial Regex Failure();

    [GeneratedRegex("<script(?![^>]*src=)|<style")]
    private static partial Regex Inline();

    [GeneratedRegex("/portal/assets/[^\"]+")]
    private static partial Regex Asset();
}
