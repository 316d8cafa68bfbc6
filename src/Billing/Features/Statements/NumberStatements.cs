using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Statements;

/// <summary>Makes a translator's self-billed invoice of a month, with what tax adds to what is owed to her.</summary>
internal sealed partial class NumberStatements(
    BillingDbContext db, Ledger ledger, TextVault vault, IOptions<Seller> seller, TimeProvider time, ILogger<NumberStatements> logger)
    : NumberPapers(db, PaperOwner.Translator, time)
{
    protected override void TellFailed(Guid ownerId, string exceptionType) => LogFailed(ownerId, exceptionType);

    protected override async Task<string?> NumberAsync(MonthTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var translator = await TranslatorBook.LockAsync(Db, task.OwnerId, cancellationToken);
        var fault = translator.Details is null ? "details.missing" : translator.DetailsFaults.FirstOrDefault(f => !Payee.IsOfPayment(f));
        if (fault is null)
        {
            await NumberAsync(task.Month, translator, now, cancellationToken);
        }

        return fault;
    }

    private async Task NumberAsync(DateOnly month, Translator translator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lines = await Db.EarningLines.AsNoTracking().Where(l => l.TranslatorId == translator.Id && l.Month <= month && l.StatementId == null)
            .OrderBy(l => l.CreatedAt).ThenBy(l => l.Id).ToListAsync(cancellationToken);
        // More was taken back than earned: there is nothing to invoice, and it is set against the next month.
        if (lines.Sum(l => l.Cents) <= 0)
        {
            return;
        }

        var details = TranslatorBook.Open(vault, translator)!;
        var treatment = TaxDetailsRules.TreatmentOf(details);
        var taxes = PaperSums.TaxesOf(lines.Select(l => (treatment, l.Cents)));
        var id = Guid.CreateVersion7(now);
        await OweTaxAsync(id, translator.Id, taxes.Sum(t => t.TaxCents), now, cancellationToken);
        var taken = lines.Select(l => l.Id).ToArray();
        await TakeLinesAsync(id, taken, $"UPDATE earning_lines SET statement_id = {id} WHERE id = ANY ({taken}) AND statement_id IS NULL", cancellationToken);
        await Db.SaveChangesAsync(cancellationToken);
        Db.Statements.Add(await StatementAsync(id, month, translator, details, taxes, lines.Count, now, cancellationToken));
    }

    private async Task<Statement> StatementAsync(
        Guid id, DateOnly month, Translator translator, TaxDetails details, IReadOnlyList<TaxSum> taxes, int lines, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var issuedOn = InvoiceMonth.Day(now);
        var key = vault.CreateDataKey();
        return new Statement
        {
            Id = id,
            TranslatorId = translator.Id,
            Month = month,
            Number = await Numbers.NextAsync(Db, Numbers.Statements, issuedOn.Year, cancellationToken),
            Language = translator.Locale,
            SupplierNumber = translator.SupplierNo,
            Seller = vault.Seal(key, id, TextPurpose.Statement, TaxDetailsRules.PartyOf(details, translator)).Bytes,
            SellerKey = key.Bytes,
            Buyer = seller.Value.Complete().AsParty(),
            Taxes = taxes,
            LineCount = lines,
            NetCents = taxes.Sum(t => t.NetCents),
            TaxCents = taxes.Sum(t => t.TaxCents),
            GrossCents = taxes.Sum(t => t.NetCents + t.TaxCents),
            IssuedOn = issuedOn,
            NumberedAt = now,
        };
    }

    /// <summary>The fee is net: who charges tax gets it on top, and the tax office gives it back to the platform.</summary>
    private async Task OweTaxAsync(Guid statement, Guid translator, long taxCents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (taxCents == 0)
        {
            return;
        }

        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.InputTax, AccountKey.PayableTo(translator));
        ledger.Post(Entry.Of(
            EntryKind.StatementTax, statement, null, null, new Cause("MonthEnd", null, "Tax on the statement", now), now,
            (accounts[AccountKey.InputTax], -taxCents), (accounts[AccountKey.PayableTo(translator)], taxCents)));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The statement of translator {OwnerId} could not be numbered ({ExceptionType}); it is tried again in an hour")]
    private partial void LogFailed(Guid ownerId, string exceptionType);
}
