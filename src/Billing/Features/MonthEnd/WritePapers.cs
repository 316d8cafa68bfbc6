using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>
/// Writes invoices that have a number and no paper yet, keeps the papers, and tells of them, in one transaction. Whoever dies in between leaves a numbered
/// invoice, and the next round writes the same paper.
/// </summary>
internal sealed partial class WritePapers(BillingDbContext db, IPublishEndpoint publish, TimeProvider time, ILogger<WritePapers> logger)
{
    /// <summary>Writes the next one. False if there is none left.</summary>
    /// <param name="failed">What could not be written in this round; it does not keep the others waiting.</param>
    /// <param name="cancellationToken">Ends it between two papers.</param>
    public async Task<bool> NextAsync(ConcurrentDictionary<Guid, bool> failed, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var except = failed.Keys.ToArray();
        var taken = await db.Invoices.FromSql(
            $"""
            SELECT * FROM invoices WHERE state = 'numbered' AND id <> ALL ({except}) ORDER BY numbered_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        if (taken.SingleOrDefault() is not { } invoice)
        {
            return false;
        }

        try
        {
            await WriteAsync(invoice, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.Xml.XmlException)
        {
            LogFailed(invoice.Id, e.GetType().Name);
            failed[invoice.Id] = true;
            return true;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task WriteAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var paper = await InvoicePaper.OfAsync(db, invoice, invoice.Language, cancellationToken);
        db.Documents.Add(StoredDocument.Of(invoice.Id, DocumentForm.Xml, UblWriter.Write(paper), invoice.IssuedOn, now));
        db.Documents.Add(StoredDocument.Of(invoice.Id, DocumentForm.Pdf, PdfWriter.Write(paper), invoice.IssuedOn, now));
        invoice.Issue(now);
        await publish.Publish(
            new InvoiceIssued(
                invoice.Id, invoice.MerchantId, invoice.Number, invoice.IsCredit ? "credit_note" : SnakeCase.Name(invoice.Kind), invoice.GrossCents,
                "EUR", invoice.DueOn, now),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Invoice {InvoiceId} could not be written ({ExceptionType}); it keeps its number")]
    private partial void LogFailed(Guid invoiceId, string exceptionType);
}
