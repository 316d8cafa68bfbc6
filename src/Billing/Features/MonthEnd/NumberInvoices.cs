using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepMerchants;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>
/// Makes a merchant's invoice and credit note of a month: everything that they will say, and their numbers, in one transaction with the lines that they
/// take. Writing them follows (<see cref="WritePapers"/>) and can be repeated; this cannot happen twice, because the lines are taken.
/// </summary>
internal sealed partial class NumberInvoices(BillingDbContext db, Ledger ledger, IOptions<Seller> seller, TimeProvider time,
    ILogger<NumberInvoices> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>Works off one merchant. False if there is none left.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await MonthPlan.TakeAsync(db, PaperOwner.Merchant, now, cancellationToken) is not { } task)
        {
            return false;
        }

        try
        {
            await WorkOffAsync(task, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One that cannot be made, for whatever reason, must not keep the others waiting.
            LogFailed(task.OwnerId, e.GetType().Name);
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            await MonthPlan.PostponeAsync(db, task, now + Again, cancellationToken);
        }

        return true;
    }

    private async Task WorkOffAsync(MonthTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Two months of one merchant, taken side by side, would both see the same lines.
        var merchant = await MerchantBook.LockAsync(db, task.OwnerId, cancellationToken);
        var lines = await LinesAsync(task, cancellationToken);
        if (await BlockedByAsync(merchant, lines, cancellationToken) is { } missing)
        {
            (task.BlockedBy, task.DueAt) = (missing, now + Again);
        }
        else
        {
            await NumberAsync(task.Month, merchant, lines, now, cancellationToken);
            (task.BlockedBy, task.DoneAt) = (null, now);
        }
    }

    private Task<List<InvoiceLine>> LinesAsync(MonthTask task, CancellationToken cancellationToken) =>
        db.InvoiceLines.IgnoreQueryFilters().AsNoTracking()
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
        return !VatId.TryParse(merchant.VatId, out var vatId) || await db.VatAnswers.AnyAsync(a => a.VatId == vatId.ToString() && !a.Valid, cancellationToken)
            ? "vat_id.invalid"
            : null;
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
            await TakeLinesAsync(invoiceId, group.Select(l => l.Id).ToArray(), cancellationToken);
            var open = group.Key.Kind == InvoiceLineKind.CreditNote ? 0 : await OpenOfAsync(accounts, merchant.Id, moved, draft.PayableCents, cancellationToken);
            var corrects = group.Key.Kind == InvoiceLineKind.CreditNote ? await CorrectedAsync([.. group.Select(l => l.JobId)], cancellationToken) : [];
            db.Invoices.Add(await Invoicing.NumberAsync(
                db, seller.Value.Complete(), merchant, month, draft, open, corrects, invoiceId, now, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task<long> OpenOfAsync(OpenAccounts accounts, Guid merchant, long moved, long payable, CancellationToken cancellationToken)
    {
        var owed = await OpenItems.OwedAsync(db, accounts, merchant, moved, cancellationToken);
        var others = (await OpenItems.OpenAsync(db, merchant, cancellationToken)).Sum(i => i.OpenCents);
        return Math.Clamp(owed - others, 0, payable);
    }

    /// <summary>The invoices on which the jobs stand that are credited.</summary>
    private async Task<IReadOnlyList<string>> CorrectedAsync(Guid[] jobs, CancellationToken cancellationToken) =>
        await (
            from line in db.InvoiceLines.IgnoreQueryFilters()
            join invoice in db.Invoices.IgnoreQueryFilters() on line.InvoiceId equals invoice.Id
            where jobs.Contains(line.JobId) && line.Kind == InvoiceLineKind.Charge
            select invoice.Number).Distinct().OrderBy(n => n).ToListAsync(cancellationToken);

    private async Task TakeLinesAsync(Guid invoice, Guid[] lines, CancellationToken cancellationToken)
    {
        var taken = await db.Database.ExecuteSqlAsync(
            $"UPDATE invoice_lines SET invoice_id = {invoice} WHERE id = ANY ({lines}) AND invoice_id IS NULL", cancellationToken);
        if (taken != lines.Length)
        {
            throw new InvalidOperationException("Lines of the invoice stand on another one already.");
        }

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO paper_lines (paper_id, position, line_id) SELECT {invoice}, n, id FROM unnest({lines}) WITH ORDINALITY AS l (id, n)", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Invoices of merchant {OwnerId} could not be numbered ({ExceptionType}); it is tried again in an hour")]
    private partial void LogFailed(Guid ownerId, string exceptionType);
}
