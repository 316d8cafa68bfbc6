using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Features.Money;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What operators and translators see of money, which Billing keeps; Billing is played here.</summary>
public sealed class Money_pages_Specs(TestServers servers) : IAsyncLifetime
{
    private readonly Market _market = new(servers);
    private readonly PlayedBilling _billing = new();
    private WebApplicationFactory<Program> _app = null!;

    public async ValueTask InitializeAsync()
    {
        await _market.InitializeAsync();
        _app = _market.App.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
            services.AddHttpClient<BillingDesk>().ConfigurePrimaryHttpMessageHandler(() => _billing)));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _market.DisposeAsync();
    }

    [Fact]
    public async Task Operators_see_what_needs_a_person_and_do_it_under_their_own_name()
    {
        using var person = await SignedInAsync(Market.OperatorEmail);
        var page = WebUtility.HtmlDecode(await person.GetAsync("/portal/desk/money"));
        page.ShouldContain("Muster Handels GmbH");
        page.ShouldContain("Rechnung September");
        page.ShouldContain("data-month=\"2026-10\"");
        _billing.Scopes.ShouldAllBe(s => s == "operator");

        using var done = await person.PostAsync("/portal/desk/money", "/portal/desk/money?handler=Assign", new() { ["id"] = "pay_1", ["customerNumber"] = "10001", ["reason"] = "She said so" });
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        _billing.Posted.ShouldContain(p => p.Path == "/operations/payments/pay_1/assign" && p.Body.Contains("\"customerNumber\":\"10001\"", StringComparison.Ordinal));

        using var refused = await person.PostAsync("/portal/desk/money", "/portal/desk/money?handler=Assign", new() { ["id"] = "pay_2", ["customerNumber"] = "1", ["reason"] = "She said so" });
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is none of this number.");
    }

    [Fact]
    public async Task Translators_see_their_own_papers_and_hand_on_their_details_sealed()
    {
        var me = Market.TranslatorId(1);
        using var person = await SignedInAsync(Market.Email(1));
        var page = await person.GetAsync("/portal/papers");
        page.ShouldContain("ZS-2026-000001");
        _billing.Asked.ShouldContain($"/internal/translators/{me}/papers");
        _billing.Asked.ShouldNotContain(p => p.StartsWith("/operations", StringComparison.Ordinal));
        using var pdf = await person.Http.GetAsync($"/portal/papers?handler=Statement&id={Guid.Empty}&form=pdf", TestContext.Current.CancellationToken);
        (await pdf.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("%PDF of " + me);

        using var wrong = await person.PostAsync("/portal/papers", "/portal/papers", Details("DE00"));
        var html = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        html.ShouldContain("Die IBAN stimmt nicht");
        html.ShouldContain("value=\"Gartenweg 7\"", customMessage: "what was typed stays");

        using var saved = await person.PostAsync("/portal/papers", "/portal/papers", Details("de89 3704 0044 0532 0130 00"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var given = await Eventually.Found(TimeSpan.FromSeconds(30), () => Task.FromResult(_market.Recorder.All<TranslatorTaxDetailsGiven>().FirstOrDefault(d => d.TranslatorId == me)));
        _market.Vault.Open<TaxDetails>(given.DataKey, me, TextPurpose.TaxDetails, given.Details).Iban.ShouldBe("DE89370400440532013000");
        Encoding.Latin1.GetString(given.Details.Bytes).ShouldNotContain("DE89");
    }

    [Fact]
    public async Task Without_billing_the_pages_say_so_and_nobody_sees_what_is_not_hers()
    {
        _billing.IsAway = true;
        using var person = await SignedInAsync(Market.OperatorEmail);
        (await person.GetAsync("/portal/desk/money")).ShouldContain("data-away");
        (await person.StatusOfAsync("/portal/papers")).ShouldBe(HttpStatusCode.Forbidden);
        using var translator = await SignedInAsync(Market.Email(2));
        (await translator.GetAsync("/portal/papers")).ShouldContain("data-away");
        (await translator.StatusOfAsync("/portal/desk/money")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void Every_word_is_there_in_both_languages()
    {
        foreach (var property in typeof(MoneyWords).GetProperties().Where(p => p.PropertyType == typeof(string)))
        {
            foreach (var locale in (string[])["de", "en"])
            {
                ((string?)property.GetValue(MoneyWords.For(locale))).ShouldNotBeNullOrWhiteSpace($"{property.Name} {locale}");
            }
        }

        MoneyWords.For("de").Findings.Keys.ShouldBe(MoneyWords.For("en").Findings.Keys, ignoreOrder: true);
    }

    private static Dictionary<string, string> Details(string iban) => new()
    {
        ["Form.LegalName"] = "Erika Muster",
        ["Form.Street"] = "Gartenweg 7",
        ["Form.PostCode"] = "10115",
        ["Form.City"] = "Berlin",
        ["Form.Country"] = "de",
        ["Form.Scheme"] = "small_business",
        ["Form.TaxNumber"] = "11/222/33333",
        ["Form.AccountHolder"] = "Erika Muster",
        ["Form.Iban"] = iban,
    };

    private async Task<Visitor> SignedInAsync(string email)
    {
        var visitor = new Visitor(_app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("http://localhost") }));
        await visitor.SignInAsync(email);
        return visitor;
    }

    private sealed class PlayedBilling : HttpMessageHandler
    {
        public ConcurrentQueue<string> Asked { get; } = [];

        public ConcurrentQueue<string> Scopes { get; } = [];

        public ConcurrentQueue<(string Path, string Body)> Posted { get; } = [];

        public bool IsAway { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new HttpRequestException("Nobody answers.");
            }

            var path = request.RequestUri!.AbsolutePath;
            Asked.Enqueue(path);
            Scopes.Enqueue(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(request.Headers.Authorization!.Parameter).GetClaim("scope").Value);
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (request.Method != HttpMethod.Get)
            {
                Posted.Enqueue((path, body));
            }

            return path switch
            {
                "/operations/payments/pay_2/assign" => Json(
                    """{"type": "t", "title": "t", "status": 422, "code": "request.invalid", "errors": [{"pointer": "/customerNumber", "code": "c", "detail": "There is none of this number."}]}""",
                    HttpStatusCode.UnprocessableEntity),
                "/internal/tax-details/check" => Json(body.Contains("DE8937", StringComparison.Ordinal) ? "[]" : """["iban.invalid"]"""),
                "/operations/payments/unmatched" => Json("""
                    [{"id": "pay_1", "cents": 285, "bookedOn": "2026-10-05", "references": [], "finding": "reference.missing", "payerName": "Muster Handels GmbH",
                      "payerIban": "DE89", "text": "Rechnung September"}]
                    """),
                _ when path.StartsWith("/operations/months/", StringComparison.Ordinal) => Json(
                    $$"""{"month": "{{path[^7..]}}", "done": 1, "waiting": 0, "blocked": [{"owner": "merchant", "ownerId": "{{Guid.Empty}}", "reason": "address.missing"}], "toWrite": 0, "issued": 1, "voided": 0}"""),
                _ when path.EndsWith("/papers", StringComparison.Ordinal) => Json(
                    $$"""
                    {"owed": 672, "hasDetails": false, "detailsFaults": [], "accountRefused": false, "payouts": [],
                     "statements": [{"id": "{{Guid.Empty}}", "number": "ZS-2026-000001", "month": "2026-10", "issuedOn": "2026-11-01", "lines": 4, "net": 672, "tax": 0, "gross": 672}]}
                    """),
                _ when path.EndsWith("/pdf", StringComparison.Ordinal) => Text("%PDF of " + path.Split('/')[3], "application/pdf"),
                _ when path.EndsWith("/assign", StringComparison.Ordinal) => new HttpResponseMessage(HttpStatusCode.NoContent),
                _ => Json("[]"),
            };
        }

        private static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
            new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

        private static HttpResponseMessage Text(string text, string type) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, type) };
    }
}
