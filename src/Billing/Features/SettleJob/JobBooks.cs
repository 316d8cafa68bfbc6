using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Features.SettleJob;

/// <summary>The accounts that a job's end moves money on, opened together, since balances are locked in one order only within one opening.</summary>
internal sealed class JobBooks(Job job, Guid? translator, OpenAccounts accounts, Ledger ledger, DateTimeOffset now)
{
    private readonly Dictionary<AccountKey, long> _posted = [];

    public AccountKey Balance => AccountKey.BalanceOf(job.MerchantId);

    public AccountKey Reserved => AccountKey.ReservedOf(job.MerchantId);

    /// <summary>Nobody is paid for a job that came to nothing.</summary>
    public AccountKey Payable => AccountKey.PayableTo(translator ?? throw new InvalidOperationException("Nobody is paid for this job."));

    /// <summary>What is owed to the translator with all that was posted here.</summary>
    public long PayableCents => accounts.Balance(Payable) + _posted.GetValueOrDefault(Payable);

    public DateTimeOffset Now => now;

    public OpenAccounts Accounts => accounts;

    public static async Task<JobBooks> OpenAsync(Job job, Guid? translator, Ledger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<AccountKey> keys =
        [
            AccountKey.BalanceOf(job.MerchantId), AccountKey.ReservedOf(job.MerchantId),
            AccountKey.Revenue, AccountKey.Tax, AccountKey.PlatformShare, AccountKey.FeeRaises,
        ];
        if (translator is { } somebody)
        {
            keys.Add(AccountKey.PayableTo(somebody));
        }

        return new JobBooks(job, translator, await ledger.OpenAsync(cancellationToken, keys), ledger, now);
    }

    /// <summary>Posts an entry about the job on the merchant's accounts.</summary>
    public void Post(EntryKind kind, Cause cause, params (AccountKey Account, long Cents)[] postings) => Post(kind, job.Id, job.MerchantId, cause, postings);

    /// <summary>Posts an entry about the job that is none of the merchant's business.</summary>
    /// <returns>The entry; null if nothing moved.</returns>
    public Entry? PostInside(EntryKind kind, Guid subject, Cause cause, params (AccountKey Account, long Cents)[] postings) =>
        Post(kind, subject, null, cause, postings);

    private Entry? Post(EntryKind kind, Guid subject, Guid? merchant, Cause cause, (AccountKey Account, long Cents)[] postings)
    {
        // Without tax there is no tax posting, and without a rest nothing is released.
        var moved = postings.Where(p => p.Cents != 0).ToArray();
        if (moved.Length == 0)
        {
            return null;
        }

        var entry = Entry.Of(kind, subject, job.Id, merchant, cause, now, [.. moved.Select(p => (accounts[p.Account], p.Cents))]);
        ledger.Post(entry);
        foreach (var (account, cents) in moved)
        {
            _posted[account] = _posted.GetValueOrDefault(account) + cents;
        }

        return entry;
    }
}
