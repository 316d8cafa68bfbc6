namespace Zweizeiler.Messaging.Relay;

/// <summary>
/// The short way from a unit of work (a request that mostly adds, or a consumer) to the relay of its own process: its messages are inserted under a lease
/// already and given to the relay once they are committed, so that nobody need look for them in the table, mark them there and read them back. After a
/// crash in between they are found when the lease is over, as everything is that a relay had in hand.
/// </summary>
internal sealed class Handover
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

    /// <summary>Leases rows that are going to be inserted; null where the relay shall fetch them.</summary>
    /// <param name="rows">A batch, or its beginning.</param>
    /// <param name="time">The clock.</param>
    public Promise? TryPromise(IReadOnlyList<OutboxMessage> rows, TimeProvider time)
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
    public sealed class Promise(IReceiver receiver, IReadOnlyList<OutboxMessage> rows, Guid leaseId, long leasedAt)
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
