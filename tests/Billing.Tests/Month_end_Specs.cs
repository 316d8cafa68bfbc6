using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using UglyToad.PdfPig;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;

namespace Zweizeiler.Billing.Tests;

[Collection("Months")]
public sealed class The_month_end(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Two jobs of 2.40 €: 46 ct of tax each, 91 ct on the sum (91.2). The cent that was charged too much goes back.</summary>
    [Fact]
    public async Task makes_one_invoice_with_tax_on_the_sum_and_gives_the_cent_back()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant);
        await _app.ChargedAsync(merchant, reference: "ORDER-4712");
        await _app.RunMonthAsync();

        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        Numbers(invoice, "lines", "net", "tax", "gross", "due", "open").ShouldBe([2, 480, 91, 571, 0, 0]);
        ((string)invoice["state"]!).ShouldBe("issued");
        ((string)invoice["number"]!).ShouldStartWith("ZR-");
        (await _app.BalanceAsync(merchant)).ShouldBe((1000 - 571, 0));
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
        await _app.Messages.NextAsync<InvoiceIssued>(i => i.MerchantId == merchant && i.Kind == "invoice" && i is { GrossCents: 571, DueOn: null });
    }

    /// <summary>Ten jobs of 1.01 € would be 19 ct each and 192 ct together: the two cents more are the platform's, never the merchant's (promise 1).</summary>
    [Fact]
    public async Task never_charges_more_than_the_jobs_were_quoted_at()
    {
        var merchant = await _app.RegisteredAsync(10_000);
        for (var i = 0; i < 3; i++)
        {
            // 3 lines, 3.60 €: 68 ct each (68.4), 205 ct together (205.2).
            await _app.ChargedAsync(merchant, characters: 160);
        }

        await _app.RunMonthAsync();
        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        Numbers(invoice, "net", "tax", "gross", "open").ShouldBe([1080, 205, 1285, 0]);
        (await _app.BalanceAsync(merchant)).ShouldBe((10_000 - (3 * 428), 0));
        var totals = await XmlAsync(merchant, invoice);
        Amount(totals, "PrepaidAmount").ShouldBe("12.84");
        Amount(totals, "PayableRoundingAmount").ShouldBe("-0.01");
        Amount(totals, "PayableAmount").ShouldBe("0.00");
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task twice_in_parallel_and_again_makes_the_same_invoices_once_with_numbers_without_a_gap()
    {
        var merchants = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            merchants.Add(await _app.RegisteredAsync(1000));
            await _app.ChargedAsync(merchants[^1]);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.RunMonthAsync()));
        await _app.RunMonthAsync();
        foreach (var merchant in merchants)
        {
            (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        }

        await AssertNoGapAsync();
        foreach (var merchant in merchants)
        {
            await _app.Messages.NextAsync<InvoiceIssued>(i => i.MerchantId == merchant);
            _app.Messages.Heard<InvoiceIssued>().Count(i => i.MerchantId == merchant).ShouldBe(1);
        }
    }

    [Fact]
    public async Task after_a_crash_between_number_and_paper_writes_the_paper_of_that_number()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant);
        await NumberOnlyAsync();
        var numbered = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        ((string)numbered["state"]!).ShouldBe("numbered");
        (await _app.As(merchant).GetAsync($"/v1/invoices/{numbered["id"]}/pdf", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await _app.RunMonthAsync();
        var issued = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        ((string)issued["state"]!).ShouldBe("issued");
        ((string)issued["number"]!).ShouldBe((string)numbered["number"]!);
        (await XmlAsync(merchant, issued)).Element(Cbc("ID"))!.Value.ShouldBe((string)numbered["number"]!);
        await AssertNoGapAsync();
    }

    [Fact]
    public async Task that_is_rolled_back_gives_its_number_to_the_next()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
            await Zweizeiler.Billing.Persistence.Numbers.NextAsync(db, Zweizeiler.Billing.Persistence.Numbers.Invoices, 2026, Cancelled);
            // The process dies here: nothing is committed.
        }

        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        await AssertNoGapAsync();
    }

    [Fact]
    public async Task waits_for_an_address_and_says_so_to_operators()
    {
        var merchant = await _app.RegisteredAsync(1000, withAddress: false);
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        (await _app.InvoicesAsync(merchant)).ShouldBeEmpty();
        var state = JsonNode.Parse(await _app.AsOperator().GetStringAsync("/operations/months/2026-09", Cancelled))!;
        ((JsonArray)state["blocked"]!).Single(b => (Guid)b!["ownerId"]! == merchant)!["reason"]!.GetValue<string>().ShouldBe("address.missing");

        (await _app.PutProfileAsync(merchant)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _app.RunMonthAsync();
        (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("FR", "FR40303265045", "AE", 0)]
    [InlineData("CH", null, "O", 0)]
    [InlineData("DE", null, "S", 46)]
    public async Task taxes_by_place_of_supply(string country, string? vatId, string category, long tax)
    {
        var merchant = await _app.RegisteredAsync(1000, country, vatId, "en");
        await _app.ChargedAsync(merchant, country: country);
        await _app.RunMonthAsync();
        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        Numbers(invoice, "net", "tax").ShouldBe([240, tax]);
        ((string)invoice["taxes"]![0]!["category"]!).ShouldBe(category);
    }

    [Fact]
    public async Task makes_no_invoice_with_reverse_charge_for_a_vat_id_that_is_wrong_or_was_denied()
    {
        var wrong = await _app.RegisteredAsync(1000, "FR", "FR40303265046");
        var denied = await _app.RegisteredAsync(1000, "AT", "ATU13585627");
        (await _app.AsOperator().PutAsJsonAsync("/operations/vat-answers/ATU13585627", new { valid = false, consultation = "WAPIAAAAX" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.ChargedAsync(wrong, country: "FR");
        await _app.ChargedAsync(denied, country: "AT");
        await _app.RunMonthAsync();
        foreach (var (merchant, why) in ((Guid, string)[])[(wrong, "vat_id.invalid"), (denied, "vat_id.denied")])
        {
            (await _app.InvoicesAsync(merchant)).ShouldBeEmpty();
            (await _app.ScalarAsync<string>("SELECT blocked_by FROM month_tasks WHERE owner_id = $1", merchant)).ShouldBe(why);
        }

        // Asked again, the registry knows it: what waited is made at once.
        (await _app.AsOperator().PutAsJsonAsync("/operations/vat-answers/atu-13585627", new { valid = true, consultation = "WAPIAAAAY" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.Services.GetRequiredService<PaperRun>().WorkOffAsync(Cancelled);
        (await _app.InvoicesAsync(denied)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false, null, null, null)]
    [InlineData(true, null, null, "vat_id.unanswered")]
    [InlineData(true, 10, null, null)]
    [InlineData(true, 200, null, null)]
    [InlineData(true, 200, 180, "vat_id.unanswered")]
    [InlineData(false, 200, 180, null)]
    public async Task waits_for_the_registrys_answer_where_that_is_wanted(bool required, int? answeredDaysAgo, int? holdsDays, string? blocked)
    {
        var settings = new Dictionary<string, string> { ["VatRegistry:RequireAnswer"] = $"{required}" };
        if (holdsDays is { } days)
        {
            settings["VatRegistry:AnswerHolds"] = $"{days}.00:00:00";
        }

        await using var app = await BillingApp.StartAsync(shared.Servers, more: settings);
        var merchant = await app.RegisteredAsync(1000, "AT", "ATU13585627");
        await app.ChargedAsync(merchant, country: "AT");
        if (answeredDaysAgo is { } ago)
        {
            await app.AsOperator().PutAsJsonAsync("/operations/vat-answers/ATU13585627", new { valid = true }, Cancelled);
            await app.ScalarAsync<long>($"WITH u AS (UPDATE vat_answers SET answered_at = now() - interval '{ago} days' RETURNING 1) SELECT count(*) FROM u");
        }

        await app.RunMonthAsync();
        (await app.InvoicesAsync(merchant)).Count.ShouldBe(blocked is null ? 1 : 0);
        (await app.ScalarAsync<string>("SELECT coalesce(blocked_by, '') FROM month_tasks WHERE owner_id = $1", merchant)).ShouldBe(blocked ?? "");
    }

    [Fact]
    public async Task puts_credits_on_a_credit_note_that_names_the_invoice()
    {
        var (merchant, translator) = (await _app.RegisteredAsync(1000), Jobs.NewId());
        var job = await _app.ChargedAsync(merchant, translator: translator);
        await _app.RunMonthAsync();
        await _app.ConsumeAsync(Jobs.Credited(job, translator) with { CreditedAt = Books.Within.AddMonths(1) });
        await _app.RunMonthAsync(Books.Month.AddMonths(1));

        var invoices = await _app.InvoicesAsync(merchant);
        invoices.Select(i => (string)i["kind"]!).ShouldBe(["credit_note", "invoice"]);
        Numbers(invoices[0], "net", "tax", "gross", "due").ShouldBe([240, 46, 286, 0]);
        invoices[0]["corrects"]!.AsArray().Select(n => (string)n!).ShouldBe([(string)invoices[1]["number"]!]);
        var xml = await XmlAsync(merchant, invoices[0]);
        (xml.Name.LocalName, xml.Element(Cbc("CreditNoteTypeCode"))!.Value).ShouldBe(("CreditNote", "381"));
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
    }

    [Fact]
    public async Task splits_what_is_outside_the_scope_from_what_is_taxed()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant, country: "CH");
        await _app.ChargedAsync(merchant, country: "DE");
        await _app.RunMonthAsync();
        (await _app.InvoicesAsync(merchant)).Select(i => (string)i["taxes"]![0]!["category"]!).ShouldBe(["S", "O"], ignoreOrder: true);
    }

    [Fact]
    public async Task of_a_monthly_account_asks_for_payment_and_reminds_of_it()
    {
        var merchant = await _app.RegisteredAsync(1);
        (await _app.AsOperator().PutAsJsonAsync($"/operations/merchants/{merchant}/credit-limit", new { cents = 1000, reason = "Monthly account agreed" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        Numbers(invoice, "gross", "due", "open").ShouldBe([286, 285, 285]);
        var due = DateOnly.ParseExact((string)invoice["dueOn"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        (await RemindAsync(due)).ShouldBe(0);
        (await RemindAsync(due.AddDays(4))).ShouldBe(1);
        (await RemindAsync(due.AddDays(5))).ShouldBe(0);
        (await RemindAsync(due.AddDays(12))).ShouldBe(1);
        (await RemindAsync(due.AddDays(20))).ShouldBe(1);
        (await RemindAsync(due.AddDays(100))).ShouldBe(0);
        await _app.Messages.NextAsync<PaymentReminded>(r => r.MerchantId == merchant && r is { Level: 3, OpenCents: 285 });

        async Task<int> RemindAsync(DateOnly day)
        {
            var time = new FakeTimeProvider(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));
            await using var scope = _app.Services.CreateAsyncScope();
            var before = await _app.ScalarAsync<int>("SELECT reminder_level FROM invoices WHERE merchant_id = $1", merchant);
            while (await ActivatorUtilities.CreateInstance<RemindPayments>(scope.ServiceProvider, time).NextAsync(Cancelled))
            {
            }

            return await _app.ScalarAsync<int>("SELECT reminder_level FROM invoices WHERE merchant_id = $1", merchant) - before;
        }
    }

    [Fact]
    public async Task never_lets_an_account_go_below_its_limit_nor_a_limit_below_the_debt()
    {
        var merchant = await _app.RegisteredAsync(1);
        var limit = $"/operations/merchants/{merchant}/credit-limit";
        await _app.AsOperator().PutAsJsonAsync(limit, new { cents = 400, reason = "Monthly account agreed" }, Cancelled);
        await _app.ChargedAsync(merchant);
        (await _app.ConsumeAsync(Jobs.Placed(merchant))).OfType<JobFundingDeclined>().ShouldHaveSingleItem().Reason.ShouldBe("balance.insufficient");
        var refused = await _app.AsOperator().PutAsJsonAsync(limit, new { cents = 284, reason = "Lower it again" }, Cancelled);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(Cancelled)).ShouldContain("285 cents");
        var balance = JsonNode.Parse(await _app.As(merchant).GetStringAsync("/v1/balance", Cancelled))!;
        Numbers(balance, "available", "balance", "creditLimit").ShouldBe([115, -285, 400]);
    }

    [Fact]
    public async Task voids_a_number_that_never_came_onto_paper_and_says_why()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant);
        await _app.ChargedAsync(merchant);
        await NumberOnlyAsync();
        var number = (string)(await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem()["number"]!;
        (await _app.AsOperator().PostAsJsonAsync($"/operations/invoices/{number}/void", new { reason = "Wrong company name" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.RunMonthAsync();

        var invoices = await _app.InvoicesAsync(merchant);
        invoices.Select(i => (string)i["state"]!).ShouldBe(["issued", "voided"]);
        ((string)invoices[1]["voidReason"]!).ShouldBe("Wrong company name");
        ((string)invoices[1]["number"]!).ShouldBe(number);
        (await _app.BalanceAsync(merchant)).ShouldBe((1000 - 571, 0));
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
        await AssertNoGapAsync();
    }

    [Fact]
    public async Task corrects_an_issued_invoice_by_cancellation_and_a_new_one()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var number = (string)(await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem()["number"]!;
        await _app.PutProfileAsync(merchant, new { legalName = "Muster Handels AG", street = "Ring 2", postCode = "50668", city = "Köln" });
        var path = $"/operations/invoices/{number}/correct";
        (await _app.AsOperator().PostAsJsonAsync(path, new { reason = "The company was renamed" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _app.AsOperator().PostAsJsonAsync(path, new { reason = "The company was renamed" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await _app.RunMonthAsync();

        var invoices = await _app.InvoicesAsync(merchant);
        invoices.Select(i => ((string)i["kind"]!, (string)i["state"]!, (long)i["gross"]!)).ShouldBe(
            [("invoice", "issued", 286), ("cancellation", "issued", 286), ("invoice", "cancelled", 286)], ignoreOrder: true);
        var corrected = invoices.Single(i => (string)i["kind"]! == "invoice" && (string)i["state"]! == "issued");
        (await XmlAsync(merchant, corrected)).ToString().ShouldContain("Muster Handels AG");
        (await _app.BalanceAsync(merchant)).ShouldBe((1000 - 286, 0));
    }

    [Fact]
    public async Task gives_the_lines_of_an_invoice_page_by_page()
    {
        var (merchant, stranger) = (await _app.RegisteredAsync(2000), await _app.RegisteredAsync(5));
        for (var i = 0; i < 3; i++)
        {
            await _app.ChargedAsync(merchant);
        }

        await _app.RunMonthAsync();
        var path = $"/v1/invoices/{(string)(await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem()["id"]!}/lines";
        var all = (await _app.As(merchant).GetFromJsonAsync<JsonObject>(path, Cancelled))!;
        all["data"]!.AsArray().Count.ShouldBe(3);
        all["nextCursor"].ShouldBeNull();
        var first = (await _app.As(merchant).GetFromJsonAsync<JsonObject>($"{path}?limit=2", Cancelled))!;
        var cursor = (string)first["nextCursor"]!;
        var second = (await _app.As(merchant).GetFromJsonAsync<JsonObject>($"{path}?limit=2&cursor={cursor}", Cancelled))!;
        first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Select(l => l!.ToJsonString()).ShouldBe(all["data"]!.AsArray().Select(l => l!.ToJsonString()));
        second["nextCursor"].ShouldBeNull();
        (await _app.As(merchant).GetAsync($"{path}?after=2", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _app.As(stranger).GetAsync($"{path}?cursor={cursor}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task gives_the_papers_to_their_merchant_only()
    {
        var (merchant, stranger) = (await _app.RegisteredAsync(1000, name: "Eigen GmbH"), await _app.RegisteredAsync(5));
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var id = (string)(await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem()["id"]!;
        foreach (var path in (string[])["", "/lines", "/pdf", "/xml"])
        {
            (await _app.As(merchant).GetAsync($"/v1/invoices/{id}{path}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await _app.As(stranger).GetAsync($"/v1/invoices/{id}{path}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await _app.As(merchant, "test").GetAsync($"/v1/invoices/{id}{path}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await _app.InvoicesAsync(stranger)).ShouldBeEmpty();
        (await _app.As(stranger).GetStringAsync("/v1/billing-profile", Cancelled)).ShouldNotContain("Eigen");
        var english = await _app.As(merchant).GetByteArrayAsync($"/v1/invoices/{id}/pdf?language=en", Cancelled);
        using var pdf = PdfDocument.Open(english);
        pdf.GetPage(1).Text.ShouldContain("Page 1 of 1");
    }

    [Fact]
    public async Task names_what_is_missing_in_a_profile_and_needs_its_version()
    {
        var merchant = await _app.RegisteredAsync(1, withAddress: false);
        var refused = await _app.PutProfileAsync(merchant, new { street = "", postCode = "1", city = new string('x', 201) });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancelled))!["errors"]!.AsArray().Select(e => (string)e!["pointer"]!).ShouldBe(["/street", "/city"]);
        (await _app.As(merchant).PutAsJsonAsync("/v1/billing-profile", new { street = "A 1", postCode = "1", city = "B" }, Cancelled))
            .StatusCode.ShouldBe((HttpStatusCode)428);
    }

    [Theory]
    [InlineData("/operations/merchants")]
    [InlineData("/operations/payments/unmatched")]
    [InlineData("/operations/months/2026-09")]
    [InlineData("/operations/payouts")]
    [InlineData("/operations/payment-orders")]
    [InlineData("/operations/accounts")]
    [InlineData("/operations/actions")]
    [InlineData("/operations/translators")]
    [InlineData("/operations/price-lists")]
    public async Task shows_operators_what_no_merchants_key_can_see(string path)
    {
        (await _app.AsOperator().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _app.As(Jobs.NewId()).GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.AsPortal().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.Anonymous().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task corrects_a_balance_by_a_counter_entry_once_and_with_a_reason_only()
    {
        var (merchant, id) = (await _app.RegisteredAsync(100), Jobs.NewId());
        var body = new { merchantId = merchant, cents = 50, against = "platform_share", reason = "Goodwill after an outage" };
        for (var i = 0; i < 2; i++)
        {
            (await _app.AsOperator().PutAsJsonAsync($"/operations/corrections/{id}", body, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        (await _app.BalanceAsync(merchant)).Available.ShouldBe(150);
        foreach (var wrong in (object[])
        [
            new { merchantId = merchant, cents = 50, against = "platform_share", reason = "" },
            new { merchantId = merchant, cents = 0, against = "platform_share", reason = "No amount at all" },
            new { merchantId = merchant, cents = -151, against = "platform_share", reason = "More than there is" },
        ])
        {
            (await _app.AsOperator().PutAsJsonAsync($"/operations/corrections/{Jobs.NewId()}", wrong, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        (await _app.BalanceAsync(merchant)).Available.ShouldBe(150);
    }

    private async Task NumberOnlyAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await MonthPlan.PlanAsync(scope.ServiceProvider.GetRequiredService<BillingDbContext>(), Books.Month, TimeProvider.System.GetUtcNow(), Cancelled);
        bool more;
        do
        {
            await using var one = _app.Services.CreateAsyncScope();
            more = await one.ServiceProvider.GetRequiredService<NumberInvoices>().NextAsync(Cancelled);
        }
        while (more);
    }

    private async Task<XElement> XmlAsync(Guid merchant, JsonNode invoice) =>
        XDocument.Parse(Encoding.UTF8.GetString(await _app.As(merchant).GetByteArrayAsync($"/v1/invoices/{invoice["id"]}/xml", Cancelled))).Root!;

    /// <summary>Every number of every series from 1 to the last is there once.</summary>
    private async Task AssertNoGapAsync() => (await _app.ScalarAsync<long>(
        """
        SELECT count(*) FROM number_series s WHERE s.last <> (
            SELECT count(DISTINCT number) FROM (SELECT number FROM invoices UNION ALL SELECT number FROM statements) n WHERE number LIKE s.series || '-' || s.year || '-%')
        """)).ShouldBe(0);

    private static XName Cbc(string name) => XName.Get(name, "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");

    private static string? Amount(XElement root, string name) => root.Descendants(Cbc(name)).FirstOrDefault()?.Value;

    private static IEnumerable<long> Numbers(JsonNode node, params string[] names) => names.Select(n => (long)node[n]!);
}
