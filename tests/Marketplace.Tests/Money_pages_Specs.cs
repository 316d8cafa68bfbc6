using System.Globalization;
using System.Net;
using System.Text;
using MassTransit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Features.Money;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What translators and operators see of money, which Billing keeps; Billing is played here.</summary>
public sealed class Pages_about_money : IClassFixture<Market>, IAsyncDisposable
{
    private const string Desk = "/portal/desk/money";
    private static int _next = 10;

    private readonly Market _market;
    private readonly PlayedBilling _billing = new();
    private readonly WebApplicationFactory<Program> _app;
    // Each test is somebody else.
    private readonly int _who = Interlocked.Increment(ref _next);

    public Pages_about_money(Market market)
    {
        _market = market;
        _app = market.App.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
            services.AddHttpClient<BillingDesk>().ConfigurePrimaryHttpMessageHandler(() => _billing)));
        _billing.Says(PapersPath, Papers("due"));
        _billing.Says(DetailsPath, "{}", HttpStatusCode.NotFound);
        for (var back = 1; back <= 3; back++)
        {
            var month = MonthBack(back);
            _billing.Says($"/operations/months/{month}", $$"""{"month": "{{month}}", "done": 1, "waiting": 2, "blocked": [{"owner": "merchant", "ownerId": "{{Guid.Empty}}", "reason": "address.missing"}], "toWrite": 0, "issued": 7, "voided": 0}""");
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Guid Me => Market.TranslatorId(_who);

    private string PapersPath => $"/internal/translators/{Me}/papers";

    private string DetailsPath => $"/internal/translators/{Me}/tax-details";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Translators_see_what_is_theirs_and_nobody_elses()
    {
        var statement = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        _billing.Says(PapersPath, Papers("friday", statement: statement));
        _billing.Answers[$"/internal/translators/{Me}/statements/{statement}/pdf"] = (HttpStatusCode.OK, "application/pdf", "%PDF of mine");
        using var person = await TranslatorAsync();
        var page = WebUtility.HtmlDecode(await person.GetAsync("/portal/money"));
        page.ShouldContain("6,72\u00A0€ stehen Ihnen zu.");
        page.ShouldContain(", 4. Dezember, 06:00 Uhr.");
        page.ShouldContain("Oktober 2026 · ZS-2026-000001");
        page.ShouldContain("zurückgekommen");
        page.ShouldContain("Konto aufgelöst (AC04)");
        (await person.Http.GetStringAsync($"/portal/money?handler=Statement&id={statement}&form=pdf", Cancelled)).ShouldBe("%PDF of mine");
        (await person.StatusOfAsync($"/portal/money?handler=Statement&id={statement}&form=exe")).ShouldBe(HttpStatusCode.NotFound);
        _billing.All.ShouldAllBe(a => a.Scope == "internal" && a.Path.StartsWith($"/internal/translators/{Me}/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("due", "in den nächsten Minuten")]
    [InlineData("below_minimum", "ab 5,00\u00A0€")]
    [InlineData("nothing_owed", "jeden Freitag")]
    [InlineData("details_missing", "brauchen wir Ihre Angaben")]
    [InlineData("details_wrong", "berichtigt")]
    [InlineData("account_refused", "kam zurück")]
    public async Task Translators_are_told_when_they_are_paid_or_why_not(string outlook, string words)
    {
        _billing.Says(PapersPath, Papers(outlook));
        using var person = await TranslatorAsync();
        var page = WebUtility.HtmlDecode(await person.GetAsync("/portal/money"));
        page.ShouldContain($"data-outlook=\"{outlook}\"");
        page[page.IndexOf("id=\"outlook\"", StringComparison.Ordinal)..].Split("</span>")[0].ShouldContain(words);
    }

    [Fact]
    public async Task Details_are_checked_by_billings_rules_at_their_fields_and_what_was_typed_stays()
    {
        using var person = await TranslatorAsync();
        using var wrong = await person.PostAsync("/portal/money/details", "/portal/money/details", Details("DE89370400440532013001", city: " "));
        var html = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(Cancelled));
        html.ShouldContain("data-faults=\"city.missing iban.invalid\"");
        html.ShouldContain("id=\"Form.Iban-fault\">Die IBAN stimmt nicht");
        html.ShouldContain("id=\"Form.City-fault\">Bitte geben Sie den Ort an.");
        html.ShouldContain("value=\"Gartenweg 7\"");
        html.ShouldContain("value=\"DE89370400440532013001\"");
        html.ShouldContain("<option value=\"DE\" selected=\"selected\">Deutschland");
        (await NoteAsync()).ShouldBeNull();
        _market.Recorder.All<TranslatorTaxDetailsGiven>().ShouldNotContain(d => d.TranslatorId == Me);
    }

    [Fact]
    public async Task Details_are_handed_on_sealed_with_a_version_each_and_kept_nowhere()
    {
        using var person = await TranslatorAsync();
        using var saved = await person.PostAsync("/portal/money/details", "/portal/money/details", Details("de89 3704 0044 0532 0130 00"));
        saved.Headers.Location!.ToString().ShouldBe("/portal/money");
        var given = await _market.ToldAsync<TranslatorTaxDetailsGiven>(d => d.TranslatorId == Me);
        given.Version.ShouldBe(1);
        _market.Vault.Open<TaxDetails>(given.DataKey, Me, TextPurpose.TaxDetails, given.Details).ShouldBe(new TaxDetails(
            "Erika Muster", "Gartenweg 7", "10115", "Berlin", "DE", "small_business", "11/222/33333", null, "Erika Muster", "DE89370400440532013000", null));
        Encoding.Latin1.GetString(given.Details.Bytes).ShouldNotContain("DE89");
        (await person.GetAsync("/portal/money")).ShouldContain("verschlüsselt weitergegeben");

        using var again = await person.PostAsync("/portal/money/details", "/portal/money/details", Details("FR1420041010050500013M02606"));
        (await _market.ToldAsync<TranslatorTaxDetailsGiven>(d => d.TranslatorId == Me && d.Version == 2)).DataKey.Bytes.ShouldNotBe(given.DataKey.Bytes);
        (await NoteAsync())!.Version.ShouldBe(2);
        (await HoldingAsync("Gartenweg")).ShouldBeEmpty();
        (await HoldingAsync("0532013")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Details_given_twice_at_once_have_two_versions()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GiveAsync(services => ActivatorUtilities.CreateInstance<GiveTaxDetails>(services))));
        (await NoteAsync())!.Version.ShouldBe(8);
        for (var version = 1; version <= 8; version++)
        {
            var wanted = version;
            await _market.ToldAsync<TranslatorTaxDetailsGiven>(d => d.TranslatorId == Me && d.Version == wanted);
        }
    }

    [Fact]
    public async Task Details_that_cannot_be_handed_on_leave_no_version_behind()
    {
        var broken = NoBroker.Publisher();
        await Should.ThrowAsync<InvalidOperationException>(() => GiveAsync(services => new GiveTaxDetails(
            services.GetRequiredService<MarketplaceDbContext>(), broken, services.GetRequiredService<TextVault>(), TimeProvider.System)));
        (await NoteAsync()).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => GiveAsync(services => services.GetRequiredService<GiveTaxDetails>(), Right with { Iban = "DE00" }));
        (await NoteAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Details_come_back_with_the_end_of_the_account_only_and_say_when_they_are_on_their_way()
    {
        _billing.Says(DetailsPath, """
            {"version": 1, "givenAt": "2026-11-01T10:00:00Z", "legalName": "Erika Muster", "street": "Altweg 1", "postCode": "10115", "city": "Berlin", "country": "DE",
             "scheme": "standard", "taxNumber": null, "vatId": "DE136695976", "accountHolder": "Erika Muster", "account": "DE89 … 3000", "bic": null, "faults": []}
            """);
        using var person = await TranslatorAsync();
        var before = WebUtility.HtmlDecode(await person.GetAsync("/portal/money/details"));
        before.ShouldContain("value=\"Altweg 1\"");
        before.ShouldContain("Bisher: DE89 … 3000.");
        before.ShouldContain("id=\"Form.Iban\" name=\"Form.Iban\" autocomplete", customMessage: "without a value");
        before.ShouldNotContain("data-on-the-way");
        for (var i = 0; i < 2; i++)
        {
            (await person.PostAsync("/portal/money/details", "/portal/money/details", Details("DE89370400440532013000"))).Dispose();
        }

        (await person.GetAsync("/portal/money/details")).ShouldContain("data-on-the-way");
        _billing.Says(PapersPath, Papers("details_missing"));
        WebUtility.HtmlDecode(await person.GetAsync("/portal/money")).ShouldContain("auf dem Weg zur Abrechnung");
    }

    [Fact]
    public async Task Without_billing_the_pages_say_so_and_details_are_taken_all_the_same()
    {
        _billing.IsAway = true;
        using var person = await OperatorAsync();
        foreach (var page in (string[])[Desk, $"{Desk}/merchants", $"{Desk}/payouts", $"{Desk}/prices"])
        {
            (await person.GetAsync(page)).ShouldContain("data-away", customMessage: page);
        }

        using var translator = await TranslatorAsync();
        (await translator.GetAsync("/portal/money")).ShouldContain("data-away");
        (await translator.GetAsync("/portal/money/details")).ShouldContain("data-away");
        using var saved = await translator.PostAsync("/portal/money/details", "/portal/money/details", Details("DE89370400440532013000"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await _market.ToldAsync<TranslatorTaxDetailsGiven>(d => d.TranslatorId == Me);
    }

    [Theory]
    [InlineData(Desk), InlineData($"{Desk}/merchants"), InlineData($"{Desk}/payouts"), InlineData($"{Desk}/payouts?handler=Order&id=0191e6f0-0000-7000-8000-000000000001"), InlineData($"{Desk}/prices")]
    public async Task The_desk_is_operators_alone(string page)
    {
        using var translator = await TranslatorAsync();
        (await translator.StatusOfAsync(page)).ShouldBe(HttpStatusCode.Forbidden);
        using var person = await OperatorAsync();
        (await person.StatusOfAsync("/portal/money")).ShouldBe(HttpStatusCode.Forbidden);
        (await person.StatusOfAsync("/portal/money/details")).ShouldBe(HttpStatusCode.Forbidden);
        _billing.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Operators_see_what_needs_a_person_and_do_it_under_their_own_name()
    {
        Unmatched();
        using var person = await OperatorAsync();
        var page = WebUtility.HtmlDecode(await person.GetAsync(Desk));
        page.ShouldContain("Muster Handels GmbH");
        page.ShouldContain("Rechnung September");
        page.ShouldContain("keine Referenz");
        page.ShouldContain($"data-month=\"{MonthBack(1)}\"");
        page.ShouldContain("Anschrift fehlt");

        await DoneAsync(person, Desk, "Assign", new() { ["id"] = "pay_1", ["customerNumber"] = " 10001 ", ["invoiceNumber"] = "", ["reason"] = "She said so" });
        await DoneAsync(person, Desk, "Return", new() { ["id"] = "pay_1", ["reason"] = "Nobody knows them" });
        await DoneAsync(person, Desk, "Run", new() { ["month"] = MonthBack(1) });
        await DoneAsync(person, Desk, "Vat", new() { ["vatId"] = "ATU13585627", ["valid"] = "false", ["consultation"] = "WAPI1" });
        await DoneAsync(person, Desk, "Invoice", new() { ["number"] = "ZR-2026-000001", ["what"] = "correct", ["reason"] = "Wrong address" });
        _billing.Sent.Select(s => $"{s.Method} {s.Path}").ShouldBe(
        [
            "POST /operations/payments/pay_1/assign", "POST /operations/payments/pay_1/return", $"POST /operations/months/{MonthBack(1)}/run",
            "PUT /operations/vat-answers/ATU13585627", "POST /operations/invoices/ZR-2026-000001/correct",
        ]);
        var assigned = _billing.Sent.First().Json;
        ((string?)assigned["customerNumber"], assigned["invoiceNumber"], (string?)assigned["reason"]).ShouldBe(("10001", null, "She said so"));
        var accountId = await _market.App.ReadAsync(db => db.Users.Where(u => u.Email == Market.OperatorEmail).Select(u => u.Id).SingleAsync(Cancelled));
        _billing.All.ShouldAllBe(a => a.Scope == "operator" && a.Key == accountId.ToString("N"));
    }

    [Fact]
    public async Task What_billing_refuses_is_said_at_its_form_in_the_readers_words_with_what_was_typed()
    {
        Unmatched();
        _billing.Refuses("/operations/payments/pay_1/assign", "/customerNumber", "field.unknown_value");
        using var person = await OperatorAsync();
        using var refused = await person.PostAsync(Desk, $"{Desk}?handler=Assign", new() { ["id"] = "pay_1", ["customerNumber"] = "4711", ["reason"] = "She said so" });
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancelled));
        html.ShouldContain("data-refused=\"payment-pay_1\"");
        html.ShouldContain("Diese Kundennummer gibt es nicht.");
        html.ShouldContain("value=\"4711\"");
        html.ShouldContain("value=\"She said so\"");

        _billing.Refuses("/operations/payments/pay_1/return", "/reason", "brand.new", "Something new is wrong.");
        using var unknown = await person.PostAsync(Desk, $"{Desk}?handler=Return", new() { ["id"] = "pay_1", ["reason"] = "Because" });
        WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync(Cancelled)).ShouldContain("/reason: Something new is wrong.");
    }

    [Fact]
    public async Task A_file_of_the_banks_is_handed_on_and_its_findings_are_shown_by_line_and_field()
    {
        using var person = await OperatorAsync();
        _billing.Says("/operations/bank-files", """{"form": "camt.053", "alreadyImported": false, "booked": 3, "unmatched": 1, "known": 0, "outgoing": 2, "notBooked": 0, "payoutsPaid": 0, "payoutsReturned": 0, "payoutsUnknown": 0}""");
        using var done = await UploadAsync(person, "<Document/>");
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        _billing.Sent.Single().Body.ShouldBe("<Document/>");
        WebUtility.HtmlDecode(await person.GetAsync(Desk)).ShouldContain("camt.053: 3 gebucht, 1 ohne Empfänger, 2 ausgehend.");

        _billing.Refuses("/operations/bank-files", "line 42: BkToCstmrStmt/Stmt/Ntry/Amt", "currency.foreign");
        using var refused = await UploadAsync(person, "<Document/>");
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancelled));
        html.ShouldContain("Zeile 42: BkToCstmrStmt/Stmt/Ntry/Amt");
        html.ShouldContain("Gebucht werden nur Euro.");
        using var none = await UploadAsync(person, "");
        WebUtility.HtmlDecode(await none.Content.ReadAsStringAsync(Cancelled)).ShouldContain("Bitte wählen Sie eine Datei.");
    }

    [Fact]
    public async Task Limits_and_counter_entries_are_typed_in_euros_and_a_form_books_once()
    {
        var merchant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        _billing.Says("/operations/merchants?after=0", $$"""[{"merchantId": "{{merchant}}", "customerNumber": "10001", "name": "Muster Handels GmbH", "balance": -1234, "reserved": 286, "creditLimit": 50000, "openInvoices": 1234, "topUpReference": "RF79ZK10001"}]""");
        _billing.Says("/operations/accounts", """[{"account": "clearing", "cents": -100}, {"account": "tax", "cents": 99}]""");
        using var person = await OperatorAsync();
        var page = $"{Desk}/merchants";
        var html = WebUtility.HtmlDecode(await person.GetAsync(page));
        html.ShouldContain("-12,34\u00A0€");
        html.ShouldContain("class=\"lost\">-0,01\u00A0€", customMessage: "accounts that do not make zero are seen");

        await DoneAsync(person, page, "Limit", new() { ["id"] = $"{merchant}", ["amount"] = "1.500,50", ["reason"] = "Pays well" });
        ((long)_billing.Sent.Last().Json["cents"]!).ShouldBe(150_050);
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await DoneAsync(person, page, "Correct", new() { ["id"] = $"{merchant}", ["key"] = $"{key}", ["amount"] = "-3", ["against"] = "platform_share", ["reason"] = "Given twice" });
        _billing.Sent.Last().Path.ShouldBe($"/operations/corrections/{key}");
        ((long)_billing.Sent.Last().Json["cents"]!, (string?)_billing.Sent.Last().Json["against"], (Guid)_billing.Sent.Last().Json["merchantId"]!).ShouldBe((-300, "platform_share", merchant));

        var before = _billing.Sent.Count();
        using var refused = await person.PostAsync(page, $"{page}?handler=Correct", new() { ["id"] = $"{merchant}", ["key"] = $"{key}", ["amount"] = "drei", ["against"] = "clearing", ["reason"] = "Given twice" });
        var words = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancelled));
        words.ShouldContain("Bitte geben Sie einen Betrag an");
        words.ShouldContain($"name=\"key\" value=\"{key}\"", customMessage: "the same entry again, not a second one");
        _billing.Sent.Count().ShouldBe(before);
    }

    [Fact]
    public async Task Payouts_show_their_orders_and_what_keeps_one_back()
    {
        var (order, translator) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Market.TranslatorId(3));
        _billing.Says("/operations/payment-orders", $$"""[{"id": "{{order}}", "week": "2026-11-16", "number": 1, "count": 2, "cents": 1344, "sent": 1, "paid": 0, "returned": 1, "createdAt": "2026-11-20T05:00:00Z"}]""");
        _billing.Says("/operations/translators?after=0", $$"""[{"translatorId": "{{translator}}", "supplierNumber": "70001", "name": "Erika", "owed": 672, "canBePaid": false, "faults": ["iban.invalid"], "accountRefused": false}]""");
        _billing.Says("/operations/payouts?state=returned", $$"""[{"id": "pyo_1", "translatorId": "{{translator}}", "cents": 672, "state": "returned", "returnReason": "AC04", "account": "… 3000", "orderId": "{{order}}", "sentAt": "2026-11-20T05:00:00Z"}]""");
        _billing.Answers[$"/operations/payment-orders/{order}"] = (HttpStatusCode.OK, "application/xml", "<pain/>");
        using var person = await OperatorAsync();
        var html = WebUtility.HtmlDecode(await person.GetAsync($"{Desk}/payouts?state=returned"));
        html.ShouldContain("13,44\u00A0€");
        html.ShouldContain("Die IBAN stimmt nicht");
        html.ShouldContain("Konto aufgelöst (AC04)");
        (await person.Http.GetStringAsync($"{Desk}/payouts?handler=Order&id={order}", Cancelled)).ShouldBe("<pain/>");
    }

    [Fact]
    public async Task Price_lists_are_drafted_and_activated_and_faults_are_said_before_they_are_sent()
    {
        _billing.Says("/operations/price-lists", """[{"version": "2026-1", "status": "active", "validFrom": "2026-01-01T00:00:00Z", "activatedAt": "2026-01-01T00:00:00Z"}, {"version": "2026-2", "status": "draft", "validFrom": null, "activatedAt": null}]""");
        _billing.Says("/operations/price-lists/2026-1", PriceList.Initial.ToJson());
        using var person = await OperatorAsync();
        var page = $"{Desk}/prices";
        WebUtility.HtmlDecode(await person.GetAsync(page)).ShouldContain("\"version\"");

        using var broken = await person.PostAsync(page, $"{page}?handler=Draft", new() { ["document"] = "{\"version\": 1" });
        var words = WebUtility.HtmlDecode(await broken.Content.ReadAsStringAsync(Cancelled));
        words.ShouldContain("data-refused=\"draft\"");
        words.ShouldContain("{\"version\": 1");
        _billing.Sent.ShouldBeEmpty();

        var list = PriceList.Initial.ToJson().Replace(PriceList.Initial.Version, "2027-1", StringComparison.Ordinal);
        await DoneAsync(person, page, "Draft", new() { ["document"] = list });
        (_billing.Sent.Last().Path, _billing.Sent.Last().Body).ShouldBe(("/operations/price-lists/2027-1", list));
        await DoneAsync(person, page, "Activate", new() { ["version"] = "2026-2", ["validFrom"] = "2027-07-01T00:00", ["reason"] = "New year" });
        _billing.Sent.Last().Path.ShouldBe("/operations/price-lists/2026-2/activate");
        ((DateTimeOffset)_billing.Sent.Last().Json["validFrom"]!).ShouldBe(new DateTimeOffset(2027, 6, 30, 22, 0, 0, TimeSpan.Zero), "midnight where the reader is");
    }

    [Theory]
    [InlineData("12", "de-DE", 1200)]
    [InlineData("12,5", "de-DE", 1250)]
    [InlineData("12.50 €", "de-DE", 1250)]
    [InlineData("1.234", "de-DE", 123_400)]
    [InlineData("1.234,56", "de-DE", 123_456)]
    [InlineData("−3,00", "de-DE", -300)]
    [InlineData("1,234.56", "en-IE", 123_456)]
    [InlineData("1,234", "en-IE", 123_400)]
    [InlineData("1.234", "en-IE", null)]
    [InlineData("1,234.56", "de-DE", null)]
    [InlineData("1,2345", "de-DE", null)]
    [InlineData("drei", "de-DE", null)]
    [InlineData("", "de-DE", null)]
    [InlineData("1e3", "de-DE", null)]
    public void An_amount_is_read_as_its_reader_writes_it_or_not_at_all(string text, string culture, int? cents) =>
        Euros.Cents(text, CultureInfo.GetCultureInfo(culture)).ShouldBe(cents);

    [Fact]
    public void Every_word_is_there_in_both_languages()
    {
        var (german, english) = (MoneyWords.For("de"), MoneyWords.For("en"));
        foreach (var property in typeof(MoneyWords).GetProperties())
        {
            foreach (var words in (MoneyWords[])[german, english])
            {
                switch (property.GetValue(words))
                {
                    case string text:
                        text.ShouldNotBeNullOrWhiteSpace(property.Name);
                        break;
                    case IReadOnlyDictionary<string, string> map:
                        map.Values.ShouldAllBe(v => v.Length > 0);
                        map.Keys.ShouldBe(((IReadOnlyDictionary<string, string>)property.GetValue(german)!).Keys, property.Name);
                        break;
                }
            }
        }

        english.ImportParts.Count.ShouldBe(german.ImportParts.Count);
        german.CountryChoices.Select(c => c.Code).Order().ShouldBe(Countries.All.Order());
        foreach (var fault in new Payee(null, null, null, null, null, null, null, null, null, null, null).Faults())
        {
            german.Findings.Keys.ShouldContain(fault);
        }
    }

    private static Payee Right { get; } = new(
        "Erika Muster", "Gartenweg 7", "10115", "Berlin", "DE", "small_business", "11/222/33333", null, "Erika Muster", "DE89370400440532013000", null);

    private static Dictionary<string, string> Details(string iban, string city = "Berlin") => new()
    {
        ["Form.LegalName"] = "Erika Muster",
        ["Form.Street"] = "Gartenweg 7",
        ["Form.PostCode"] = "10115",
        ["Form.City"] = city,
        ["Form.Country"] = "DE",
        ["Form.Scheme"] = "small_business",
        ["Form.TaxNumber"] = "11/222/33333",
        ["Form.VatId"] = "",
        ["Form.AccountHolder"] = "Erika Muster",
        ["Form.Iban"] = iban,
        ["Form.Bic"] = "",
    };

    private static string Papers(string outlook, Guid? statement = null) => $$"""
        {"owed": 672, "outlook": {"state": "{{outlook}}", "at": "2026-12-04T05:00:00Z"}, "minimumPayout": 500, "hasDetails": true, "detailsVersion": 0, "detailsFaults": [], "accountRefused": false,
         "statements": [{"id": "{{statement ?? Guid.Empty}}", "number": "ZS-2026-000001", "month": "2026-10", "issuedOn": "2026-11-01", "lines": 4, "net": 672, "tax": 0, "gross": 672}],
         "payouts": [{"id": "{{Guid.Empty}}", "cents": 672, "state": "returned", "returnReason": "AC04", "account": "… 3000", "sentAt": "2026-11-20T05:00:00Z"}]}
        """;

    private string MonthBack(int months) => TimeZoneInfo.ConvertTime(_market.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))
        is var now ? new DateOnly(now.Year, now.Month, 1).AddMonths(-months).ToString("yyyy-MM", CultureInfo.InvariantCulture) : "";

    private void Unmatched() => _billing.Says("/operations/payments/unmatched", """
        [{"id": "pay_1", "cents": 285, "bookedOn": "2026-10-05", "references": [], "finding": "reference.missing", "payerName": "Muster Handels GmbH", "payerIban": "DE89",
          "text": "Rechnung September"}]
        """);

    private async Task GiveAsync(Func<IServiceProvider, GiveTaxDetails> make, Payee? payee = null)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await make(scope.ServiceProvider).RunAsync(Me, payee ?? Right, Cancelled);
    }

    private Task<Domain.TaxDetailsNote?> NoteAsync() => _market.App.ReadAsync(db => db.TaxDetailsNotes.AsNoTracking().SingleOrDefaultAsync(n => n.TranslatorId == Me, Cancelled));

    /// <summary>Tables that hold a text anywhere in a row.</summary>
    private Task<List<string>> HoldingAsync(string text) => _market.App.ReadAsync(async db =>
    {
        var holding = new List<string>();
        foreach (var table in await db.Database.SqlQuery<string>($"SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync(Cancelled))
        {
            var pattern = $"%{text}%";
#pragma warning disable EF1002 // The name comes from the database's own catalogue.
            if ((await db.Database.SqlQueryRaw<long>($"SELECT count(*) FROM \"{table}\" t WHERE t::text LIKE {{0}}", pattern).ToListAsync(Cancelled))[0] > 0)
#pragma warning restore EF1002
            {
                holding.Add(table);
            }
        }

        return holding;
    });

    private Task<Visitor> TranslatorAsync() => SignedInAsync(Market.Email(_who));

    private Task<Visitor> OperatorAsync() => SignedInAsync(Market.OperatorEmail, german: true);

    private async Task<Visitor> SignedInAsync(string email, bool german = false)
    {
        var visitor = new Visitor(_app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("http://localhost") }));
        await visitor.SignInAsync(email);
        if (german)
        {
            (await visitor.PostAsync("/portal/desk", "/portal/preferences?handler=Language", new() { ["locale"] = "de", ["returnUrl"] = "/portal/desk" })).Dispose();
        }

        return visitor;
    }

    private static async Task DoneAsync(Visitor person, string page, string handler, Dictionary<string, string> fields)
    {
        using var answer = await person.PostAsync(page, $"{page}?handler={handler}", fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, handler);
        answer.Headers.Location!.ToString().ShouldBe(page);
    }

    private static async Task<HttpResponseMessage> UploadAsync(Visitor person, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await person.TokenAsync(Desk)), "__RequestVerificationToken" },
            { new StringContent(content), "file", "camt.xml" },
        };
        return await person.Http.PostAsync($"{Desk}?handler=Import", form, Cancelled);
    }
}

/// <summary>A broker that takes nothing.</summary>
public static class NoBroker
{
    public static IPublishEndpoint Publisher() => System.Reflection.DispatchProxy.Create<IPublishEndpoint, Refusing>();

    public class Refusing : System.Reflection.DispatchProxy
    {
        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) => throw new InvalidOperationException("It cannot be handed on.");
    }
}
