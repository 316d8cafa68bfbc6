using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Features.Payouts;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;

namespace Zweizeiler.Billing.Tests;

[Collection("Months")]
public sealed class A_translators_money(SharedApp shared)
{
    private static int _week;

    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Four jobs of 1.68 €: 6.72 €, and 19 % on them where she charges tax.</summary>
    [Theory]
    [InlineData("standard", "S", 128)]
    [InlineData("small_business", "E", 0)]
    [InlineData("reverse_charge", "AE", 0)]
    public async Task is_stated_each_month_by_her_scheme_and_what_is_owed_is_what_the_ledger_says(string scheme, string category, long tax)
    {
        var translator = await _app.TranslatorAsync(scheme == "reverse_charge" ? Books.French() : Books.German(scheme));
        await EarnAsync(translator, 4);
        await Task.WhenAll(_app.RunMonthAsync(), _app.RunMonthAsync());
        await _app.RunMonthAsync();

        var papers = await PapersAsync(translator);
        var statement = papers["statements"]!.AsArray().ShouldHaveSingleItem()!;
        Numbers(statement, "lines", "net", "tax", "gross").ShouldBe([4, 672, tax, 672 + tax]);
        ((long)papers["owed"]!).ShouldBe(672 + tax);
        (await _app.OwedAsync(translator)).ShouldBe(672 + tax);
        var xml = XDocument.Parse(await _app.AsPortal().GetStringAsync($"/internal/translators/{translator}/statements/{statement["id"]}/xml", Cancelled)).Root!;
        xml.Descendants().Single(e => e.Name.LocalName == "InvoiceTypeCode").Value.ShouldBe("389");
        xml.Descendants().Where(e => e.Name.LocalName == "TaxCategory").Select(e => e.Elements().First().Value).Distinct().ShouldBe([category]);
        xml.Descendants().First(e => e.Name.LocalName == "RegistrationName").Value.ShouldBe(scheme == "reverse_charge" ? "Claire Martin" : "Érika Müßig-Łódzka");
        await _app.Messages.NextAsync<StatementIssued>(s => s.TranslatorId == translator && s.GrossCents == 672 + tax);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task of_two_months_that_are_made_side_by_side_is_stated_once()
    {
        var translator = await _app.TranslatorAsync(Books.German());
        await EarnAsync(translator, 4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => _app.RunMonthAsync(Books.Month.AddMonths(n % 2))));
        (await PapersAsync(translator))["statements"]!.AsArray().ShouldHaveSingleItem();
        (await _app.OwedAsync(translator)).ShouldBe(800);
    }

