using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Persistence;

/// <summary>The one way to the ledger: first open the accounts, which locks their balances, then decide, then post.</summary>
public sealed class Ledger(BillingDbContext db, TimeProvider time)
{
    /// <summary>
    /// Opens accounts, making those that do not exist, and holds their balances until the transaction ends, so that what is decided on them is
    /// still true when it is posted. Balances are locked in one order everywhere: two transactions on the same merchant cannot block each other.
    /// </summary>
    public async Task<OpenAccounts> OpenAsync(CancellationToken cancellationToken, params IReadOnlyCollection<AccountKey> keys)
    {
        var accounts = await FindAsync(keys, cancellationToken);
        foreach (var missing in keys.Where(key => !accounts.ContainsKey(key)))
        {
            var now = time.GetUtcNow();
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO accounts (id, kind, owner_id, currency, created_at)
                VALUES ({Guid.CreateVersion7(now)}, {SnakeCase.Name(missing.Kind)}, {missing.OwnerId}, 'EUR', {now})
                ON CONFLICT (kind, owner_id) DO NOTHING
                """,
                cancellationToken);
        }

        if (accounts.Count < keys.Count)
        {
            accounts = await FindAsync(keys, cancellationToken);
        }

        var ids = accounts.Values.Select(a => a.Id).ToArray();
        var balances = await db.Database
            .SqlQuery<LockedBalance>($"SELECT account_id, balance_cents, floor_cents FROM balances WHERE account_id = ANY ({ids}) ORDER BY account_id FOR UPDATE")
            .ToDictionaryAsync(b => b.AccountId, cancellationToken);
        return new OpenAccounts(accounts, balances);
    }

    public void Post(Entry entry) => db.Entries.Add(entry);

    private async Task<Dictionary<AccountKey, Account>> FindAsync(IReadOnlyCollection<AccountKey> keys, CancellationToken cancellationToken)
    {
        var kinds = keys.Select(k => k.Kind).Distinct().ToArray();
        var owners = keys.Select(k => k.OwnerId).Distinct().ToArray();
        var found = await db.Accounts.IgnoreQueryFilters().AsNoTracking()
            .Where(a => kinds.Contains(a.Kind) && owners.Contains(a.OwnerId))
            .ToListAsync(cancellationToken);
        return found.Where(a => keys.Contains(a.Key)).ToDictionary(a => a.Key);
    }

}

/// <summary>A balance that is held, and the least that it may be.</summary>
public sealed record LockedBalance(Guid AccountId, long BalanceCents, long? FloorCents);

/// <summary>Accounts whose balances are held by the current transaction.</summary>
public sealed class OpenAccounts(IReadOnlyDictionary<AccountKey, Account> accounts, IReadOnlyDictionary<Guid, LockedBalance> balances)
{
    public Account this[AccountKey key] => accounts[key];

    public long Balance(AccountKey key) => balances[accounts[key].Id].BalanceCents;

    /// <summary>What can be taken of it: with a monthly account's limit the balance may go below zero.</summary>
    public long Available(AccountKey key) => balances[accounts[key].Id] is var held ? held.BalanceCents - (held.FloorCents ?? 0) : 0;
}
