using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>
/// Hands a translator's details on to Billing, sealed, and forgets them: only that she gave them, and how often, is noted, in the same transaction. The
/// note's row is taken first, so that of two changes at once the later version is the later one.
/// </summary>
public sealed class GiveTaxDetails(MarketplaceDbContext db, IPublishEndpoint publish, TextVault vault, TimeProvider time)
{
    /// <param name="translator">Whose.</param>
    /// <param name="payee">Without faults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The version.</returns>
    public async Task<int> RunAsync(Guid translator, Payee payee, CancellationToken cancellationToken)
    {
        if (payee.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException($"Details with faults are not handed on: {string.Join(", ", faults)}.", nameof(payee));
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var version = (await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO tax_details_notes (translator_id, version, given_at) VALUES ({translator}, 1, {now})
            ON CONFLICT (translator_id) DO UPDATE SET version = tax_details_notes.version + 1, given_at = excluded.given_at
            RETURNING version
            """).ToListAsync(cancellationToken)).Single();
        var key = vault.CreateDataKey();
        await publish.Publish(
            new TranslatorTaxDetailsGiven(translator, version, vault.Seal(key, translator, TextPurpose.TaxDetails, Details(payee)), key, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return version;
    }

    private static TaxDetails Details(Payee payee) => new(
        payee.LegalName!, payee.Street!, payee.PostCode!, payee.City!, payee.Country!, payee.Scheme!, payee.TaxNumber, payee.VatId, payee.AccountHolder!,
        payee.Iban!, payee.Bic);
}
