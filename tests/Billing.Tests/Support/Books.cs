using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>Merchants, translators and months as the papers' tests need them.</summary>
public static class Books
{
    public const string OwnIban = "DE02120300000000202051";

    public static DateOnly Month { get; } = new(2026, 9, 1);

    public static DateTimeOffset Within { get; } = new(2026, 9, 15, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A merchant whom Orders has told of, with an address unless it is to be missing.</summary>
    public static async Task<Guid> RegisteredAsync(
        this BillingApp app, long cents, string country = "DE", string? vatId = "DE136695976", string locale = "de", bool withAddress = true,
        string name = "Muster Handels GmbH")
    {
        var merchant = await app.MerchantWithAsync(cents);
        await app.ConsumeAsync(new MerchantRegistered(
            merchant, 1, name, "kasse@merchant.example", locale, "Europe/Berlin", country, true, vatId, vatId is not null, new WrappedDataKey([1])));
        if (withAddress)
        {
            (await app.PutProfileAsync(merchant)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        return merchant;
    }

    public static async Task<HttpResponseMessage> PutProfileAsync(this BillingApp app, Guid merchant, object? profile = null)
    {
        var client = app.As(merchant);
        var read = await client.GetAsync("/v1/billing-profile");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/billing-profile")
        {
            Content = JsonContent.Create(profile ?? new { street = "Hohe Straße 1", postCode = "50667", city = "Köln" }),
        };
        request.Headers.Add("If-Match", read.Headers.ETag?.ToString() ?? "\"0\"");
        return await client.SendAsync(request);
    }

    public static async Task<JobPlaced> ChargedAsync(
        this BillingApp app, Guid merchant, int characters = 93, string country = "DE", Guid? translator = null, DateTimeOffset? at = null,
        string? reference = "ORDER-4711")
    {
        var job = Jobs.Placed(merchant, characters, reference: reference, country: country);
        await app.ConsumeAsync(job);
        await app.ConsumeAsync(Jobs.Accepted(job, translator) with { AcceptedAt = at ?? Within });
        return job;
    }

    public static Task RunMonthAsync(this BillingApp app, DateOnly? month = null) =>
        app.Services.GetRequiredService<PaperRun>().RunAsync(month ?? Month, CancellationToken.None);

    public static async Task<IReadOnlyList<JsonNode>> InvoicesAsync(this BillingApp app, Guid merchant) =>
        [.. ((JsonArray)JsonNode.Parse(await app.As(merchant).GetStringAsync("/v1/invoices?limit=100"))!["data"]!).Select(i => i!)];

    public static TaxDetails German(string scheme = "standard", string iban = "DE89370400440532013000") => new(
        "Érika Müßig-Łódzka", "Gartenweg 7a", "10115", "Berlin", "DE", scheme, "11/222/33333", scheme == "standard" ? "DE136695976" : null, "Érika Müßig", iban, null);

    public static TaxDetails French() => new(
        "Claire Martin", "12 rue de la Paix", "75002", "Paris", "FR", "reverse_charge", null, "FR40303265045", "Claire Martin", "FR1420041010050500013M02606", null);

    public static TranslatorTaxDetailsGiven Given(this BillingApp app, Guid translator, TaxDetails details, int version = 1)
    {
        var vault = app.Services.GetRequiredService<TextVault>();
        var key = vault.CreateDataKey();
        return new TranslatorTaxDetailsGiven(
            translator, version, vault.Seal(key, translator, TextPurpose.TaxDetails, details), key, TimeProvider.System.GetUtcNow());
    }

    /// <summary>A translator with details, whom the marketplace has told of.</summary>
    public static async Task<Guid> TranslatorAsync(this BillingApp app, TaxDetails? details = null)
    {
        var translator = Jobs.NewId();
        await app.ConsumeAsync(new TranslatorRegistered(translator, 1, "Erika", "erika@translator.example", "de", "Europe/Berlin"));
        if (details is not null)
        {
            await app.ConsumeAsync(app.Given(translator, details));
        }

        return translator;
    }

    public static Task<long> OwedAsync(this BillingApp app, Guid translator) => app.ScalarAsync<long>(
        "SELECT coalesce(sum(balance_cents), 0)::bigint FROM balances b JOIN accounts a ON a.id = b.account_id WHERE owner_id = $1 AND kind = 'translator_payable'", translator);

    public static async Task<(HttpStatusCode Status, JsonNode Body)> ImportAsync(this BillingApp app, string xml)
    {
        var response = await app.AsOperator().PostAsync("/operations/bank-files", new StringContent(xml, Encoding.UTF8, "application/xml"));
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>A statement of the platform's account.</summary>
    public static string Camt(params Transfer[] transfers) => Statement("camt.053.001.08", "BkToCstmrStmt", "Stmt", transfers);

    public static string Statement(string form, string body, string statement, params Transfer[] transfers)
    {
        var sum = transfers.Sum(t => t.Cents);
        var balances = statement == "Stmt"
            ? $"""
              <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
              <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{Euro(100_000 + sum)}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
              """
            : "";
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:{form}"><{body}>
            <GrpHdr><MsgId>{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}</MsgId></GrpHdr>
            <{statement}><Acct><Id><IBAN>{OwnIban}</IBAN></Id></Acct>
            {balances}
            {string.Join("\n", transfers.Select(t => t.Entry()))}
            </{statement}></{body}></Document>
            """;
    }

    public static string Euro(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>A transfer that came in: its structured reference, what the payer wrote, and the bank's own reference, if it gives one.</summary>
public sealed record Transfer(
    long Cents, string? Structured = null, string? Free = null, string? BankReference = null, string Currency = "EUR", string EndToEnd = "NOTPROVIDED",
    string? ReturnReason = null)
{
    public string Entry() => $"""
        <Ntry><Amt Ccy="{Currency}">{Books.Euro(Cents)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-10-05</Dt></BookgDt>{(BankReference is null ? "" : $"<AcctSvcrRef>{BankReference}</AcctSvcrRef>")}
        <NtryDtls><TxDtls><Refs><EndToEndId>{EndToEnd}</EndToEndId></Refs>
        <RltdPties><Dbtr><Pty><Nm>Muster Handels GmbH</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>
        <RmtInf>{(Free is null ? "" : $"<Ustrd>{Free}</Ustrd>")}{(Structured is null ? "" : $"<Strd><CdtrRefInf><Ref>{Structured}</Ref></CdtrRefInf></Strd>")}</RmtInf>
        {(ReturnReason is null ? "" : $"<RtrInf><Rsn><Cd>{ReturnReason}</Cd></Rsn></RtrInf>")}
        </TxDtls></NtryDtls></Ntry>
        """;
}
