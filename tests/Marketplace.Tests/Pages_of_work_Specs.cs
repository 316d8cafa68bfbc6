using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Mails;
using Zweizeiler.Marketplace.Features.Money;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>
/// Every page about work and money, with much on it and words that are too long for a line, see <see cref="Look"/>. What a page sends is little.
/// </summary>
public sealed class Pages_of_work(Market market) : IClassFixture<Market>, IDisposable
{
    private const int Writer = 30;
    private const int Second = 31;
    private const int Judge = 32;

    private static readonly string Link = "https://boutique.example/" + string.Concat(Enumerable.Repeat("bestellung", 18))[..175];

    private static readonly JobBrief Brief = new(
        "formal", "friendly", Link, $"Mme {Link}", $"Chère {Link}", "annoyed", "email", 900, ["Erstattung ist möglich", Link], ["Liefertermin", Link]);

    private readonly PlayedBilling _others = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_fit_every_screen()
    {
        using var writer = await market.TranslatorAsync(Writer);
        using var second = await market.TranslatorAsync(Second);
        using var judge = await market.TranslatorAsync(Judge);
        using var person = await market.OperatorAsync();
        var caseId = Guid.CreateVersion7(market.Time.GetUtcNow());
        var done = await AcceptedAsync(writer, caseId);
        var (disputed, dispute) = await DisputedAsync(writer);
        (await judge.PostAsync(dispute, $"{dispute}?handler=Take", [])).Dispose();
        var revised = await RevisedAsync(second);
        var asked = await AskedAsync(second);
        var summary = await HeldAsync(second, "summary", new JobContent($"Bonjour, où est mon colis ?\n{Link}\nMerci !\n> {Link}", Brief));
        var translation = await HeldAsync(writer, "translation", Text($"Guten Tag ⟦1⟧,\nIhr Paket kommt am 3. Mai, siehe {Link}. Es kostet 49,90 €.\n> {Link}"), caseId);
        var reply = await HeldAsync(writer, "formulation", new JobContent("", Brief, new FormulationContent(["Paket kommt morgen", Link], $"Bonjour, {Link}", 4)));
        var call = await HeldAsync(writer, "call", new JobContent("", Brief, Call: new CallContent(
            Orders.Number, market.Time.GetUtcNow(), market.Time.GetUtcNow().AddHours(3), "America/New_York", 2, 10, ["Ist das Paket da?", Link])));
        var open = await market.OfferAsync(market.PlacedOf("translation", Text($"{Link} ist falsch.")));
        await MovedByHandAsync(person, second);
        PlayOthers();

        await using var screen = await Screen.StartAsync(market, services =>
        {
            services.AddHttpClient<BillingDesk>().ConfigurePrimaryHttpMessageHandler(() => _others);
            services.AddHttpClient<MailDesk>().ConfigurePrimaryHttpMessageHandler(() => _others);
        });
        var people = new (string Email, (string Name, string Path)[] Pages)[]
        {
            (Market.Email(Writer),
            [
                ("jobs", ""), ("job", $"/jobs/{open}"), ("my-work", "/work"), ("translation", $"/work/{translation}"), ("found", $"/work/{translation}?find=colis"), ("files", $"/work/{translation}/files"),
                ("reply", $"/work/{reply}"), ("call", $"/work/{call}"), ("disputes", "/disputes"), ("own-dispute", dispute["/portal".Length..]), ("earnings", "/earnings"), ("money", "/money"), ("details", "/money/details"),
                ("not-found", "/work/nothing"), ("forbidden", "/desk"),
            ]),
            (Market.Email(Second), [("jobs-in-hand", ""), ("my-work-in-trouble", "/work"), ("revision", $"/work/{revised}"), ("on-hold", $"/work/{asked}"), ("summary", $"/work/{summary}")]),
            (Market.Email(Judge), [("disputes-taken", "/disputes"), ("dispute", dispute["/portal".Length..]), ("no-earnings", "/earnings")]),
            (Market.OperatorEmail,
            [
                ("desk", "/desk"), ("desk-job", $"/desk/jobs/{done}"), ("desk-disputed", $"/desk/jobs/{disputed}"), ("desk-disputes", "/disputes"), ("desk-dispute", dispute["/portal".Length..]),
                ("desk-money", "/desk/money"), ("desk-merchants", "/desk/money/merchants"), ("desk-payouts", "/desk/money/payouts?state=returned"), ("desk-prices", "/desk/money/prices"),
                ("desk-mails", "/desk/mails"), ("desk-mail", "/desk/mails/invoice"),
            ]),
        };

        var wrong = new List<string>();
        foreach (var at in Look.Screens)
        {
            await market.App.ReadAsync(db => db.Users.Where(u => people.Select(p => p.Email).Contains(u.Email)).ExecuteUpdateAsync(u => u.SetProperty(x => x.Locale, at.Locale[..2]), Cancelled));
            foreach (var (email, pages) in people)
            {
                var page = await screen.OpenAsync(at.Width, at.Scheme, at.Locale);
                await screen.SignInAsync(page, email);
                await Screen.IsAtAsync(page, email == Market.OperatorEmail ? "/portal/desk" : "/portal");
                foreach (var (name, path) in pages)
                {
                    await page.GotoAsync($"{screen.Portal}{path}");
                    wrong.AddRange(await Look.AtAsync(page, name, at));
                }

                if (email == Market.Email(Writer))
                {
                    await page.GotoAsync($"{screen.Portal}/work/{translation}");
                    await page.FillAsync("#text", $"Bonjour,  tu auras ton colis demain, voir {Link[..^1]}x.");
                    await page.ClickAsync("[data-action=deliver]");
                    await page.Locator("[data-writing=false]").WaitForAsync();
                    wrong.AddRange(await Look.AtAsync(page, "held-up", at));
                    await page.Keyboard.PressAsync("Control+/");
                    wrong.AddRange(await Look.AtAsync(page, "keys", at));
                }

                await page.Context.CloseAsync();
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    public void Dispose() => _others.Dispose();

    private static JobContent Text(string text) => new(text, Brief, Terms: [new GlossaryTerm("Paket", "colis"), new GlossaryTerm("Paket", Link, "nie so", Forbidden: true)]);

    private async Task<string> HeldAsync(Visitor translator, string kind, JobContent content, Guid? caseId = null)
    {
        var placed = market.PlacedOf(kind, content);
        var job = await market.OfferAsync(placed with { Filing = placed.Filing with { CaseId = caseId } });
        await translator.ClaimAsync(job);
        return job;
    }

    private async Task<(string Job, Guid Delivery)> DeliveredAsync(Visitor translator, Guid? caseId = null)
    {
        var job = await HeldAsync(translator, "translation", new JobContent($"Ihr Paket kommt am 3. Mai, siehe {Link}.", Orders.Brief), caseId);
        (await translator.DeliverAsync(job, $"Votre colis arrivera le 3 mai, voir {Link}.")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (job, await market.NewestAsync(job));
    }

    private async Task<string> AcceptedAsync(Visitor translator, Guid caseId)
    {
        var (job, delivery) = await DeliveredAsync(translator, caseId);
        var now = market.Time.GetUtcNow();
        var thanks = market.Vault.Seal(market.DataKey, delivery, ServiceDefaults.Texts.TextPurpose.Thanks, $"Danke! {Link}");
        await market.Recorder.PublishAsync(new DeliveryAccepted(Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(Writer), 5, thanks, PreferTranslator: true, Automatic: false, now));
        await market.Recorder.PublishAsync(new EarningCredited(Market.Id(job), Market.TranslatorId(Writer), 168, "EUR", now));
        await Eventually.Within(TimeSpan.FromSeconds(30), () => market.App.ReadAsync(db => db.Earnings.AnyAsync(e => e.JobId == Market.Id(job))));
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        return job;
    }

    private async Task<(string Job, string Page)> DisputedAsync(Visitor translator)
    {
        var (job, delivery) = await DeliveredAsync(translator);
        await market.Recorder.PublishAsync(new DeliveryRejected(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(Writer), market.Objection(delivery, $"Falsch. {Link}", new Passage(0, 11, Link)), market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.Disputed);
        var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
        (await translator.PostAsync(page, $"{page}?handler=Answer", new() { ["Words"] = $"Richtig, siehe {Link}" })).Dispose();
        return (job, page);
    }

    private async Task<string> RevisedAsync(Visitor translator)
    {
        var (job, delivery) = await DeliveredAsync(translator);
        await market.Recorder.PublishAsync(new RevisionRequested(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(Second), market.Objection(delivery, $"Bitte höflicher. {Link}", new Passage(0, 11, Link)), market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.InRevision);
        return job;
    }

    private async Task<string> AskedAsync(Visitor translator)
    {
        var job = await HeldAsync(translator, "translation", Text("Ihr Paket ist da."));
        (await translator.SendAsync(job, "Ask", new() { ["Question"] = $"Ist das so richtig? {Link}" })).Dispose();
        await market.IsAsync(Market.Id(job), JobState.OnHold);
        return job;
    }

    /// <summary>So that the desk has an expired claim and an action to show.</summary>
    private async Task MovedByHandAsync(Visitor person, Visitor translator)
    {
        var job = await HeldAsync(translator, "translation", Text("Ihr Paket ist weg."));
        (await person.PostAsync($"/portal/desk/jobs/{job}", $"/portal/desk/jobs/{job}?handler=Release", new() { ["Reason"] = $"Krank. {Link}" })).Dispose();
        await market.IsAsync(Market.Id(job), JobState.Open);
    }

    private void PlayOthers()
    {
        var (id, order) = (Market.TranslatorId(Writer), Guid.CreateVersion7(market.Time.GetUtcNow()));
        _others.Says($"/internal/translators/{id}/papers", $$"""
            {"owed": 672, "outlook": {"state": "friday", "at": "2026-12-04T05:00:00Z"}, "minimumPayout": 500, "hasDetails": true, "detailsVersion": 0, "detailsFaults": [], "accountRefused": false,
             "statements": [{"id": "{{id}}", "number": "ZS-2026-000001", "month": "2026-10", "issuedOn": "2026-11-01", "lines": 4, "net": 672, "tax": 128, "gross": 800}],
             "payouts": [{"id": "{{id}}", "cents": 672, "state": "returned", "returnReason": "AC04", "account": "… 3000", "sentAt": "2026-11-20T05:00:00Z"}]}
            """);
        _others.Says($"/internal/translators/{id}/tax-details", $$"""
            {"version": 1, "givenAt": "2026-11-01T10:00:00Z", "legalName": "{{Link}}", "street": "Altweg 1", "postCode": "10115", "city": "Berlin", "country": "DE", "scheme": "standard", "taxNumber": null,
             "vatId": "DE136695976", "accountHolder": "Erika Muster", "account": "DE89 … 3000", "bic": null, "faults": ["iban.invalid"]}
            """);
        _others.Says("/operations/payments/unmatched", $$"""
            [{"id": "pay_1", "cents": 285, "bookedOn": "2026-10-05", "references": ["RF79ZK10001"], "finding": "reference.missing", "payerName": "Muster Handels GmbH & Co. KG", "payerIban": "DE89370400440532013000", "text": "Rechnung September {{Link}}"}]
            """);
        _others.Says("/operations/merchants?after=0", $$"""
            [{"merchantId": "{{Market.MerchantId}}", "customerNumber": "10001", "name": "Muster Handels GmbH", "balance": -1234, "reserved": 286, "creditLimit": 50000, "openInvoices": 1234, "topUpReference": "RF79ZK10001"},
             {"merchantId": "{{id}}", "customerNumber": "10002", "name": "{{Link}}", "balance": 123456789, "reserved": 0, "creditLimit": 0, "openInvoices": 0, "topUpReference": "RF53ZK10002"}]
            """);
        _others.Says("/operations/accounts", """[{"account": "clearing", "cents": -100}, {"account": "tax", "cents": 99}, {"account": "revenue", "cents": -123456}]""");
        _others.Says("/operations/payment-orders", $$"""
            [{"id": "{{order}}", "week": "2026-11-16", "number": 1, "count": 2, "cents": 1344, "sent": 1, "paid": 0, "returned": 1, "createdAt": "2026-11-20T05:00:00Z"}]
            """);
        _others.Says("/operations/translators?after=0", $$"""
            [{"translatorId": "{{id}}", "supplierNumber": "70001", "name": "{{Link}}", "owed": 672, "canBePaid": false, "faults": ["iban.invalid", "city.missing"], "accountRefused": true}]
            """);
        _others.Says("/operations/payouts?state=returned", $$"""
            [{"id": "pyo_1", "translatorId": "{{id}}", "cents": 672, "state": "returned", "returnReason": "AC04", "account": "… 3000", "orderId": "{{order}}", "sentAt": "2026-11-20T05:00:00Z"}]
            """);
        _others.Says("/operations/price-lists", """
            [{"version": "2026-1", "status": "active", "validFrom": "2026-01-01T00:00:00Z", "activatedAt": "2026-01-01T00:00:00Z"}, {"version": "2026-2", "status": "draft", "validFrom": null, "activatedAt": null}]
            """);
        _others.Says("/operations/price-lists/2026-1", PriceList.Initial.ToJson());
        var now = market.Time.GetUtcNow();
        for (var back = 0; back <= 3; back++)
        {
            var month = now.AddMonths(-back).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            _others.Says($"/operations/months/{month}", $$"""
                {"month": "{{month}}", "done": 1, "waiting": 2, "blocked": [{"owner": "merchant", "ownerId": "{{Market.MerchantId}}", "reason": "address.missing"}], "toWrite": 1, "issued": 7, "voided": 1}
                """);
        }

        foreach (var locale in new[] { "de", "en" })
        {
            foreach (var template in new[] { "", "invoice" })
            {
                _others.Says($"/internal/mail-previews?locale={locale}&template={template}", JsonSerializer.Serialize(new[]
                {
                    new
                    {
                        template = "invoice", kind = "invoice", subject = $"Invoice 2026-000042 {Link}", text = $"Hello,\n{Link}",
                        html = $"<!doctype html><html lang=\"{locale}\"><head><title>Invoice</title></head><body><main><h1>Invoice</h1><p>Hello</p></main></body></html>",
                    },
                }));
            }
        }
    }
}