    [Fact]
    public async Task waits_for_her_details_and_is_nobody_elses_to_see()
    {
        var (translator, stranger) = (await _app.TranslatorAsync(), await _app.TranslatorAsync(Books.German()));
        await EarnAsync(translator, 3);
        await _app.RunMonthAsync();
        (await _app.ScalarAsync<string>("SELECT blocked_by FROM month_tasks WHERE owner_id = $1", translator)).ShouldBe("details.missing");
        await _app.ConsumeAsync(_app.Given(translator, Books.German("small_business")));
        await _app.RunMonthAsync();
        var id = (string)(await PapersAsync(translator))["statements"]!.AsArray().ShouldHaveSingleItem()!["id"]!;
        (await _app.AsPortal().GetAsync($"/internal/translators/{translator}/statements/{id}/pdf", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _app.AsPortal().GetAsync($"/internal/translators/{stranger}/statements/{id}/pdf", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _app.As(translator).GetAsync($"/internal/translators/{translator}/papers", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task is_paid_out_once_a_week_to_the_cent_and_comes_back_if_the_bank_says_so()
    {
        var (rich, poor, unknown) = (await _app.TranslatorAsync(Books.German("small_business")), await _app.TranslatorAsync(Books.German("small_business")), await _app.TranslatorAsync());
        await EarnAsync(rich, 4);
        await EarnAsync(poor, 2);
        await EarnAsync(unknown, 4);
        var clearing = await ClearingAsync();
        var week = NewWeek();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PayAsync(week)));
        await PayAsync(week);

        (await _app.OwedAsync(rich)).ShouldBe(0);
        (await _app.OwedAsync(poor)).ShouldBe(336, "less than the minimum waits");
        (await _app.OwedAsync(unknown)).ShouldBe(672, "without details nothing is paid");
        var sent = (await PayoutsAsync(rich)).ShouldHaveSingleItem();
        (await ClearingAsync() - clearing).ShouldBe(await _app.ScalarAsync<long>("SELECT sum(cents)::bigint FROM payouts WHERE week = $1", week));
        await _app.Messages.NextAsync<PayoutSent>(p => p.TranslatorId == rich && p.Cents == 672);

        var order = await _app.AsOperator().GetStringAsync($"/operations/payment-orders/{await BatchOfAsync(rich)}", Cancelled);
        order.ShouldContain("<IBAN>DE89370400440532013000</IBAN>");
        order.ShouldContain("<Nm>Erika Muessig</Nm>");
        order.ShouldContain("<BldgNb>7a</BldgNb>");
        var endToEnd = await _app.ScalarAsync<string>("SELECT end_to_end_id FROM payouts WHERE translator_id = $1", rich);
        for (var i = 0; i < 2; i++)
        {
            var (status, body) = await _app.ImportAsync(Status(endToEnd, "RJCT", "AC04", i));
            (status, (int)body["payoutsReturned"]!).ShouldBe((HttpStatusCode.OK, 1 - i));
        }

        (await _app.OwedAsync(rich)).ShouldBe(672);
        ((string)(await PayoutsAsync(rich)).ShouldHaveSingleItem()["returnReason"]!).ShouldBe("AC04");
        await _app.Messages.NextAsync<PayoutReturned>(p => p.TranslatorId == rich && p is { Cents: 672, Reason: "AC04" });
        // Not to that account again, until she gives another.
        await PayAsync(NewWeek());
        (await _app.OwedAsync(rich)).ShouldBe(672);
        await _app.ConsumeAsync(_app.Given(rich, Books.German("small_business", iban: "FR1420041010050500013M02606"), version: 2));
        await PayAsync(NewWeek());
        (await _app.OwedAsync(rich)).ShouldBe(0);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task that_the_bank_carried_out_and_then_sent_back_is_owed_again()
    {
        var translator = await _app.TranslatorAsync(Books.German("small_business"));
        await EarnAsync(translator, 4);
        await PayAsync(NewWeek());
        var endToEnd = await _app.ScalarAsync<string>("SELECT end_to_end_id FROM payouts WHERE translator_id = $1", translator);
        ((int)(await _app.ImportAsync(Status(endToEnd, "ACSC", null, 0))).Body["payoutsPaid"]!).ShouldBe(1);
        var back = Books.Camt(new Transfer(672, EndToEnd: endToEnd, ReturnReason: "AC01", BankReference: Jobs.NewId().ToString("N")));
        ((int)(await _app.ImportAsync(back)).Body["payoutsReturned"]!).ShouldBe(1);
        (await _app.OwedAsync(translator)).ShouldBe(672);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task comes_back_whole_if_the_bank_refuses_the_order()
    {
        var translator = await _app.TranslatorAsync(Books.German("small_business"));
        await EarnAsync(translator, 4);
        await PayAsync(NewWeek());
        var batch = await BatchOfAsync(translator);
        await _app.ImportAsync($"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>{Jobs.NewId():N}</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>{batch:N}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>
            <StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>
            """);
        (await _app.OwedAsync(translator)).ShouldBe(672);
    }

    [Theory]
    [InlineData("Purpose unknown", "ABCD", "status.unknown")]
    public async Task is_not_touched_by_an_answer_that_nobody_understands(string _, string status, string code)
    {
        var (answer, body) = await _app.ImportAsync(Status(Jobs.NewId().ToString("N"), status, null, 0));
        answer.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["errors"]![0]!["code"]!).ShouldBe(code);
        ((string)body["errors"]![0]!["pointer"]!).ShouldContain("TxInfAndSts/TxSts");
    }

    [Fact]
    public async Task shows_her_what_she_gave_with_the_end_of_the_account_only()
    {
        var (translator, without) = (await _app.TranslatorAsync(Books.German()), await _app.TranslatorAsync());
        var path = $"/internal/translators/{translator}/tax-details";
        var text = await _app.AsPortal().GetStringAsync(path, Cancelled);
        text.ShouldNotContain("37040044");
        var details = JsonNode.Parse(text)!;
        ((string)details["account"]!, (string)details["legalName"]!, (int)details["version"]!).ShouldBe(("DE89 … 3000", "Érika Müßig-Łódzka", 1));
        details["faults"]!.AsArray().ShouldBeEmpty();
        (await _app.AsPortal().GetAsync($"/internal/translators/{without}/tax-details", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _app.AsOperator().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.As(translator).GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.Anonymous().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // Sealed for somebody else it does not open.
        var foreign = _app.Given(Jobs.NewId(), Books.German(), version: 2) with { TranslatorId = translator };
        await _app.ConsumeAsync(foreign);
        (await _app.AsPortal().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PapersAsync(translator))["detailsFaults"]!.AsArray().Select(f => (string)f!).ShouldBe(["details.unreadable"]);
    }

    [Fact]
    public async Task says_when_it_comes_or_what_keeps_it_back()
    {
        var translator = await _app.TranslatorAsync();
        async Task<string> OutlookAsync() => (string)(await PapersAsync(translator))["outlook"]!["state"]!;
        (await OutlookAsync()).ShouldBe("nothing_owed");
        await EarnAsync(translator, 1);
        (await OutlookAsync()).ShouldBe("details_missing");
        await _app.ConsumeAsync(_app.Given(translator, Books.German("small_business") with { Iban = "DE00" }));
        (await OutlookAsync()).ShouldBe("details_wrong");
        await _app.ConsumeAsync(_app.Given(translator, Books.German("small_business"), version: 2));
        (await OutlookAsync()).ShouldBe("below_minimum");
        await EarnAsync(translator, 3);
        (await OutlookAsync()).ShouldBe("due");
        var week = Weeks.PaidAt(TimeProvider.System.GetUtcNow());
        await PayAsync(week);
        await EarnAsync(translator, 4);
        (await OutlookAsync()).ShouldBe("friday");
        ((DateTimeOffset)(await PapersAsync(translator))["outlook"]!["at"]!).ShouldBe(Domain.InvoiceMonth.At(week.AddDays(11), 6));
        var endToEnd = await _app.ScalarAsync<string>("SELECT end_to_end_id FROM payouts WHERE translator_id = $1", translator);
        await _app.ImportAsync(Status(endToEnd, "RJCT", "AC04", 0));
        (await OutlookAsync()).ShouldBe("account_refused");
        var orders = JsonNode.Parse(await _app.AsOperator().GetStringAsync("/operations/payment-orders", Cancelled))!.AsArray();
        var batch = await BatchOfAsync(translator);
        Numbers(orders.Single(o => (Guid)o!["id"]! == batch)!, "returned", "paid").ShouldBe([1, 0]);
    }

    [Fact]
    public void is_sent_only_where_the_details_are_right()
    {
        TaxDetailsRules.Faults(Books.German()).ShouldBeEmpty();
        TaxDetailsRules.Faults(Books.German("small_business")).ShouldBeEmpty();
        TaxDetailsRules.Faults(Books.French()).ShouldBeEmpty();
        foreach (var (details, fault) in new (TaxDetails, string)[]
        {
            (Books.German() with { Iban = "DE89370400440532013001" }, "iban.invalid"),
            (Books.German() with { Iban = "CH9300762011623852957" }, "bic.missing"),
            (Books.German() with { Bic = "NOPE" }, "bic.invalid"),
            (Books.German() with { VatId = "DE123456789" }, "vat_id.invalid"),
            (Books.German() with { VatId = null, TaxNumber = " " }, "tax_number.missing"),
            (Books.German() with { City = "" }, "city.missing"),
            (Books.German() with { Country = "Germany" }, "country.invalid"),
            (Books.German() with { Scheme = "reverse_charge" }, "scheme.country"),
            (Books.French() with { Scheme = "standard" }, "scheme.country"),
            (Books.German() with { Scheme = "none" }, "scheme.unknown"),
        })
        {
            TaxDetailsRules.Faults(details).ShouldContain(fault);
        }
    }

    [Fact]
    public async Task rests_sealed()
    {
        var translator = await _app.TranslatorAsync(Books.German());
        await EarnAsync(translator, 4);
        await _app.RunMonthAsync();
        await PayAsync(NewWeek());
        (await _app.ScalarAsync<long>(
            """
            SELECT (SELECT count(*) FROM translators t WHERE t::text LIKE '%Müßig%' OR position('DE8937'::bytea IN details) > 0)
                + (SELECT count(*) FROM statements s WHERE s::text LIKE '%Gartenweg%')
                + (SELECT count(*) FROM documents d WHERE position('DE8937'::bytea IN content) > 0 OR position('Gartenweg'::bytea IN content) > 0)
            """)).ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-11-26T12:00:00Z", "2026-11-16")]
    [InlineData("2026-11-27T04:59:00Z", "2026-11-16")]
    [InlineData("2026-11-27T05:00:00Z", "2026-11-23")]
    [InlineData("2026-11-29T12:00:00Z", "2026-11-23")]
    public void is_due_on_fridays_from_six_in_the_morning(string now, string monday) =>
        Weeks.PaidAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(DateOnly.Parse(monday, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("Müller & Söhne", "Mueller + Soehne")]
    [InlineData("Łódź Çelik Ørsted", "Lodz Celik Orsted")]
    [InlineData("注文👍", "...")]
    public void is_addressed_in_letters_that_every_bank_takes(string name, string expected) => PaymentOrderWriter.BankText(name, 70).ShouldBe(expected);

    [Fact]
    public void is_ordered_in_a_form_that_validators_can_look_at()
    {
        var seller = new Seller { Name = "Zweizeiler GmbH", Street = "Musterstraße 2", PostCode = "50667", City = "Köln", Iban = Books.OwnIban, Bic = "BYLADEM1001" };
        TransferOrder[] orders =
        [
            new("0198f00000007000800000000000000a", 672, "Érika Müßig-Łódzka", "Gartenweg 7a", "10115", "Berlin", "DE", "DE89370400440532013000", null, "Zweizeiler Auszahlung 70001"),
            new("0198f00000007000800000000000000b", 100_000, "Claire Martin", "12 rue de la Paix", "75002", "Paris", "FR", "CH9300762011623852957", "UBSWCHZH80A", "Zweizeiler payout 70002"),
        ];
        var order = PaymentOrderWriter.Write("0198f00000007000800000000000000c", orders, seller, DateTimeOffset.UnixEpoch);
        Encoding.UTF8.GetString(order).ShouldContain("<CtrlSum>1006.72</CtrlSum>");
        SamplePapers.Keep("order.pain.xml", order);
    }

    private static string Status(string endToEnd, string status, string? reason, int n) => $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>M{n}</MsgId></GrpHdr>
        <OrgnlGrpInfAndSts><OrgnlMsgId>x</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts><OrgnlPmtInfId>x</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>{endToEnd}</OrgnlEndToEndId><TxSts>{status}</TxSts>
        {(reason is null ? "" : $"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>")}</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
        """;

    private static DateOnly NewWeek() => new DateOnly(2027, 1, 4).AddDays(7 * Interlocked.Increment(ref _week));

    private async Task EarnAsync(Guid translator, int jobs)
    {
        var merchant = await _app.RegisteredAsync(10_000);
        for (var i = 0; i < jobs; i++)
        {
            await _app.ChargedAsync(merchant, translator: translator);
        }
    }

    private async Task PayAsync(DateOnly week)
    {
        PayoutBatch? made;
        do
        {
            await using var scope = _app.Services.CreateAsyncScope();
            made = await scope.ServiceProvider.GetRequiredService<MakePayouts>().NextAsync(week, Cancelled);
        }
        while (made is not null);
    }

    private async Task<JsonNode> PapersAsync(Guid translator) =>
        JsonNode.Parse(await _app.AsPortal().GetStringAsync($"/internal/translators/{translator}/papers", Cancelled))!;

    private async Task<IReadOnlyList<JsonNode>> PayoutsAsync(Guid translator) => [.. (await PapersAsync(translator))["payouts"]!.AsArray().Select(p => p!)];

    private Task<Guid> BatchOfAsync(Guid translator) => _app.ScalarAsync<Guid>("SELECT batch_id FROM payouts WHERE translator_id = $1 ORDER BY sent_at DESC LIMIT 1", translator);

    private Task<long> ClearingAsync() => _app.ScalarAsync<long>(
        "SELECT coalesce(sum(amount_cents), 0)::bigint FROM postings p JOIN accounts a ON a.id = p.account_id JOIN entries e ON e.id = p.entry_id WHERE a.kind = 'clearing' AND e.kind = 'payout'");

    private static IEnumerable<long> Numbers(JsonNode node, params string[] names) => names.Select(n => (long)node[n]!);
}
