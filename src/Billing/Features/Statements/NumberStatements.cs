using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Statements;

/// <summary>
/// Makes a translator's self-billed invoice of a month, with its number and what tax adds to what is owed to her, in one transaction with the lines that it
/// takes. Writing it follows.
/// </summary>
internal sealed partial class NumberStatements(BillingDbContext db, Ledger ledger, TextVault vault, IOptions<Seller> seller, TimeProvider time,
    ILogger<NumberStatements> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>Works off one translator. False if there is none left.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await MonthPlan.TakeAsync(db, PaperOwner.Translator, now, cancellationToken) is not { } task)
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
        // Two months of one translator, taken side by side, would both see the same lines.
        var translator = await TranslatorBook.LockAsync(db, task.OwnerId, cancellationToken);
        var fault = translator.Details is null ? "details.missing" : translator.DetailsFaults.FirstOrDefault(f => !TaxDetailsRules.IsOfPayment(f));
        if (fault is not null)
        {
            (task.BlockedBy, task.DueAt) = (fault, now + Again);
        }
        else
        {
            await NumberAsync(task.Month, translator, now, cancellationToken);
            (task.BlockedBy, task.DoneAt) = (null, now);
        }
    }

    private async Task NumberAsync(DateOnly month, Translator translator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lines = await db.EarningLines.AsNoTracking().Where(l => l.TranslatorId == translator.Id && l.Month <= month && l.StatementId == null)
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
        await TakeLinesAsync(id, [.. lines.Select(l => l.Id)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.Statements.Add(await StatementAsync(id, month, translator, details, taxes, lines.Count, now, cancellationToken));
    }

    private async Task TakeLinesAsync(Guid statement, Guid[] lines, CancellationToken cancellationToken)
    {
        var taken = await db.Database.ExecuteSqlAsync(
            $"UPDATE earning_lines SET statement_id = {statement} WHERE id = ANY ({lines}) AND statement_id IS NULL", cancellationToken);
        if (taken != lines.Length)
        {
            throw new InvalidOperationException("Lines of the statement stand on another one already.");
        }

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO paper_lines (paper_id, position, line_id) SELECT {statement}, n, id FROM unnest({lines}) WITH ORDINALITY AS l (id, n)", cancellationToken);
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
            Number = await Numbers.NextAsync(db, Numbers.Statements, issuedOn.Year, cancellationToken),
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
