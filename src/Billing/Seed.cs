using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Features.KeepMerchants;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.OpenDemoBalance;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Messaging;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing;

/// <summary>What <c>migrate</c> puts into an empty database.</summary>
internal static class Seed
{
    /// <summary>Several runs may seed at once; they wait for each other and the later ones find everything done.</summary>
    private const long SeedLock = 0x5A57_0003;

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<BillingDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        // Queues before anybody publishes: an exchange without a queue forgets what it is given.
        await services.DeployMessagingTopologyAsync(cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SeedLock})", cancellationToken);
        await PriceLists.SeedAsync(db, now, cancellationToken);
        if (DemoOptions.From(services.GetRequiredService<IConfiguration>()) is { } demo)
        {
            await OpenDemoBalance.RunAsync(db, services.GetRequiredService<Ledger>(), demo.Merchant, now, cancellationToken);
            await GiveDemoAddressAsync(db, demo.Merchant, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The demo's merchant can be invoiced without somebody having to type an address first.</summary>
    private static async Task GiveDemoAddressAsync(BillingDbContext db, DemoMerchant demo, CancellationToken cancellationToken)
    {
        var merchant = await MerchantBook.LockAsync(db, demo.Id, cancellationToken);
        if (merchant.ProfileVersion == 0)
        {
            (merchant.Street, merchant.PostCode, merchant.City, merchant.ProfileVersion) = (demo.Street, demo.PostCode, demo.City, 1);
        }
    }
}
