using OpenTelemetry.Trace;

namespace Zweizeiler.ServiceDefaults.Telemetry;

/// <summary>
/// Decides for traces that begin here whether they are recorded: each of them up to a number a second, beyond that none. A job makes hundreds of
/// spans; recording every one of them under load would cost more than the work itself. Whoever continues a trace follows its beginning.
/// </summary>
/// <param name="perSecond">Traces a second; as many may come at once.</param>
/// <param name="time">The clock.</param>
public sealed class TraceBudget(int perSecond, TimeProvider time) : Sampler
{
    private readonly Lock _lock = new();
    private double _left = perSecond;
    private long _since = time.GetTimestamp();

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        // A trace that begins by asking a database or another server is a timer or a relay looking whether there is work.
        if (samplingParameters.Kind == System.Diagnostics.ActivityKind.Client)
        {
            return new SamplingResult(SamplingDecision.Drop);
        }

        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(perSecond, _left + (time.GetElapsedTime(_since, now).TotalSeconds * perSecond));
            _since = now;
            if (_left < 1)
            {
                return new SamplingResult(SamplingDecision.Drop);
            }

            _left--;
            return new SamplingResult(SamplingDecision.RecordAndSample);
        }
    }
}
