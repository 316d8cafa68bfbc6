using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>Why an invoice is corrected or its number voided.</summary>
public sealed record InvoiceReasonItem(string? Reason);

/// <summary>
/// <c>POST /operations/invoices/{number}/correct</c>: takes an issued invoice back by a cancellation (381) and issues it again with the merchant's data as they
/// are now. The jobs and their money stay as they are. <c>POST /operations/invoices/{number}/void</c>: a number that was given and never came onto paper.
/// </summary>
internal static class CorrectInvoice
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/operations/invoices/{number}/correct", CorrectAsync).SavesOnce().RequireScope(Scope.Operator).WithName("correctInvoice");
        app.MapPost("/operations/invoices/{number}/void", VoidAsync).SavesOnce().RequireScope(Scope.Operator).WithName("voidInvoice");
    }

    private static async Task<IResult> CorrectAsync(
        string number, Body<InvoiceReasonItem> body, BillingDbContext db, Ledger ledger, IOptions<Seller> seller, OperatorActions actions, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var reason = OperatorActions.Reason(body.Value.Reason, body.Faults);
        body.Faults.ThrowIfAny();
        var merchantId = await db.Invoices.IgnoreQueryFilters().Where(i => i.Number == number).Select(i => (Guid?)i.MerchantId).SingleOrDefaultAsync(cancellationToken)
            ?? throw new ApiException(OperatorActions.NotFound("invoice"));
        // The balance first, as everywhere: what is open of the invoice hangs on it.
        await ledger.OpenAsync(cancellationToken, AccountKey.BalanceOf(merchantId), AccountKey.ReservedOf(merchantId));
        var invoice = await TakeAsync(db, number, cancellationToken);
        if (invoice.State != InvoiceState.Issued || invoice.Kind != InvoiceKind.Invoice)
        {
            return Refused("Only an issued invoice can be corrected; void a number that is not written yet.");
        }

        var merchant = await db.Merchants.IgnoreQueryFilters().SingleAsync(m => m.Id == merchantId, cancellationToken);
        var (us, now) = (seller.Value.Complete(), time.GetUtcNow());
        var open = invoice.OpenCents;
        invoice.Cancel();
        await db.SaveChangesAsync(cancellationToken);

        var draft = new InvoiceDraft(InvoiceKind.Invoice, invoice.OutsideScope, invoice.LineCount, invoice.Taxes, invoice.RoundingCents, 0);
        var corrected = await Invoicing.NumberAsync(
            db, us, merchant, invoice.Month, draft, open, [], Guid.CreateVersion7(now), now, cancellationToken, invoice.Id, Words(merchant, $"Ersetzt {number}.", $"Replaces {number}."));
        var cancellation = await Invoicing.NumberAsync(
            db, us, merchant, invoice.Month, draft with { Kind = InvoiceKind.Cancellation }, 0, [number], Guid.CreateVersion7(now), now, cancellationToken, invoice.Id,
            Words(merchant, $"Storniert {number}; berichtigt durch {corrected.Number}.", $"Cancels {number}; corrected by {corrected.Number}."));
        db.Invoices.AddRange(corrected, cancellation);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var paper in (Guid[])[corrected.Id, cancellation.Id])
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO paper_lines (paper_id, position, line_id) SELECT {paper}, position, line_id FROM paper_lines WHERE paper_id = {invoice.Id}", cancellationToken);
        }

        await db.Database.ExecuteSqlAsync($"UPDATE invoice_lines SET invoice_id = {corrected.Id} WHERE invoice_id = {invoice.Id}", cancellationToken);
        actions.Note("correct_invoice", invoice.Id, reason);
        await db.SaveChangesAsync(cancellationToken);
        return Answer.Ok(new { corrected = corrected.Number, cancellation = cancellation.Number });
    }

    private static async Task<IResult> VoidAsync(
        string number, Body<InvoiceReasonItem> body, BillingDbContext db, Ledger ledger, OperatorActions actions, TimeProvider time, CancellationToken cancellationToken)
    {
        var reason = OperatorActions.Reason(body.Value.Reason, body.Faults);
        body.Faults.ThrowIfAny();
        var merchantId = await db.Invoices.IgnoreQueryFilters().Where(i => i.Number == number).Select(i => (Guid?)i.MerchantId).SingleOrDefaultAsync(cancellationToken)
            ?? throw new ApiException(OperatorActions.NotFound("invoice"));
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.BalanceOf(merchantId), AccountKey.Tax, AccountKey.PlatformShare);
        var invoice = await TakeAsync(db, number, cancellationToken);
        if (invoice.State != InvoiceState.Numbered || invoice.Kind == InvoiceKind.Cancellation)
        {
            return Refused("Only a number that is not written yet can be voided; correct an issued invoice.");
        }

        if (invoice.OfInvoiceId is not null)
        {
            return Refused("This one takes the place of an invoice that was taken back; it must be written.");
        }

        invoice.Void(reason);
        var action = actions.Note("void_invoice", invoice.Id, reason);
        await UnroundAsync(db, ledger, accounts, invoice, action, cancellationToken);
        await db.Database.ExecuteSqlAsync($"UPDATE invoice_lines SET invoice_id = NULL WHERE invoice_id = {invoice.Id}", cancellationToken);
        // Its lines come onto another number.
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE month_tasks SET done_at = NULL, due_at = {now} WHERE owner = 'merchant' AND owner_id = {invoice.MerchantId} AND month = {invoice.Month}", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The next number's paper is rounded anew, so what this one's was rounded by is taken back; by the platform, where the merchant has spent it.</summary>
    private static async Task UnroundAsync(
        BillingDbContext db, Ledger ledger, OpenAccounts accounts, Invoice invoice, OperatorAction action, CancellationToken cancellationToken)
    {
        var tax = await db.Entries.IgnoreQueryFilters().Where(e => e.SubjectId == invoice.Id && e.Kind == EntryKind.InvoiceRounding)
            .SelectMany(e => e.Postings).Where(p => p.AccountId == accounts[AccountKey.Tax].Id).SumAsync(p => p.AmountCents, cancellationToken);
        if (tax == 0)
        {
            return;
        }

        var own = AccountKey.BalanceOf(invoice.MerchantId);
        var other = tax < 0 && accounts.Available(own) >= -tax ? own : AccountKey.PlatformShare;
        ledger.Post(Entry.Of(
            EntryKind.Correction, action.Id, null, other == own ? invoice.MerchantId : null, new Cause("VoidInvoice", null, "Rounding of a voided number", action.DoneAt),
            action.DoneAt, (accounts[AccountKey.Tax], -tax), (accounts[other], tax)));
    }

    private static async Task<Invoice> TakeAsync(BillingDbContext db, string number, CancellationToken cancellationToken) =>
        (await db.Invoices.FromSql($"SELECT * FROM invoices WHERE number = {number} FOR UPDATE").IgnoreQueryFilters().ToListAsync(cancellationToken))
        .SingleOrDefault() ?? throw new ApiException(OperatorActions.NotFound("invoice"));

    private static ApiProblem Refused(string detail) => OperatorActions.Conflict("invoice.state", "The invoice's state does not permit this", detail);

    private static string Words(Merchant merchant, string german, string english) => merchant.Locale == "de" ? german : english;
}
