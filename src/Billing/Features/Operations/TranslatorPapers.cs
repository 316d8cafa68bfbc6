using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Features.Payouts;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>A translator's money: what is owed, when it is paid or why it is not, papers and payouts. Cents.</summary>
public sealed record TranslatorPapersView(
    long Owed, PayoutOutlook Outlook, long MinimumPayout, bool HasDetails, int DetailsVersion, IReadOnlyList<string> DetailsFaults, bool AccountRefused,
    IReadOnlyList<StatementView> Statements, IReadOnlyList<TranslatorPayoutView> Payouts);

/// <summary>A translator's details as she may see them again: of the account only as much as she needs to know it.</summary>
public sealed record TaxDetailsView(
    int Version, DateTimeOffset GivenAt, string LegalName, string Street, string PostCode, string City, string Country, string Scheme, string? TaxNumber,
    string? VatId, string AccountHolder, string Account, string? Bic, IReadOnlyList<string> Faults);

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
        internals.MapGet("/tax-details", DetailsAsync).WithName("getTranslatorTaxDetails");
        internals.MapGet("/statements/{id:guid}/{form}", DocumentAsync).WithName("getTranslatorStatement");
    }

    private static async Task<IResult> DetailsAsync(Guid translator, BillingDbContext db, TextVault vault, CancellationToken cancellationToken)
    {
        var found = await db.Translators.AsNoTracking().SingleOrDefaultAsync(t => t.Id == translator, cancellationToken);
        if (found?.Details is null || TranslatorBook.TryOpen(vault, found) is not { } details)
        {
            return OperatorActions.NotFound("tax_details");
        }

        return TypedResults.Ok(new TaxDetailsView(
            found.DetailsVersion, found.DetailsGivenAt!.Value, details.LegalName, details.Street, details.PostCode, details.City, details.Country, details.Scheme,
            details.TaxNumber, details.VatId, details.AccountHolder, Iban.Masked(Iban.Normalise(details.Iban)), details.Bic, found.DetailsFaults));
    }

    private static async Task<IResult> ListAsync(
        Guid translator, BillingDbContext db, IOptions<Seller> seller, TimeProvider time, CancellationToken cancellationToken)
    {
        var (now, minimum) = (time.GetUtcNow(), seller.Value.MinimumPayoutCents);
        var week = Weeks.PaidAt(now);
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
            PayoutOutlook.Of(found, owed, minimum, payouts.Any(p => p.Week == week), now),
            minimum,
            found?.Details is not null,
            found?.DetailsVersion ?? 0,
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
