using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zweizeiler.Messaging.Outbox;

/// <summary>
/// Wakes the relay once messages are committed, not before: rows of an open transaction are invisible to it, and a wake for them would be lost.
/// </summary>
internal sealed class CommitWakesRelay(PendingCommits pending, RelaySignal signal) : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        WakeIfCommitted(eventData);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        WakeIfCommitted(eventData);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Wake(eventData);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData);
        return Task.CompletedTask;
    }

    private void WakeIfCommitted(SaveChangesCompletedEventData eventData)
    {
        // EF saves a single row without a transaction of its own; with one, its commit has been seen already.
        if (eventData.Context?.Database.CurrentTransaction is null)
        {
            Wake(eventData);
        }
    }

    private void Wake(DbContextEventData eventData)
    {
        if (pending.Take(eventData.Context))
        {
            signal.Set();
        }
    }
}
