using System.Threading.Channels;

namespace Zweizeiler.Messaging.Outbox;

/// <summary>Wakes the relay of this process. Signals given while it is busy melt into one.</summary>
internal sealed class RelaySignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private int _hasRows = 1;

    /// <summary>Rows may wait in the table.</summary>
    public void Set()
    {
        KeepRows();
        Wake();
    }

    /// <summary>Rows may still wait, for the next time that something happens.</summary>
    public void KeepRows() => Volatile.Write(ref _hasRows, 1);

    /// <summary>Something has happened to rows that the relay has.</summary>
    public void Wake() => _channel.Writer.TryWrite(true);

    /// <summary>Whether rows may wait that nobody has looked for yet.</summary>
    public bool TakeRows() => Interlocked.Exchange(ref _hasRows, 0) == 1;

    /// <summary>Comes back when it is signalled or the time is over.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody signalled: time to look all the same, another process may have crashed after its commit.
        }
    }
}
