using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.KeepTranslators;

/// <summary>Keeps who is paid; the newest version wins.</summary>
public sealed class TranslatorRegisteredConsumer(BillingDbContext db) : IConsumer<TranslatorRegistered>
{
    public async Task Consume(ConsumeContext<TranslatorRegistered> context)
    {
        var told = context.Message;
        var translator = await TranslatorBook.LockAsync(db, told.TranslatorId, context.CancellationToken);
        if (translator.Version < told.Version)
        {
            (translator.Version, translator.DisplayName, translator.Email) = (told.Version, told.DisplayName, told.Email);
            translator.Locale = told.Locale == "de" ? "de" : "en";
        }
    }
}

/// <summary>Keeps a translator's tax details, sealed as they came, and looks what is wrong with them.</summary>
public sealed class TranslatorTaxDetailsGivenConsumer(BillingDbContext db, TextVault vault) : IConsumer<TranslatorTaxDetailsGiven>
{
    public async Task Consume(ConsumeContext<TranslatorTaxDetailsGiven> context)
    {
        var told = context.Message;
        var translator = await TranslatorBook.LockAsync(db, told.TranslatorId, context.CancellationToken);
        if (translator.DetailsVersion >= told.Version)
        {
            return;
        }

        translator.DetailsVersion = told.Version;
        (translator.Details, translator.DetailsKey, translator.DetailsGivenAt) = (told.Details.Bytes, told.DataKey.Bytes, told.GivenAt);
        translator.DetailsFaults = FaultsOf(translator);
        // A payout that came back did so from the account that was given before.
        translator.AccountRefused = false;
        await TranslatorBook.RetryMonthsAsync(db, translator.Id, context.CancellationToken);
    }

    private IReadOnlyList<string> FaultsOf(Translator translator) =>
        // Not to be read here or anywhere: she must give them again.
        TranslatorBook.TryOpen(vault, translator) is { } details ? TaxDetailsRules.Faults(details) : ["details.unreadable"];
}

internal static class TranslatorBook
{
    /// <summary>The translator's row, made if it is not there, and held until the transaction ends.</summary>
    public static async Task<Translator> LockAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO translators (id, version, display_name, email, locale, details_version, details_faults, account_refused)
            VALUES ({id}, 0, '', '', 'en', 0, ARRAY[]::text[], false) ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken);
        return (await db.Translators.FromSql($"SELECT * FROM translators WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)).Single();
    }

    /// <summary>Null if what she gave cannot be read.</summary>
    public static TaxDetails? TryOpen(TextVault vault, Translator translator)
    {
        try
        {
            return Open(vault, translator);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Null if she gave none yet.</summary>
    public static TaxDetails? Open(TextVault vault, Translator translator) => translator is { Details: { } details, DetailsKey: { } key }
        ? vault.Open<TaxDetails>(new WrappedDataKey(key), translator.Id, TextPurpose.TaxDetails, new SealedText(details))
        : null;

    public static Task RetryMonthsAsync(BillingDbContext db, Guid translator, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE month_tasks SET due_at = now() WHERE owner = 'translator' AND owner_id = {translator} AND done_at IS NULL AND blocked_by IS NOT NULL",
        cancellationToken);
}
