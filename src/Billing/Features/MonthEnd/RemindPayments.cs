using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>Reminds of invoices that are due and open: three days after, and then each week, three times. Nobody is reminded of what her balance covers.</summary>
internal sealed class RemindPayments(BillingDbContext db, Ledger ledger, IPublishEndpoint publish, TimeProvider time)
{
    private const int LastLevel = 3;
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

    /// <summary>Works off one invoice. False if none is to be reminded of now.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Invoices.IgnoreQueryFilters().AsNoTracking().Where(i => i.NextReminderAt <= now && i.State == InvoiceState.Issued)
                .OrderBy(i => i.NextReminderAt).ThenBy(i => i.Id).Select(i => new { i.Id, i.MerchantId }).FirstOrDefaultAsync(cancellationToken) is not { } due)
        {
            return false;
        }

        // The balance first, as everywhere; who was quicker meanwhile has reminded or booked already.
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.BalanceOf(due.MerchantId), AccountKey.ReservedOf(due.MerchantId));
        var invoice = await db.Invoices.IgnoreQueryFilters().SingleAsync(i => i.Id == due.Id, cancellationToken);
        if (invoice.NextReminderAt is not { } at || at > now)
        {
            return true;
        }

        await OpenItems.SettleAsync(db, accounts, invoice.MerchantId, 0, null, cancellationToken);
        if (invoice.OpenCents > 0)
        {
            invoice.Remind(invoice.ReminderLevel + 1 < LastLevel ? now + Again : null);
            await publish.Publish(
                new PaymentReminded(
                    invoice.Id, invoice.MerchantId, invoice.Number, invoice.ReminderLevel, invoice.OpenCents, "EUR", invoice.DueOn!.Value, now),
                cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

internal sealed class ReminderRounds(IServiceScopeFactory scopes, TimeProvider time, ILogger<ReminderRounds> logger)
    : Rounds(TimeSpan.FromMinutes(5), time, logger)
{
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            more = await scope.ServiceProvider.GetRequiredService<RemindPayments>().NextAsync(cancellationToken);
        }
        while (more);
    }
}
