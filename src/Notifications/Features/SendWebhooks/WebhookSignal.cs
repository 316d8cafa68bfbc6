using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>Wakes the sender of this process; the other replicas look every quarter of a second.</summary>
public sealed class WebhookSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        if (_set.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has set it this moment.
        }
    }

    public void Dispose() => _set.Dispose();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _set.WaitAsync(atMost, cancellationToken);
}

/// <summary>Notes that a context's transaction adds deliveries, and wakes the sender once they are committed and can be seen.</summary>
public sealed class WakesWebhooks(WebhookSignal signal) : DbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> _adding = [];

    public void Added(NotificationsDbContext db) => _adding.TryAdd(db, this);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && _adding.Remove(db))
        {
            signal.Set();
        }

        return Task.CompletedTask;
    }
}
