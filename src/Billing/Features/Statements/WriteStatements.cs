using System.Collections.Concurrent;
using System.Security.Cryptography;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Statements;

/// <summary>Writes statements that have a number and no paper yet; sealed, since they hold a person's address and tax number.</summary>
internal sealed partial class WriteStatements(
    BillingDbContext db, TextVault vault, IPublishEndpoint publish, TimeProvider time, ILogger<WriteStatements> logger)
{
    /// <summary>Writes the next one. False if there is none left.</summary>
    public async Task<bool> NextAsync(ConcurrentDictionary<Guid, bool> failed, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var except = failed.Keys.ToArray();
        var taken = await db.Statements.FromSql(
            $"SELECT * FROM statements WHERE state = 'numbered' AND id <> ALL ({except}) ORDER BY numbered_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellationToken);
        if (taken.SingleOrDefault() is not { } statement)
        {
            return false;
        }

        try
        {
            var now = time.GetUtcNow();
            var paper = await PaperOfAsync(statement, cancellationToken);
            Keep(statement, DocumentForm.Xml, UblWriter.Write(paper), now);
            Keep(statement, DocumentForm.Pdf, PdfWriter.Write(paper), now);
            statement.Issue(now);
            await publish.Publish(
                new StatementIssued(statement.Id, statement.TranslatorId, statement.Number, statement.GrossCents, "EUR", now), cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or CryptographicException or System.Xml.XmlException)
        {
            LogFailed(statement.Id, e.GetType().Name);
            failed[statement.Id] = true;
            return true;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private void Keep(Statement statement, DocumentForm form, byte[] content, DateTimeOffset now) => db.Documents.Add(StoredDocument.Of(
        statement.Id, form, vault.Seal(new WrappedDataKey(statement.SellerKey), statement.Id, TextPurpose.Statement, content).Bytes, statement.IssuedOn, now));

    private async Task<TaxDocument> PaperOfAsync(Statement statement, CancellationToken cancellationToken)
    {
        var lines = await (
            from entry in db.PaperEntries
            join line in db.EarningLines on entry.LineId equals line.Id
            where entry.PaperId == statement.Id
            orderby entry.Position
            select line).AsNoTracking().ToListAsync(cancellationToken);
        var tax = TaxTreatment.Restore(statement.Taxes[0].Category, statement.Taxes[0].Rate);
        return new TaxDocument
        {
            Kind = PaperKind.SelfBilled,
            Number = statement.Number,
            IssuedOn = statement.IssuedOn,
            From = lines.Min(l => l.Month),
            Until = statement.Month.AddMonths(1).AddDays(-1),
            Language = statement.Language,
            Seller = vault.Open<Party>(new WrappedDataKey(statement.SellerKey), statement.Id, TextPurpose.Statement, new SealedText(statement.Seller)),
            Buyer = statement.Buyer,
            CustomerNumber = statement.SupplierNumber,
            Lines =
            [
                .. lines.Select((line, i) => new PaperLine(
                    FormattableString.Invariant($"{i + 1}"),
                    PaperWords.Description(line.Description, statement.Language),
                    PublicId.Format(Ids.Job, line.JobId),
                    null,
                    line.Cents,
                    tax)),
            ],
            Sums = new PaperSums(statement.Taxes, 0, 0),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Statement {StatementId} could not be written ({ExceptionType}); it keeps its number")]
    private partial void LogFailed(Guid statementId, string exceptionType);
}
