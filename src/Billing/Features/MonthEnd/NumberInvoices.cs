using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepMerchants;
using Zweizeiler.Billing.Features.VatRegistry;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>Makes a merchant's invoice and credit note of a month.</summary>
internal sealed partial class NumberInvoices(
    BillingDbContext db, Ledger ledger, IVatRegistry registry, IOptions<VatRegistryOptions> vat, IOptions<Seller> seller, TimeProvider time,
    ILogger<NumberInvoices> logger)
    : NumberPapers(db, PaperOwner.Merchant, time)
{
    protected override void TellFailed(Guid ownerId, string exceptionType) => LogFailed(ownerId, exceptionType);

    protected override async Task<string?> NumberAsync(MonthTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var merchant = await MerchantBook.LockAsync(Db, task.OwnerId, cancellationToken);
        var lines = await LinesAsync(task, cancellationToken);
        if (await BlockedByAsync(merchant, lines, cancellationToken) is { } missing)
        {
            return missing;
        }

        await NumberAsync(task.Month, merchant, lines, now, cancellationToken);
        return null;
    }

    private Task<List<InvoiceLine>> LinesAsync(MonthTask task, CancellationToken cancellationToken) =>
        Db.InvoiceLines.IgnoreQueryFilters().AsNoTracking()
            .Where(l => l.MerchantId == task.OwnerId && l.Month <= task.Month && l.InvoiceId == null)
            .OrderBy(l => l.CreatedAt).ThenBy(l => l.Id)
            .ToListAsync(cancellationToken);

    /// <summary>What is missing for a correct invoice; null if nothing.</summary>
    private async Task<string?> BlockedByAsync(Merchant merchant, List<InvoiceLine> lines, CancellationToken cancellationToken)
    {
        if (merchant is not { Version: > 0 })
        {
            return "merchant.unknown";
        }

        if (!Invoicing.BuyerOf(merchant).HasAddress)
        {
            return "address.missing";
        }

        if (lines.All(l => l.TaxCategory != nameof(TaxCategory.AE)))
        {
            return null;
        }

        // Reverse charge stands and falls with the buyer's VAT id: one that cannot be right, or that the registry denied, goes on no paper.
        return !VatId.TryParse(merchant.VatId, out var vatId) ? "vat_id.invalid" : await registry.LookUpAsync(vatId, cancellationToken) switch
        {
            VatStanding.Denied => "vat_id.denied",
            VatStanding.Unanswered when vat.Value.RequireAnswer => "vat_id.unanswered",
            _ => null,
        };
    }

    private async Task NumberAsync(DateOnly month, Merchant merchant, List<InvoiceLine> lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var accounts = await ledger.OpenAsync(
            cancellationToken, AccountKey.BalanceOf(merchant.Id), AccountKey.ReservedOf(merchant.Id), AccountKey.Tax, AccountKey.PlatformShare);
        long moved = 0;
        // Invoices first: numbers are taken in one order everywhere, and a credit note names the invoice that it belongs to.
        foreach (var group in lines.GroupBy(l => (l.Kind, OutsideScope: l.TaxCategory == nameof(TaxCategory.O))).OrderBy(g => g.Key))
        {
            var draft = Invoicing.Draft(group.Key.Kind, [.. group]);
            var invoiceId = Guid.CreateVersion7(now);
            moved += Invoicing.Round(ledger, accounts, merchant.Id, invoiceId, draft, now);
            var taken = group.Select(l => l.Id).ToArray();
            await TakeLinesAsync(
                invoiceId, taken, $"UPDATE invoice_lines SET invoice_id = {invoiceId} WHERE id = ANY ({taken}) AND invoice_id IS NULL", cancellationToken);
            var open = group.Key.Kind == InvoiceLineKind.CreditNote ? 0 : await OpenOfAsync(accounts, merchant.Id, moved, draft.PayableCents, cancellationToken);
            var corrects = group.Key.Kind == InvoiceLineKind.CreditNote ? await CorrectedAsync([.. group.Select(l => l.JobId)], cancellationToken) : [];
            Db.Invoices.Add(await Invoicing.NumberAsync(
                Db, seller.Value.Complete(), merchant, month, draft, open, corrects, invoiceId, now, cancellationToken));
            await Db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task<long> OpenOfAsync(OpenAccounts accounts, Guid merchant, long moved, long payable, CancellationToken cancellationToken)
    {
        var owed = await OpenItems.OwedAsync(Db, accounts, merchant, moved, cancellationToken);
        var others = (await OpenItems.OpenAsync(Db, merchant, cancellationToken)).Sum(i => i.OpenCents);
        return Math.Clamp(owed - others, 0, payable);
    }

    /// <summary>The invoices on which the jobs stand that are credited.</summary>
    private async Task<IReadOnlyList<string>> CorrectedAsync(Guid[] jobs, CancellationToken cancellationToken) =>
        await (
            from line in Db.InvoiceLines.IgnoreQueryFilters()
            join invoice in Db.Invoices.IgnoreQueryFilters() on line.InvoiceId equals invoice.Id
            where jobs.Contains(line.JobId) && line.Kind == InvoiceLineKind.Charge
            select invoice.Number).Distinct().OrderBy(n => n).ToListAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Invoices of merchant {OwnerId} could not be numbered ({ExceptionType}); it is tried again in an hour")]
    private partial void LogFailed(Guid ownerId, string exceptionType);
}
