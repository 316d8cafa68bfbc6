using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Registration;

/// <summary>What <c>migrate</c> puts into an empty database: the first price list and, where asked for, the demo's merchant with her keys.</summary>
internal static class DemoSeed
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<OrdersDbContext>();
        var now = services.GetRequiredService<TimeProvider>().Now();

        // Several runs may seed at once; the lock ends with the transaction.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({0x5A57_0002L})", cancellationToken);
        if (!await db.PriceLists.AnyAsync(cancellationToken))
        {
            db.PriceLists.Add(new StoredPriceList { Version = PriceList.Initial.Version, Document = PriceList.Initial.ToJson(), ActiveFrom = now });
        }

        if (DemoOptions.From(services.GetRequiredService<IConfiguration>()) is { } demo)
        {
            await SeedMerchantAsync(services, db, demo, now, cancellationToken);
            await SeedKeyAsync(db, demo, demo.LiveKey, "Demo, live", now, cancellationToken);
            await SeedKeyAsync(db, demo, demo.TestKey, "Demo, test", now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task SeedMerchantAsync(
        IServiceProvider services, OrdersDbContext db, DemoOptions demo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Merchants.AnyAsync(m => m.Id == demo.Merchant.Id, cancellationToken))
        {
            return;
        }

        var merchant = new Merchant
        {
            Id = demo.Merchant.Id,
            Name = demo.Merchant.Name,
            Email = demo.Merchant.Email,
            Locale = demo.Merchant.Locale,
            TimeZone = demo.Merchant.TimeZone,
            Country = demo.Merchant.Country,
            VatId = demo.Merchant.VatId,
            VatIdValid = demo.Merchant.VatId is not null,
            DataKey = services.GetRequiredService<TextVault>().CreateDataKey(),
            CreatedAt = now,
        };
        db.Merchants.Add(merchant);
        await services.GetRequiredService<IPublishEndpoint>().Publish(
            new MerchantRegistered(
                merchant.Id, merchant.Version, merchant.Name, merchant.Email, merchant.Locale, merchant.TimeZone,
                merchant.Country, merchant.IsBusiness, merchant.VatId, merchant.VatIdValid, merchant.DataKey),
            cancellationToken);
    }

    private static async Task SeedKeyAsync(
        OrdersDbContext db, DemoOptions demo, string key, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = ApiKey.HashOf(key);
        if (!await db.ApiKeys.IgnoreQueryFilters().AnyAsync(k => k.Hash == hash, cancellationToken))
        {
            db.ApiKeys.Add(ApiKey.From(key, Guid.CreateVersion7(now), demo.Merchant.Id, name, Scope.All, now));
        }
    }
}
