using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

/// <summary>Outages are measured against time limits, so nothing else of the project runs beside them.</summary>
[CollectionDefinition(nameof(Outages), DisableParallelization = true)]
public sealed class OutagesRunAlone;

[Collection(nameof(Outages))]
public sealed class Outages(TestServers servers)
{
    /// <summary>So that a row on its way fails by its time limit, and the relay looks for the broker several times, within seconds.</summary>
    private static readonly (string, string)[] Impatient =
        [("Relay:SendTimeout", "00:00:02"), ("Relay:Lease", "00:00:06"), ("Relay:MaxAttempts", "2"), ("Relay:LongestOutagePause", "00:00:02")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_broker_was_killed_and_comes_back_everything_arrives_once_and_nothing_is_parked()
    {
        await using var broker = await StoppableBroker.StartNewAsync();
        var place = await Place.CreateAsync(servers) with { Broker = broker.Address.ToString() };
        await DeclareQueuesAsync(place, broker);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: Impatient);
        await PublishAsync(service, 0, 20);
        await Soon.ShouldBecome(() => service.EffectsAsync(), 20);

        // Several time limits and pauses long. A longer outage would only repeat the last pause.
        await broker.KillAsync();
        var until = Task.Delay(TimeSpan.FromSeconds(15), Cancellation);
        for (var i = 20; !until.IsCompleted; i++)
        {
            await PublishAsync(service, i, 1);
            await Task.WhenAny(until, Task.Delay(250, Cancellation));
        }

        var published = 20 + await service.WaitingAsync();
        published.ShouldBeGreaterThan(40);
        await broker.StartAsync();

        // MassTransit waits up to half a minute between two connections, and a busy machine's broker is slow to shake hands.
        await Soon.ShouldBecome(() => service.EffectsAsync(), published, seconds: 150);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await service.ParkedAsync()).ShouldBe(0);
        (await service.AskAsync(x => x.Effects.Select(e => e.Number).Distinct().CountAsync(Cancellation))).ShouldBe(published);
    }

    [Fact]
    public async Task A_broker_that_hangs_is_given_up_by_the_time_limit_and_counts_against_no_message()
    {
        var place = await Place.CreateAsync(servers);
        await using var consumer = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: ("Relay:Enabled", "false"));
        await using var proxy = new BrokerProxy(place.Broker);
        await using var service = await TestService.StartAsync(place.Through(proxy), settings: Impatient);
        await PublishAsync(service, 0, 1);
        await Soon.ShouldBecome(() => consumer.EffectsAsync(), 1);

        proxy.Hold();
        await PublishAsync(service, 1, 5);
        await Soon.ShouldStay(() => consumer.EffectsAsync(), 1, TimeSpan.FromSeconds(8));
        (await service.AskAsync(x => x.OutboxMessages.Select(m => m.Attempts).ToListAsync(Cancellation))).ShouldBe([0, 0, 0, 0, 0]);

        proxy.Mend();
        await Soon.ShouldBecome(() => consumer.EffectsAsync(), 6, seconds: 60);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task Without_broker_a_service_is_degraded_not_unhealthy()
    {
        var place = await Place.CreateAsync(servers);
        await using var proxy = new BrokerProxy(place.Broker);
        await using var service = await TestService.StartAsync(
            place.Through(proxy), consumers: x => x.AddConsumer<CountedConsumer>(), services: x => x.AddHealthChecks());
        var health = service.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(Cancellation)).Entries["messaging"].Status.ShouldBe(HealthStatus.Healthy);

        proxy.Cut();
        await Soon.ShouldBecome(async () => (await health.CheckHealthAsync(Cancellation)).Entries["messaging"].Status, HealthStatus.Degraded);
        (await health.CheckHealthAsync(Cancellation)).Entries["messaging"].Tags.ShouldContain("ready");
    }

    /// <summary>
    /// As migrations do, long before. RabbitMQ writes the names of new quorum queues to disk every half second; one that is killed before that
    /// comes back with a queue that has no leader and takes nothing, which is a matter for the broker's operator, not of this test.
    /// </summary>
    private static async Task DeclareQueuesAsync(Place place, StoppableBroker broker)
    {
        await using (var service = TestService.Create(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: Impatient))
        {
            await service.Services.DeployMessagingTopologyAsync(Cancellation);
        }

        await broker.StopAsync();
        await broker.StartAsync();
    }

    private static async Task PublishAsync(TestService service, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            await service.PublishAsync(new Counted(Guid.Empty, i));
        }
    }
}
