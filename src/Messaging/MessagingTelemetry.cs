using System.Diagnostics.Metrics;

namespace Zweizeiler.Messaging;

/// <summary>
/// What the outbox tells about itself. A host that wants it adds the meter <see cref="MeterName"/>; for traces it adds MassTransit's own source
/// <c>MassTransit</c>: the relay starts no activities, it lets MassTransit's send continue the trace of the request that published.
/// </summary>
public sealed class MessagingTelemetry : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Zweizeiler.Messaging";

    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _outages;
    private readonly Counter<long> _duplicates;
    private readonly Histogram<double> _delay;
    private OutboxState _state;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's meter factory.</param>
    public MessagingTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _sent = _meter.CreateCounter<long>("zweizeiler.outbox.sent", "{message}", "Messages that the broker confirmed.");
        _failed = _meter.CreateCounter<long>("zweizeiler.outbox.failed", "{attempt}", "Attempts that failed although the broker answered.");
        _parked = _meter.CreateCounter<long>("zweizeiler.outbox.given_up", "{message}", "Messages that were parked.");
        _outages = _meter.CreateCounter<long>("zweizeiler.outbox.outages", "{outage}", "Times that the broker stopped answering.");
        _duplicates = _meter.CreateCounter<long>("zweizeiler.inbox.duplicates", "{message}", "Messages that had been consumed before.");
        _delay = _meter.CreateHistogram<double>("zweizeiler.outbox.delay", "s", "Time from publishing to the broker's confirm.");
        _meter.CreateObservableGauge("zweizeiler.outbox.waiting", () => _state.Waiting, "{message}", "Rows that wait for the relay.");
        _meter.CreateObservableGauge("zweizeiler.outbox.parked", () => _state.Parked, "{message}", "Rows that wait to be replayed.");
        _meter.CreateObservableGauge("zweizeiler.outbox.oldest", () => _state.OldestSeconds, "s", "Age of the oldest waiting row.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Sent(TimeSpan delay)
    {
        _sent.Add(1);
        _delay.Record(delay.TotalSeconds);
    }

    internal void Failed(string error) => _failed.Add(1, new KeyValuePair<string, object?>("error.type", error));

    internal void Parked() => _parked.Add(1);

    internal void Outage() => _outages.Add(1);

    internal void Duplicate() => _duplicates.Add(1);

    internal void Observe(OutboxState state) => _state = state;

    internal readonly record struct OutboxState(long Waiting, long Parked, double OldestSeconds);
}
