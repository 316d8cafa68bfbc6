using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Publishing(TestServers servers)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_saving_sends_nothing()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());

        await service.InScopeAsync((_, publisher) => publisher.Publish(new Counted(Guid.Empty, 1), Cancellation));

        await Soon.ShouldStay(() => service.EffectsAsync(), 0, TimeSpan.FromSeconds(3));
        service.Deliveries.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Saved_but_not_committed_sends_nothing_and_leaves_nothing()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());

        await service.InScopeAsync(async (database, publisher) =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Cancellation);
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            await database.SaveChangesAsync(Cancellation);
            await Soon.ShouldStay(() => service.EffectsAsync(), 0, TimeSpan.FromSeconds(3));
            await transaction.RollbackAsync(Cancellation);
        });

        await Soon.ShouldStay(() => service.EffectsAsync(), 0, TimeSpan.FromSeconds(2));
        (await service.WaitingAsync()).ShouldBe(0);
        service.Deliveries.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Committed_is_sent_at_once_and_the_row_goes()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: [("Relay:Poll", "00:10:00"), ("Relay:Recent", "00:10:00")]);

        // With a poll of minutes only the commit can have woken the relay: once by SaveChanges, once by a transaction of its own.
        await service.PublishAsync(new Counted(Guid.Empty, 1));
        await Soon.ShouldBecome(() => service.EffectsAsync(), 1);
        await service.InScopeAsync(async (database, publisher) =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Cancellation);
            await publisher.Publish(new Counted(Guid.Empty, 2), Cancellation);
            await database.SaveChangesAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        });

        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task Committed_is_sent_by_another_process_when_this_one_crashed_before_its_relay()
    {
        var place = await Place.CreateAsync(servers);
        await using (var crashing = TestService.Create(place, settings: ("Relay:Enabled", "false")))
        {
            // Never started: neither relay nor connection to the broker, as when the process dies right after the commit.
            await crashing.PublishAsync(new Counted(Guid.Empty, 1), new Counted(Guid.Empty, 2));
        }

        await using var service = TestService.Create(place, consumers: x => x.AddConsumer<CountedConsumer>());
        await service.Services.DeployMessagingTopologyAsync(Cancellation);
        await service.StartAsync();

        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task What_was_published_long_before_it_was_committed_is_found_too()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());
        await service.PublishAsync(new Counted(Guid.Empty, 1));
        await Soon.ShouldBecome(() => service.EffectsAsync(), 1);

        // The relay runs and looks at what is new; this row is an hour old when it appears.
        await using var slow = TestService.Create(
            place, services: x => x.AddSingleton<TimeProvider>(new LateClock()), settings: ("Relay:Enabled", "false"));
        await slow.PublishAsync(new Counted(Guid.Empty, 2));

        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
    }

    [Fact]
    public async Task Keeps_the_order_of_one_transaction()
    {
        const int transactions = 20;
        const int messages = 25;
        var place = await Place.CreateAsync(servers);

        // One at a time, so that they are seen in the order in which the queue has them.
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: ("ConcurrentMessageLimit", "1"));
        await using var replica = await TestService.StartAsync(place);

        var published = await Task.WhenAll(Enumerable.Range(0, transactions).Select(async _ =>
        {
            List<Guid> ids = [];
            await service.InScopeAsync(async (database, publisher) =>
            {
                // Two saves in one transaction, and more rows than EF sends in one batch.
                await using var transaction = await database.Database.BeginTransactionAsync(Cancellation);
                for (var i = 0; i < messages; i++)
                {
                    await publisher.Publish(new Counted(Guid.Empty, i), context => ids.Add(context.MessageId!.Value), Cancellation);
                    if (i % 10 == 9)
                    {
                        await database.SaveChangesAsync(Cancellation);
                    }
                }

                await database.SaveChangesAsync(Cancellation);
                await transaction.CommitAsync(Cancellation);
            });
            return ids;
        }));

        await Soon.ShouldBecome(() => service.EffectsAsync(), transactions * messages);
        var received = service.Deliveries.Received;
        received.Count.ShouldBe(transactions * messages);
        foreach (var ids in published)
        {
            received.Where(ids.Contains).ShouldBe(ids);
        }
    }

    [Fact]
    public async Task Goes_on_while_the_broker_has_never_been_there()
    {
        var place = await Place.CreateAsync(servers);
        await using (var migration = TestService.Create(place, consumers: x => x.AddConsumer<CountedConsumer>()))
        {
            await migration.Services.DeployMessagingTopologyAsync(Cancellation);
        }

        await using var proxy = new BrokerProxy(place.Broker);
        proxy.Cut();
        await using var service = TestService.Create(
            place.Through(proxy), consumers: x => x.AddConsumer<CountedConsumer>(), settings: ("Relay:SendTimeout", "00:00:02"));

        await service.StartAsync();
        await service.PublishAsync(new Counted(Guid.Empty, 1));
        await service.PublishAsync(new Counted(Guid.Empty, 2));
        (await service.WaitingAsync()).ShouldBe(2);

        proxy.Mend();
        await Soon.ShouldBecome(() => service.EffectsAsync(), 2, seconds: 60);
    }

    [Fact]
    public async Task Refuses_what_the_outbox_cannot_keep()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = TestService.Create(place);

        await service.InScopeAsync(async (_, publisher) =>
        {
            await Should.ThrowAsync<NotSupportedException>(() =>
                publisher.Publish(new Counted(Guid.Empty, 1), context => context.TimeToLive = TimeSpan.FromMinutes(1), Cancellation));
            await Should.ThrowAsync<NotSupportedException>(() =>
                publisher.Publish(new Counted(Guid.Empty, 1), context => context.Delay = TimeSpan.FromMinutes(1), Cancellation));
        });
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(-1);
    }
}
