using Zweizeiler.Messaging.Outbox;

namespace Zweizeiler.Messaging.Relay;

/// <summary>
/// The short way from a unit of work (a request that mostly adds, or a consumer) to the relay of its own process: its messages are inserted under a lease
/// already and given to the relay once they are committed, so that nobody need look for them in the table, mark them there and read them back. After a
/// crash in between they are found when the lease is over, as everything is that a relay had in hand.
/// </summary>
internal sealed class Handover(RelaySignal signal, TimeProvider time)
{
    private volatile IReceiver? _receiver;

    /// <summary>Who sends; none while the broker is away or the relay does not run.</summary>
    public interface IReceiver
    {
        /// <summary>For how long a row belongs to who took it.</summary>
        TimeSpan Lease { get; }

        /// <summary>Makes room; false where there is none.</summary>
        bool TryReserve(int messages);

        /// <summary>Sends a batch for which there is room. Comes back at once.</summary>
        void Send(LeasedMessage[] batch, long leasedAt);

        /// <summary>Gives room back.</summary>
        void Return(int messages);
    }

    public void OpenTo(IReceiver receiver) => _receiver = receiver;

    public void Close() => _receiver = null;

    /// <summary>Commits a unit of work whose messages go to the relay at once if it has room, and are left for it to fetch otherwise.</summary>
    /// <param name="messages">The unit's messages: a batch, or its beginning.</param>
    /// <param name="commit">Inserts them among the unit's rows and commits; where the messages are in the table, one for one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task CommitAsync(
        IReadOnlyList<OutboxMessage> messages, Func<CancellationToken, Task<IReadOnlyList<string>>> commit, CancellationToken cancellationToken)
    {
        var promise = TryPromise(messages);
        try
        {
            var places = await commit(cancellationToken).ConfigureAwait(false);
            promise?.Keep(places);
        }
        catch
        {
            promise?.Withdraw();
            throw;
        }

        if (promise is null && messages.Count > 0)
        {
            signal.Set();
        }
    }

    /// <summary>Leases rows that are going to be inserted; null where the relay shall fetch them.</summary>
    private Promise? TryPromise(IReadOnlyList<OutboxMessage> rows)
    {
        if (rows.Count == 0 || _receiver is not { } receiver || !receiver.TryReserve(rows.Count))
        {
            return null;
        }

        var promise = new Promise(receiver, rows, Guid.CreateVersion7(time.GetUtcNow()), time.GetTimestamp());
        foreach (var row in rows)
        {
            row.LeaseId = promise.LeaseId;
            row.LeaseFor = receiver.Lease;
        }

        return promise;
    }

    /// <summary>Rows that are inserted under a lease. Is either kept or withdrawn.</summary>
    private sealed class Promise(IReceiver receiver, IReadOnlyList<OutboxMessage> rows, Guid leaseId, long leasedAt)
    {
        public Guid LeaseId => leaseId;

        /// <param name="places">Where the rows are in the table, one for one.</param>
        public void Keep(IReadOnlyList<string> places) => receiver.Send(
            [.. rows.Select((row, i) => new LeasedMessage(
                places[i], row.BatchId, row.Position, row.MessageId, row.DestinationAddress, row.MessageTypes, row.ContentType, row.Headers, row.Body,
                row.TraceParent, row.Attempts, row.EnqueuedAt, leaseId))],
            leasedAt);

        /// <summary>They were not inserted, as far as anybody knows.</summary>
        public void Withdraw()
        {
            foreach (var row in rows)
            {
                (row.LeaseId, row.LeaseFor) = (null, null);
            }

            receiver.Return(rows.Count);
        }
    }
}
