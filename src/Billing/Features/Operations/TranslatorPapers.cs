using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>A translator's money: what is owed, papers and payouts. Cents.</summary>
public sealed record TranslatorPapersView(
    long Owed, bool HasDetails, IReadOnlyList<string> DetailsFaults, bool AccountRefused, IReadOnlyList<StatementView> Statements,
    IReadOnlyList<TranslatorPayoutView> Payouts);

/// <summary>A statement of hers.</summary>
public sealed record StatementView(Guid Id, string Number, string Month, DateOnly IssuedOn, int Lines, long Net, long Tax, long Gross);

/// <summary>A payout of hers.</summary>
public sealed record TranslatorPayoutView(Guid Id, long Cents, string State, string? ReturnReason, string Account, DateTimeOffset SentAt);

/// <summary>What the portal shows a translator of her own: it asks on her behalf, and no other way leads here.</summary>
internal static class TranslatorPapers
{
    private const int Most = 120;

    public static void Map(IEndpointRouteBuilder app)
    {
        var internals = app.MapGroup("/internal/translators/{translator:guid}").RequireScope(Scope.Internal);
        internals.MapGet("/papers", ListAsync).WithName("listTranslatorPapers");
        app.MapPost("/internal/tax-details/check", Check).RequireScope(Scope.Internal).WithName("checkTaxDetails");
        internals.MapGet("/statements/{id:guid}/{form}", DocumentAsync).WithName("getTranslatorStatement");
    }

    /// <summary>Tells at once what the consumer would find, so that a slip is corrected while the form is open. Nothing is kept.</summary>
    private static Ok<IEnumerable<string>> Check(Body<TaxDetails> body)
    {
        body.Faults.ThrowIfAny();
        return TypedResults.Ok(TaxDetailsRules.Faults(body.Value));
    }

    private static async Task<IResult> ListAsync(Guid translator, BillingDbContext db, CancellationToken cancellationToken)
    {
        var found = await db.Translators.AsNoTracking().SingleOrDefaultAsync(t => t.Id == translator, cancellationToken);
        var owed = await (
            from account in db.Accounts.IgnoreQueryFilters()
            join balance in db.Balances on account.Id equals balance.AccountId
            where account.OwnerId == translator && account.Kind == AccountKind.TranslatorPayable
            select balance.BalanceCents).SingleOrDefaultAsync(cancellationToken);
        var statements = await db.Statements.AsNoTracking().Where(s => s.TranslatorId == translator && s.State == InvoiceState.Issued)
            .OrderByDescending(s => s.Month).Take(Most).ToListAsync(cancellationToken);
        var payouts = await db.Payouts.AsNoTracking().Where(p => p.TranslatorId == translator)
            .OrderByDescending(p => p.SentAt).ThenByDescending(p => p.Id).Take(Most).ToListAsync(cancellationToken);
        return TypedResults.Ok(new TranslatorPapersView(
            owed,
            found?.Details is not null,
            found?.DetailsFaults ?? [],
            found?.AccountRefused ?? false,
            [
                .. statements.Select(s => new StatementView(
                    s.Id, s.Number, s.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), s.IssuedOn, s.LineCount, s.NetCents, s.TaxCents, s.GrossCents)),
            ],
            [.. payouts.Select(p => new TranslatorPayoutView(p.Id, p.Cents, SnakeCase.Name(p.State), p.ReturnReason, $"… {p.AccountHint}", p.SentAt))]));
    }

    private static async Task<IResult> DocumentAsync(
        Guid translator, Guid id, string form, BillingDbContext db, TextVault vault, CancellationToken cancellationToken)
    {
        DocumentForm? wanted = form switch { "pdf" => DocumentForm.Pdf, "xml" => DocumentForm.Xml, _ => null };
        var statement = await db.Statements.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.TranslatorId == translator, cancellationToken);
        var content = await db.Documents.AsNoTracking().Where(d => d.PaperId == id && d.Form == wanted).Select(d => d.Content).SingleOrDefaultAsync(cancellationToken);
        return statement is null || content is null
            ? OperatorActions.NotFound("statement")
            : TypedResults.File(
                vault.Open<byte[]>(new WrappedDataKey(statement.SellerKey), id, TextPurpose.Statement, new SealedText(content)),
                form == "pdf" ? "application/pdf" : "application/xml", $"{statement.Number}.{form}");
    }
}
