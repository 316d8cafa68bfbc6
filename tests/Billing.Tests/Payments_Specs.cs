using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

[Collection("Months")]
public sealed class A_file_of_the_banks(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task tops_up_by_the_merchants_reference_once_however_often_it_is_told()
    {
        var merchant = await _app.RegisteredAsync(100);
        var reference = await TopUpAsync(merchant);
        var transfer = new Transfer(5000, Free: $"Guthaben {reference[..4]} {reference[4..8]} {reference[8..]} danke", BankReference: NewReference());
        var statement = Books.Camt(transfer);
        var (status, first) = await _app.ImportAsync(statement);
        (status, (int)first["booked"]!, (bool)first["alreadyImported"]!).ShouldBe((HttpStatusCode.OK, 1, false));
        ((bool)(await _app.ImportAsync(statement)).Body["alreadyImported"]!).ShouldBeTrue();
        // The notice of the same booking, and another statement with it.
        foreach (var again in (string[])[Books.Statement("camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "Ntfctn", transfer), Books.Camt(transfer), Books.Statement("camt.053.001.02", "BkToCstmrStmt", "Stmt", transfer)])
        {
            var (_, body) = await _app.ImportAsync(again);
            ((int)body["known"]!, (int)body["booked"]!).ShouldBe((1, 0));
        }

        (await _app.BalanceAsync(merchant)).Available.ShouldBe(5100);
        await _app.Messages.NextAsync<PaymentReceived>(p => p.MerchantId == merchant && p is { Cents: 5000, InvoiceNumber: null });
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task takes_two_equal_transfers_without_a_banks_reference_for_two()
    {
        var merchant = await _app.RegisteredAsync(100);
        var transfer = new Transfer(5000, await TopUpAsync(merchant));
        ((int)(await _app.ImportAsync(Books.Camt(transfer, transfer))).Body["booked"]!).ShouldBe(2);
        ((int)(await _app.ImportAsync(Books.Camt(transfer, transfer))).Body["known"]!).ShouldBe(2);
        (await _app.BalanceAsync(merchant)).Available.ShouldBe(10_100);
    }

    [Fact]
    public async Task pays_an_invoice_by_reference_and_amount_and_keeps_everything_else_for_a_person()
    {
        var (merchant, reference, number) = await OpenInvoiceAsync();
        foreach (var (transfer, finding) in new (Transfer, string)[]
        {
            (new Transfer(284, reference, BankReference: NewReference()), "amount.differs"),
            (new Transfer(285, BankReference: NewReference()), "reference.missing"),
            (new Transfer(285, CreditorReference.Of("UNKNOWN1"), BankReference: NewReference()), "reference.unknown"),
            (new Transfer(285, reference, Free: await TopUpAsync(merchant), BankReference: NewReference()), "reference.several"),
        })
        {
            ((int)(await _app.ImportAsync(Books.Camt(transfer))).Body["unmatched"]!).ShouldBe(1, finding);
            (await _app.ScalarAsync<string>("SELECT finding FROM payments ORDER BY id DESC LIMIT 1")).ShouldBe(finding);
        }

        (await OpenAsync(merchant)).ShouldBe(285);
        ((int)(await _app.ImportAsync(Books.Camt(new Transfer(285, reference, BankReference: NewReference())))).Body["booked"]!).ShouldBe(1);
        (await OpenAsync(merchant)).ShouldBe(0);
        (await _app.BalanceAsync(merchant)).Available.ShouldBe(0);
        await _app.Messages.NextAsync<PaymentReceived>(p => p.MerchantId == merchant && p.InvoiceNumber == number);
        // Paid twice: a person decides.
        ((int)(await _app.ImportAsync(Books.Camt(new Transfer(285, reference, BankReference: NewReference())))).Body["unmatched"]!).ShouldBe(1);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task lets_a_person_say_whose_a_payment_is_once_and_why()
    {
        var (merchant, _, number) = await OpenInvoiceAsync();
        await _app.ImportAsync(Books.Camt(new Transfer(285, Free: "Rechnung September", BankReference: NewReference())));
        var unmatched = (JsonArray)JsonNode.Parse(await _app.AsOperator().GetStringAsync("/operations/payments/unmatched", Cancelled))!;
        var payment = unmatched.Last(p => (string)p!["text"]! == "Rechnung September")!;
        ((string)payment["payerName"]!).ShouldBe("Muster Handels GmbH");
        var path = $"/operations/payments/{payment["id"]}/assign";
        (await _app.AsOperator().PostAsJsonAsync(path, new { invoiceNumber = number }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _app.AsOperator().PostAsJsonAsync(path, new { invoiceNumber = "ZR-1", reason = "It says so" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _app.AsOperator().PostAsJsonAsync(path, new { invoiceNumber = number, reason = "The merchant said so" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _app.AsOperator().PostAsJsonAsync(path, new { invoiceNumber = number, reason = "The merchant said so" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await OpenAsync(merchant)).ShouldBe(0);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task lets_a_person_send_back_what_is_nobodys_once_and_why()
    {
        async Task<long> SumAsync(string account) => await _app.ScalarAsync<long>(
            "SELECT coalesce(sum(amount_cents), 0)::bigint FROM postings p JOIN accounts a ON a.id = p.account_id WHERE a.kind = $1", account);
        var (unassigned, clearing) = (await SumAsync("unassigned"), await SumAsync("clearing"));
        await _app.ImportAsync(Books.Camt(new Transfer(1234, Free: "Von einer Fremden", BankReference: NewReference())));
        ((await SumAsync("unassigned")) - unassigned, (await SumAsync("clearing")) - clearing).ShouldBe((1234, -1234));
        var payment = ((JsonArray)JsonNode.Parse(await _app.AsOperator().GetStringAsync("/operations/payments/unmatched", Cancelled))!)
            .Last(p => (string)p!["text"]! == "Von einer Fremden")!;
        var path = $"/operations/payments/{payment["id"]}/return";
        (await _app.AsOperator().PostAsJsonAsync(path, new { reason = "No" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _app.AsPortal().PostAsJsonAsync(path, new { reason = "Nobody knows her" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.AsOperator().PostAsJsonAsync(path, new { reason = "Nobody knows her" }, Cancelled)));
        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict]);
        ((await SumAsync("unassigned")) - unassigned, (await SumAsync("clearing")) - clearing).ShouldBe((0, 0));
        (await _app.AsOperator().PostAsJsonAsync($"/operations/payments/{payment["id"]}/assign", new { customerNumber = "10001", reason = "After all" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _app.AsOperator().GetStringAsync("/operations/payments/unmatched", Cancelled)).ShouldNotContain("Von einer Fremden");
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task with_one_finding_is_not_booked_at_all()
    {
        var merchant = await _app.RegisteredAsync(100);
        var reference = await TopUpAsync(merchant);
        var good = new Transfer(5000, reference, BankReference: NewReference());
        var whole = Books.Camt(good);
        foreach (var (xml, code, place) in new (string, string, string)[]
        {
            (Books.Camt(good, new Transfer(1, reference, Currency: "CHF")), "currency.foreign", "BkToCstmrStmt/Stmt/Ntry/Amt"),
            (whole[..^30], "xml.malformed", "line "),
            ("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + whole[whole.IndexOf("<Document", StringComparison.Ordinal)..], "xml.malformed", "line "),
            ("no xml at all", "xml.malformed", "line 1"),
            (whole.Replace("<Amt Ccy=\"EUR\">50.00</Amt>", "<Amt Ccy=\"EUR\">5o.00</Amt>", StringComparison.Ordinal), "amount.invalid", "Ntry/Amt"),
            (whole.Replace("1050.00", "1051.00", StringComparison.Ordinal), "balance.mismatch", "Bal/Amt"),
            (whole.Replace(Books.OwnIban, "DE89370400440532013000", StringComparison.Ordinal), "account.foreign", "Acct/Id/IBAN"),
            (whole.Replace("2026-10-05", "05.10.2026", StringComparison.Ordinal), "date.invalid", "Ntry/BookgDt"),
            (whole.Replace("camt.053", "camt.052", StringComparison.Ordinal), "file.unknown", "line "),
            (whole.Replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", StringComparison.Ordinal), "field.invalid", "Ntry"),
        })
        {
            var (status, body) = await _app.ImportAsync(xml);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, code);
            var error = body["errors"]![0]!;
            ((string)error["code"]!).ShouldBe(code);
            ((string)error["pointer"]!).ShouldContain(place);
        }

        (await _app.BalanceAsync(merchant)).Available.ShouldBe(100);
        (await _app.ImportAsync(whole)).Status.ShouldBe(HttpStatusCode.OK);
        (await _app.BalanceAsync(merchant)).Available.ShouldBe(5100);
    }

    [Fact]
    public async Task side_by_side_with_others_that_tell_the_same_is_booked_once()
    {
        var merchant = await _app.RegisteredAsync(100);
        var transfer = new Transfer(700, await TopUpAsync(merchant), BankReference: NewReference());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.ImportAsync(Books.Camt(transfer))));
        (await _app.BalanceAsync(merchant)).Available.ShouldBe(800);
    }

    [Fact]
    public async Task keeps_names_accounts_and_texts_sealed()
    {
        await _app.ImportAsync(Books.Camt(new Transfer(111, Free: "Vertraulich von Muster", BankReference: NewReference())));
        (await _app.ScalarAsync<long>("SELECT count(*) FROM payments p WHERE p::text LIKE '%Muster%' OR p::text LIKE '%DE8937%' OR encode(p.details, 'escape') LIKE '%Muster%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("RF18539007547034", true)]
    [InlineData("rf18 5390 0754 7034", true)]
    [InlineData("RF18539007547043", false)]
    [InlineData("RF19539007547034", false)]
    [InlineData("RF", false)]
    [InlineData("", false)]
    public void knows_a_structured_reference_by_its_check_digits(string text, bool valid)
    {
        CreditorReference.TryParse(text, out var reference).ShouldBe(valid);
        reference.ShouldBe(valid ? "RF18539007547034" : null);
    }

    [Fact]
    public void finds_references_in_what_people_write()
    {
        CreditorReference.FindIn("Rg. RF18 5390 0754 7034 vom 5.10. und RF18539007547043").ShouldBe(["RF18539007547034"]);
        Prop.ForAll<PositiveInt>(n => CreditorReference.TryParse(CreditorReference.Of($"ZR-2026-{n.Get}"), out _)).Check(Config.QuickThrowOnFailure);
    }

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", null)]
    [InlineData("FR1420041010050500013M02606", null)]
    [InlineData("DE89370400440532013001", "check digits")]
    [InlineData("DE98370400440532013000", "check digits")]
    [InlineData("DE8937040044053201300", "22 characters")]
    [InlineData("US64SVBKUS6S3300958879", "not in the euro payments area")]
    [InlineData("D", "country")]
    public void says_what_is_wrong_with_an_iban(string iban, string? fault)
    {
        if (fault is null)
        {
            Iban.Fault(iban).ShouldBeNull();
        }
        else
        {
            Iban.Fault(iban).ShouldNotBeNull().ShouldContain(fault);
        }
    }

    private static string NewReference() => Jobs.NewId().ToString("N");

    private async Task<string> TopUpAsync(Guid merchant) =>
        (string)JsonNode.Parse(await _app.As(merchant).GetStringAsync("/v1/balance", Cancelled))!["topUp"]!["reference"]!;

    private async Task<long> OpenAsync(Guid merchant) => (long)(await _app.InvoicesAsync(merchant)).Single(i => (string)i["kind"]! == "invoice")["open"]!;

    /// <summary>A merchant with a monthly account who owes 2.85 €.</summary>
    private async Task<(Guid Merchant, string Reference, string Number)> OpenInvoiceAsync()
    {
        var merchant = await _app.RegisteredAsync(1);
        await _app.AsOperator().PutAsJsonAsync($"/operations/merchants/{merchant}/credit-limit", new { cents = 1000, reason = "Monthly account agreed" }, Cancelled);
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        return (merchant, (string)invoice["paymentReference"]!, (string)invoice["number"]!);
    }
}
