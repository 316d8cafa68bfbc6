using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zweizeiler.Messaging.Outbox;

namespace Zweizeiler.Messaging.Relay;

/// <summary>
/// Carries rows from the outbox to the broker. One loop talks to the table; the sends run beside it, so that a message that hangs holds up nothing
/// but the later messages of its own batch. What is sent at least once is deleted only after the broker's confirm.
/// </summary>
internal sealed partial class OutboxRelay<TDbContext>(
    OutboxStore<TDbContext> store,
    IOutboxTransport transport,
    RelaySignal signal,
    Handover handover,
    MessagingTelemetry telemetry,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<OutboxRelay<TDbContext>> logger) : BackgroundService, Handover.IReceiver
    where TDbContext : DbContext
{
    /// <summary>As many rows at once as make the relay linger once longer.</summary>
    private const int RowsPerLinger = 5;

    /// <summary>So many confirmed batches are worth a visit of their own; fewer are let gather (<see cref="RelayOptions.DeleteWithin"/>).</summary>
    private const int WorthAVisit = 100;

    private readonly RelayOptions _options = options.Value.Relay;
    private readonly ConcurrentQueue<SendResult[]> _results = new();
    private readonly Settlement _settlement = new();
    private readonly CancellationTokenSource _sending = new();
    private readonly SemaphoreSlim _suspects = new(1);
    private readonly ITimer _gathered = time.CreateTimer(_ => signal.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private int _isGathering;
    private int _inHand;
    private int _lastMoved;
    private long? _wholeAt;
    private bool _isBehind;

    /// <summary>The more came at once, the longer what comes next is let gather: a visit costs the database the same for one row as for twenty.</summary>
    private TimeSpan Linger => TimeSpan.FromTicks(
        Math.Clamp(_options.Linger.Ticks * _lastMoved / RowsPerLinger, _options.Linger.Ticks, Math.Max(_options.Linger.Ticks, _options.LongestLinger.Ticks)));

    TimeSpan Handover.IReceiver.Lease => _options.Lease;

    bool Handover.IReceiver.TryReserve(int messages)
    {
        if (Interlocked.Add(ref _inHand, messages) <= _options.BatchSize)
        {
            return true;
        }

        Interlocked.Add(ref _inHand, -messages);
        return false;
    }

    void Handover.IReceiver.Send(LeasedMessage[] batch, long leasedAt) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = SendInOrderAsync(batch, leasedAt, isFetched: false), null);

    void Handover.IReceiver.Return(int messages)
    {
        Interlocked.Add(ref _inHand, -messages);
        signal.Wake();
    }

    public override void Dispose()
    {
        _sending.Dispose();
        _suspects.Dispose();
        _gathered.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Under an activity that is not recorded, the table's commands do not appear as traces of their own every other second.
        using var quiet = new Activity("outbox relay").SetIdFormat(ActivityIdFormat.W3C).Start();
        handover.OpenTo(this);
        var last = time.GetTimestamp() - (time.TimestampFrequency * 60);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var early = Linger - time.GetElapsedTime(last);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, time, stoppingToken).ConfigureAwait(false);
                }

                last = time.GetTimestamp();
                if (!await VisitAsync(stoppingToken).ConfigureAwait(false))
                {
                    await signal.WaitAsync(_options.Poll * (0.5 + (Random.Shared.NextDouble() / 2)), time, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The database is away or refuses. What has been confirmed stays noted and is deleted on the next visit.
                LogVisitFailed(e.GetType().Name);
                signal.KeepRows();
                await WaitOutAsync(_options.Poll, stoppingToken).ConfigureAwait(false);
            }
        }

        handover.Close();
        await HandBackAsync().ConfigureAwait(false);
    }

    /// <returns>Whether there may be more rows to take at once.</returns>
    private async Task<bool> VisitAsync(CancellationToken cancellationToken)
    {
        if (Collect() is { Count: > 0 } failures && !await JudgeAsync(failures, cancellationToken).ConfigureAwait(false))
        {
            await SettleAsync(0, cancellationToken).ConfigureAwait(false);
            await WaitForBrokerAsync(cancellationToken).ConfigureAwait(false);
        }

        var settled = _settlement.Confirmed.Count;
        var capacity = _options.BatchSize - Volatile.Read(ref _inHand);
        var looks = signal.TakeRows() || IsWholeDue(time.GetTimestamp());
        var taken = await SettleAsync(looks ? capacity : 0, cancellationToken).ConfigureAwait(false);
        _lastMoved = Math.Max(taken, settled);
        if (looks && taken >= capacity)
        {
            // There may be more than there was room for.
            signal.KeepRows();
        }

        return taken > 0 && taken == capacity;
    }

    /// <summary>Whether it is time to look at everything, not only at what is recent.</summary>
    private bool IsWholeDue(long at) => _isBehind || _wholeAt is not { } whole || time.GetElapsedTime(whole, at) >= _options.Poll / 2;

    private async Task<int> SettleAsync(int capacity, CancellationToken cancellationToken)
    {
        if (capacity <= 0 && _settlement.IsEmpty)
        {
            return 0;
        }

        var leasedAt = time.GetTimestamp();
        var isWhole = IsWholeDue(leasedAt);
        var from = isWhole ? Guid.Empty : FirstOf(time.GetUtcNow() - _options.Recent);
        var messages = await store.SettleAndLeaseAsync(_settlement, capacity, _options.Lease, from, cancellationToken).ConfigureAwait(false);
        if (isWhole && capacity > 0)
        {
            _wholeAt = leasedAt;
            _isBehind = messages.Count == capacity;
        }

        foreach (var failure in _settlement.Failed.Where(x => x.Park))
        {
            telemetry.Parked();
            LogParked(failure.Message.MessageId, failure.Message.MessageTypes, failure.Error);
        }

        _settlement.Clear();
        Interlocked.Add(ref _inHand, messages.Count);
        foreach (var batch in messages.GroupBy(x => x.BatchId))
        {
            _ = SendBatchAsync([.. batch.OrderBy(x => x.Position)], leasedAt);
        }

        return messages.Count;
    }

    /// <summary>The smallest id of version 7 that is given out at <paramref name="moment"/>.</summary>
    private static Guid FirstOf(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, moment.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// What failed before is sent one batch at a time. A message that the broker refuses takes the channel with it and whatever else is on its way
    /// there; sent together again, the innocent would fail with the guilty until both are parked.
    /// </summary>
    private async Task SendBatchAsync(LeasedMessage[] batch, long leasedAt)
    {
        if (batch.All(x => x.Attempts == 0))
        {
            await SendInOrderAsync(batch, leasedAt, isFetched: true).ConfigureAwait(false);
            return;
        }

        // Not cancelled: when the relay stops, those ahead end at once.
        await _suspects.WaitAsync().ConfigureAwait(false);
        try
        {
            await SendInOrderAsync(batch, leasedAt, isFetched: true).ConfigureAwait(false);
        }
        finally
        {
            _suspects.Release();
        }
    }

    /// <summary>Sends one batch, each message after the one before is confirmed; stops at the first that fails.</summary>
    private async Task SendInOrderAsync(LeasedMessage[] batch, long leasedAt, bool isFetched)
    {
        Activity.Current = null;
        for (var i = 0; i < batch.Length; i++)
        {
            // A send that begins now must have ended, one way or the other, before the row may be taken by another relay.
            var inTime = !_sending.IsCancellationRequested && time.GetElapsedTime(leasedAt) + _options.SendTimeout < _options.Lease;
            var result = inTime ? await SendAsync(batch[i]).ConfigureAwait(false) : new SendResult(batch[i], SendStatus.NotTried);
            if (result.Status == SendStatus.Confirmed)
            {
                Finish(isFetched, result);
                continue;
            }

            // Together: what was not tried goes back in the same transaction that makes it wait for what failed.
            Finish(isFetched, [result, .. batch[(i + 1)..].Select(x => new SendResult(x, SendStatus.NotTried))]);
            break;
        }
    }

    private void Finish(bool isFetched, params SendResult[] results)
    {
        _results.Enqueue(results);
        Interlocked.Add(ref _inHand, -results.Length);
        if (isFetched)
        {
            // The table may have more of their batch, which had to wait for them.
            signal.KeepRows();
        }

        if (isFetched || _results.Count >= WorthAVisit || results[0].Status != SendStatus.Confirmed)
        {
            signal.Wake();
        }
        else if (Interlocked.Exchange(ref _isGathering, 1) == 0)
        {
            _gathered.Change(_options.DeleteWithin, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<SendResult> SendAsync(LeasedMessage message)
    {
        using var limit = new CancellationTokenSource(_options.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _sending.Token);
        try
        {
            // Cancelled, and given up even if the transport does not heed that.
            await transport.SendAsync(message, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            telemetry.Sent(time.GetUtcNow() - message.EnqueuedAt);
            return new SendResult(message, SendStatus.Confirmed);
        }
        catch (OperationCanceledException) when (_sending.IsCancellationRequested)
        {
            return new SendResult(message, SendStatus.NotTried);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new SendResult(message, SendStatus.Failed, new TimeoutException());
        }
        catch (Exception e)
        {
            return new SendResult(message, SendStatus.Failed, e);
        }
    }

    private List<SendResult> Collect()
    {
        var failures = new List<SendResult>();
        Volatile.Write(ref _isGathering, 0);
        while (_results.TryDequeue(out var results))
        {
            foreach (var result in results)
            {
                Sort(result, failures);
            }
        }

        return failures;
    }

    private void Sort(SendResult result, List<SendResult> failures)
    {
        switch (result.Status)
        {
            case SendStatus.Confirmed:
                _settlement.Confirmed.Add(result.Message);
                break;
            case SendStatus.Failed:
                failures.Add(result);
                break;
            default:
                _settlement.Released.Add(result.Message);
                break;
        }
    }

    /// <summary>Whose fault was it? While the broker answers, the messages'; else nobody's, and they are not counted.</summary>
    /// <returns>Whether the broker answers.</returns>
    private async Task<bool> JudgeAsync(List<SendResult> failures, CancellationToken cancellationToken)
    {
        var answers = await BrokerAnswersAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (message, _, error) in failures)
        {
            var kind = error!.GetType().Name;
            LogSendFailed(message.MessageId, kind, message.Attempts + 1);
            if (!answers)
            {
                _settlement.Released.Add(message);
                continue;
            }

            telemetry.Failed(kind);
            _settlement.Failed.Add(new Failure(message, kind, Pause(message.Attempts), message.Attempts + 1 >= _options.MaxAttempts));
        }

        return answers;
    }

    private async Task<bool> BrokerAnswersAsync(CancellationToken cancellationToken)
    {
        var current = Activity.Current;
        try
        {
            using var limit = new CancellationTokenSource(_options.SendTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await transport.ProbeAsync(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private async Task WaitForBrokerAsync(CancellationToken cancellationToken)
    {
        telemetry.Outage();
        LogBrokerAway();
        handover.Close();
        var pause = TimeSpan.FromMilliseconds(500);
        do
        {
            await Task.Delay(pause * (0.8 + (Random.Shared.NextDouble() * 0.4)), time, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min((pause * 2).Ticks, _options.LongestOutagePause.Ticks));
        }
        while (!await BrokerAnswersAsync(cancellationToken).ConfigureAwait(false));

        // What failed in the meantime began before: the broker's fault too.
        _settlement.Released.AddRange(Collect().Select(x => x.Message));
        handover.OpenTo(this);
        signal.Set();
        LogBrokerBack();
    }

    private TimeSpan Pause(int attempts) =>
        Math.Min(_options.FirstBackoff.TotalSeconds * Math.Pow(2, attempts), _options.LongestBackoff.TotalSeconds) is var seconds
            ? TimeSpan.FromSeconds(seconds * (0.8 + (Random.Shared.NextDouble() * 0.4)))
            : default;

    /// <summary>On the way out: what is under way may end for a moment, the rest goes back so that others need not wait for the lease.</summary>
    private async Task HandBackAsync()
    {
        try
        {
            _sending.CancelAfter(TimeSpan.FromSeconds(2));
            var started = time.GetTimestamp();
            while (Volatile.Read(ref _inHand) > 0 && time.GetElapsedTime(started) < TimeSpan.FromSeconds(4))
            {
                await signal.WaitAsync(TimeSpan.FromMilliseconds(50), time, CancellationToken.None).ConfigureAwait(false);
            }

            _settlement.Released.AddRange(Collect().Select(x => x.Message));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await SettleAsync(0, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The leases run out by themselves, and what was confirmed is sent once more.
            LogVisitFailed(e.GetType().Name);
        }
    }

    private async Task WaitOutAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be visited: {Error}")]
    private partial void LogVisitFailed(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} could not be sent: {Error} (attempt {Attempt})")]
    private partial void LogSendFailed(Guid messageId, string error, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of type {MessageTypes} is parked after {Error}; it can be replayed")]
    private partial void LogParked(Guid messageId, string messageTypes, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker does not answer; messages wait in the outbox")]
    private partial void LogBrokerAway();

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker answers again")]
    private partial void LogBrokerBack();
}
