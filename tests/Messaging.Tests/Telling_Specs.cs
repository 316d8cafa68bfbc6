using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Telling(TestServers servers)
{
    [Fact]
    public async Task One_trace_runs_from_the_request_through_relay_and_consumer_to_what_the_consumer_published()
    {
        var place = await Place.CreateAsync(servers);
        ConcurrentQueue<Activity> activities = new();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = x => x.Name is "MassTransit" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<AnsweringConsumer>().AddConsumer<AnsweredConsumer>());

        ActivityTraceId trace;
        using (var request = source.StartActivity("request"))
        {
            trace = request!.TraceId;
            await service.PublishAsync(new Counted(Guid.Empty, 1));
        }

        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
        await Eventually.Passes(TimeSpan.FromSeconds(10), () =>
        {
            var names = activities.Where(x => x.TraceId == trace).Select(x => x.DisplayName).ToArray();
            names.ShouldContain("request");
            names.ShouldContain("Zweizeiler.Messaging.Tests.Support:Counted send");
            names.ShouldContain("shop-answering receive");
            names.ShouldContain("Zweizeiler.Messaging.Tests.Support:Answered send");
            names.ShouldContain("shop-answered receive");
            return Task.CompletedTask;
        });

        // One tree: every activity of the trace hangs on another of it.
        var all = activities.Where(x => x.TraceId == trace).ToArray();
        all.Where(x => x.ParentSpanId == default).ShouldHaveSingleItem().DisplayName.ShouldBe("request");
        all.Where(x => x.ParentSpanId != default).ShouldAllBe(x => all.Any(y => y.SpanId == x.ParentSpanId));
    }

    [Fact]
    public async Task The_meter_counts_what_was_sent_and_what_came_twice()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());
        ConcurrentDictionary<string, long> counts = new();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == MessagingTelemetry.MeterName
                    && instrument.Meter.Scope == service.Services.GetRequiredService<IMeterFactory>())
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();

        await service.PublishAsync(new Counted(Guid.Empty, 1), new Counted(Guid.Empty, 2));
        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
        var again = service.Deliveries.Received[0];
        await service.Services.GetRequiredService<IBus>().Publish(
            new Counted(Guid.Empty, 1), context => context.MessageId = again, TestContext.Current.CancellationToken);

        await Soon.ShouldBecome(() => Task.FromResult(counts.GetValueOrDefault("zweizeiler.inbox.duplicates")), 1);
        await Soon.ShouldBecome(() => Task.FromResult(counts.GetValueOrDefault("zweizeiler.outbox.sent")), 2);
    }
}
