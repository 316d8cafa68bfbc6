using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Features.FundJob;

/// <summary>Sets a job's gross price aside, when it is placed or when the money for it has come.</summary>
public sealed class JobFunding(Ledger ledger, TimeProvider time)
{
    /// <summary>
    /// False if the balance does not cover the gross price. A merchant seen for the first time simply has nothing yet. Call it under the job's lock.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="translator">Who is paid for it already, if it has ended.</param>
    /// <param name="cause">Why.</param>
    /// <param name="reserve">Notes on the job what is set aside.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<bool> TryReserveAsync(Job job, Guid? translator, Cause cause, Action<long> reserve, CancellationToken cancellationToken)
    {
        var (balance, reserved) = (AccountKey.BalanceOf(job.MerchantId), AccountKey.ReservedOf(job.MerchantId));
        // A job that has ended already is settled at once: what that needs is locked now, in the one order.
        AccountKey[] keys = translator is { } somebody ? [balance, reserved, AccountKey.PayableTo(somebody)] : [balance, reserved];
        var accounts = await ledger.OpenAsync(cancellationToken, keys);
        var gross = job.Price.GrossCents;
        if (accounts.Available(balance) < gross)
        {
            return false;
        }

        reserve(gross);
        ledger.Post(Entry.Of(
            EntryKind.Reservation, job.Id, job.Id, job.MerchantId, cause, time.GetUtcNow(), (accounts[balance], -gross), (accounts[reserved], gross)));
        return true;
    }
}
