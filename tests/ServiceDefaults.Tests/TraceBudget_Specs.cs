using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;
using Zweizeiler.ServiceDefaults.Telemetry;

namespace Zweizeiler.ServiceDefaults.Tests;

public class TraceBudget_Specs
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void So_many_traces_a_second_are_recorded_and_no_more()
    {
        var budget = new TraceBudget(10, _time);
        Enumerable.Range(0, 50).Count(_ => Records(budget)).ShouldBe(10);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Enumerable.Range(0, 50).Count(_ => Records(budget)).ShouldBe(5);
        _time.Advance(TimeSpan.FromHours(1));
        Enumerable.Range(0, 50).Count(_ => Records(budget)).ShouldBe(10, "a quiet hour saves nothing up");
    }

    [Fact]
    public void Looking_for_work_is_no_trace() => Records(new TraceBudget(10, _time), ActivityKind.Client).ShouldBeFalse();

    private static bool Records(TraceBudget budget, ActivityKind kind = ActivityKind.Server) =>
        budget.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "request", kind)).Decision == SamplingDecision.RecordAndSample;
}
