using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Billing.Features.KeepMerchants;

/// <summary>Keeps what invoices need to know of a merchant; the newest version wins.</summary>
public sealed class MerchantRegisteredConsumer(BillingDbContext db) : IConsumer<MerchantRegistered>
{
    public async Task Consume(ConsumeContext<MerchantRegistered> context)
    {
        var told = context.Message;
        var merchant = await MerchantBook.LockAsync(db, told.MerchantId, context.CancellationToken);
        if (merchant.Version >= told.Version)
        {
            return;
        }

        merchant.Version = told.Version;
        (merchant.Name, merchant.Email, merchant.Locale) = (told.Name, told.Email, told.Locale == "de" ? "de" : "en");
        (merchant.Country, merchant.IsBusiness, merchant.VatId, merchant.VatIdValid) = (told.Country, told.IsBusiness, told.VatId, told.VatIdValid);
        await MerchantBook.RetryMonthsAsync(db, merchant.Id, context.CancellationToken);
    }
}

internal static class MerchantBook
{
    /// <summary>The merchant's row, made if it is not there, and held until the transaction ends.</summary>
    public static async Task<Merchant> LockAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO merchants (id, version, name, email, locale, country, is_business, vat_id_valid, street, post_code, city, profile_version)
            VALUES ({id}, 0, '', '', 'en', '', true, false, '', '', '', 0) ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken);
        return (await db.Merchants.FromSql($"SELECT * FROM merchants WHERE id = {id} FOR UPDATE").IgnoreQueryFilters().ToListAsync(cancellationToken)).Single();
    }

    /// <summary>Months that wait for something that may be there now are looked at again at once.</summary>
    public static Task RetryMonthsAsync(BillingDbContext db, Guid merchant, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE month_tasks SET due_at = now() WHERE owner = 'merchant' AND owner_id = {merchant} AND done_at IS NULL AND blocked_by IS NOT NULL", cancellationToken);
}
