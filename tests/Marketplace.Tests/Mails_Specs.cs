using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>A market that knows where Notifications would be.</summary>
public sealed class MailMarket(TestServers servers) : Market(servers)
{
    public const string LinkKey = "a key for links of more than 32 characters";

    public int Port { get; } = FreePort.Next();

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [.. base.Settings, new("services:notifications:http:0", $"http://127.0.0.1:{Port}"), new("Mail:LinkKey", LinkKey)];
}

public sealed class Mails_at_the_desk(MailMarket market) : IClassFixture<MailMarket>
{
    private const string Style = "margin:0;color:#1a2326;font:16px 'Segoe UI'";
    private const string Sheet = "\n.page { color: red }\n";

    private static readonly string[] Templates = ["job_delivered", "invoice"];

    private readonly ConcurrentQueue<(string Locale, string Token)> _asked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operators_see_every_mail_in_both_languages()
    {
        await using var notifications = await NotificationsAsync();
        using var person = await OperatorAsync();

        var list = WebUtility.HtmlDecode(await person.GetAsync("/portal/desk/mails"));
        foreach (var template in Templates)
        {
            list.ShouldContain($"href=\"/portal/desk/mails/{template}\"");
            list.ShouldContain($"{template} auf Deutsch");
            list.ShouldContain($"{template} in English");
        }

        var detail = WebUtility.HtmlDecode(await person.GetAsync("/portal/desk/mails/invoice"));
        foreach (var form in new[] { "de/1", "de/2", "en/1", "en/2" })
        {
            detail.ShouldContain($"src=\"/portal/desk/mails/invoice/{form}\"");
        }

        detail.ShouldContain("Guten Tag & willkommen");
        detail.ShouldContain("Hello & welcome");
        (await person.StatusOfAsync("/portal/desk/mails/nothing")).ShouldBe(HttpStatusCode.NotFound);
        (await person.GetAsync("/portal/desk")).ShouldContain("href=\"/portal/desk/mails\"");

        // A token of its own for each question: for Notifications, by this operator, with this scope alone.
        using var claims = JsonDocument.Parse(WebEncoders.Base64UrlDecode(_asked.First().Token.Split('.')[1]));
        (claims.RootElement.GetProperty("aud").GetString(), claims.RootElement.GetProperty("scope").GetString()).ShouldBe(("notifications", "operator"));
        claims.RootElement.GetProperty("key").GetString().ShouldNotBe(Guid.Empty.ToString("N"));
    }

    [Fact]
    public async Task A_mail_stands_in_a_frame_that_can_do_nothing_and_has_its_own_styles_only()
    {
        await using var notifications = await NotificationsAsync();
        using var person = await OperatorAsync();

        using var page = await person.Http.GetAsync("/portal/desk/mails/invoice", Stop);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("; frame-src 'self'");
        (await page.Content.ReadAsStringAsync(Stop)).ShouldContain("<iframe sandbox ");
        using var frame = await person.Http.GetAsync("/portal/desk/mails/invoice/de/1", Stop);

        (await frame.Content.ReadAsStringAsync(Stop)).ShouldBe(Html("Guten Tag"));
        frame.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = frame.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldBe(
            $"default-src 'none'; style-src 'unsafe-hashes' '{Hash(Sheet)}' '{Hash(Style)}'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox");
        (await person.StatusOfAsync("/portal/desk/mails/invoice/de/3")).ShouldBe(HttpStatusCode.NotFound);
        (await person.StatusOfAsync("/portal/desk/mails/invoice/fr/1")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Translators_see_none_of_it_and_get_to_their_own_settings_alone()
    {
        await using var notifications = await NotificationsAsync();
        using var translator = await market.TranslatorAsync(3);
        foreach (var path in new[] { "/portal/desk/mails", "/portal/desk/mails/invoice", "/portal/desk/mails/invoice/de/1" })
        {
            (await translator.StatusOfAsync(path)).ShouldBe(HttpStatusCode.Forbidden, path);
        }

        _asked.ShouldBeEmpty();
        var page = await translator.GetAsync("/portal");
        page.ShouldContain("href=\"/portal/mails\"");
        page.ShouldNotContain("key=", Case.Sensitive, "the signed address stands on no page");
        using var answer = await translator.Http.GetAsync("/portal/mails", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var to = new Uri(new Uri("http://localhost"), answer.Headers.Location!);
        to.AbsolutePath.ShouldBe("/notifications/preferences");
        var query = QueryHelpers.ParseQuery(to.Query);
        var links = new PreferenceLinks(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:LinkKey", MailMarket.LinkKey)]).Build());
        links.Verify(query["of"], query["key"], out var recipient).ShouldBeTrue();
        recipient.ShouldBe(Market.TranslatorId(3));

        using var stranger = market.App.Visitor();
        using var sent = await stranger.Http.GetAsync("/portal/mails", Stop);
        sent.Headers.Location!.ToString().ShouldContain("/portal/sign-in");
    }

    [Fact]
    public async Task While_Notifications_is_away_the_page_says_so()
    {
        using var person = await OperatorAsync();
        WebUtility.HtmlDecode(await person.GetAsync("/portal/desk/mails")).ShouldContain("in a minute");
        (await person.StatusOfAsync("/portal/desk/mails/invoice/de/1")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private static string Html(string words) =>
        $"<!doctype html><html lang=\"de\"><head><title>x</title><style>{Sheet}</style></head><body style=\"{Style}\"><p style=\"{Style}\">{words}</p></body></html>";

    private static string Hash(string style) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}";

    /// <summary>Two mails, one of them in two forms.</summary>
    private async Task<WebApplication> NotificationsAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{market.Port}");
        var app = builder.Build();
        app.MapGet("/internal/mail-previews", (HttpRequest request) =>
        {
            var (locale, template) = (request.Query["locale"].ToString(), request.Query["template"].ToString());
            _asked.Enqueue((locale, request.Headers.Authorization.ToString()["Bearer ".Length..]));
            var words = locale == "de" ? "Guten Tag" : "Hello";
            var previews = Templates.Where(t => template.Length == 0 || t == template)
                .SelectMany(t => Enumerable.Repeat(t, t == "invoice" ? 2 : 1))
                .Select(t => new
                {
                    template = t,
                    kind = t == "invoice" ? "invoice" : null,
                    subject = locale == "de" ? $"{t} auf Deutsch" : $"{t} in English",
                    text = locale == "de" ? "Guten Tag & willkommen" : "Hello & welcome",
                    html = Html(words),
                }).ToList();
            return previews.Count == 0 ? Results.NotFound() : Results.Ok(previews);
        });
        await app.StartAsync(Stop);
        return app;
    }

    private async Task<Visitor> OperatorAsync()
    {
        var visitor = market.App.Visitor();
        await visitor.SignInAsync(Market.OperatorEmail);
        return visitor;
    }
}
