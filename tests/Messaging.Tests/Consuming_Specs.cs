using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Messaging.Relay;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Consuming(TestServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_duplicates_at_the_same_time_have_one_effect()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<MeetingConsumer>().AddConsumer<AnsweredConsumer>(), services: x => x.AddSingleton(new Meeting(5)),
            settings: [("ConcurrentMessageLimit", "5")]);
        service.Services.GetRequiredService<Meeting>().Deliveries = service.Deliveries;

        await SendAsync(service, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), times: 5);

        await Soon.ShouldBecome(() => service.EffectsAsync("meeting"), 1);
        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
        await Soon.ShouldStay(() => service.EffectsAsync("meeting"), 1, TimeSpan.FromSeconds(2));
        (await service.EffectsAsync("answered")).ShouldBe(1);
        service.Services.GetRequiredService<Meeting>().Consumed.ShouldBe(1);
        service.Deliveries.Received.Count.ShouldBe(6, "five duplicates and one answer");
        (await service.AskAsync(x => x.InboxMessages.CountAsync(Cancellation))).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_consumer_publishes_goes_to_the_relay_without_a_look_at_the_table()
    {
        var place = await Place.CreateAsync(servers);
        var gate = new Gate();
        await using var service = await TestService.StartAsync(
            place,
            consumers: x => x.AddConsumer<AnsweringConsumer>().AddConsumer<AnsweredConsumer>(),
            services: x => TestTransport.Replace(x, _ => gate.PassAsync()));

        await SendAsync(service, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), times: 1);

        // In the relay's hands as it was inserted, in the transaction of the effect: nobody has written to it since, and nobody else may take it.
        await gate.Reached;
        (await service.AskAsync(x => x.Database
            .SqlQuery<bool>($"""
                SELECT m.lease_until > now() + interval '20 seconds' AND m.xmin = i.xmin AS "Value" FROM shop.outbox_message AS m, shop.inbox AS i
                """)
            .ToListAsync(Cancellation))).ShouldBe([true]);

        gate.Open();
        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task A_commit_that_is_refused_gives_the_relays_room_back_and_sends_nothing()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<AnsweringConsumer>().AddConsumer<AnsweredConsumer>(), settings: [("Relay:BatchSize", "1")]);
        await service.AskAsync(x => x.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON shop.effects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.refuse();
            """,
            Cancellation));

        await SendAsync(service, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), times: 1);
        await using var rabbit = await Rabbit.ConnectAsync(place);
        await Soon.ShouldBecome(() => rabbit.HasQueueAsync("shop-answering_error"), true);
        (await service.WaitingAsync()).ShouldBe(0);
        await service.AskAsync(x => x.Database.ExecuteSqlRawAsync("DROP TRIGGER refuse ON shop.effects", Cancellation));

        await SendAsync(service, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), times: 1);

        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await service.EffectsAsync("answering")).ShouldBe(1);
    }

    [Fact]
    public async Task A_duplicate_of_long_ago_has_no_effect()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await SendAsync(service, id, times: 1);
        await Soon.ShouldBecome(() => service.EffectsAsync(), 1);

        await SendAsync(service, id, times: 1);
        await Soon.ShouldBecome(() => Task.FromResult(service.Deliveries.Received.Count), 2);
        await Soon.ShouldStay(() => service.EffectsAsync(), 1, TimeSpan.FromSeconds(1));

        await using var rabbit = await Rabbit.ConnectAsync(place);
        (await rabbit.HasQueueAsync("shop-counted_skipped")).ShouldBeFalse("a duplicate is consumed, not skipped");
    }

    [Fact]
    public async Task Each_consumer_of_a_message_has_its_own_effect()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>().AddConsumer<AnsweringConsumer>().AddConsumer<AnsweredConsumer>());

        await service.PublishAsync(new Counted(Guid.Empty, 1));

        await Soon.ShouldBecome(() => service.EffectsAsync("counted"), 1);
        await Soon.ShouldBecome(() => service.EffectsAsync("answering"), 1);
        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
    }

    [Fact]
    public async Task A_consumer_that_throws_after_saving_and_is_retried_has_one_effect()
    {
        var place = await Place.CreateAsync(servers);
        var stumbles = new Stumbles(2, () => new InvalidOperationException());
        await using var service = await TestService.StartAsync(
            place,
            consumers: x => x.AddConsumer<StumblingConsumer>().AddConsumer<AnsweredConsumer>(),
            services: x => x.AddSingleton(stumbles));

        await service.PublishAsync(new Counted(Guid.Empty, 1));

        await Soon.ShouldBecome(() => service.EffectsAsync("answered"), 1);
        stumbles.Calls.ShouldBe(3);
        (await service.EffectsAsync("stumbling")).ShouldBe(1);
        await Soon.ShouldStay(() => service.EffectsAsync("answered"), 1, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_may_pass_is_retried_for_longer()
    {
        var place = await Place.CreateAsync(servers);
        var stumbles = new Stumbles(4, () => new TimeoutException());
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<StumblingConsumer>(), services: x => x.AddSingleton(stumbles));

        await service.PublishAsync(new Counted(Guid.Empty, 1));

        await Soon.ShouldBecome(() => service.EffectsAsync("stumbling"), 1, seconds: 40);
        stumbles.Calls.ShouldBe(5);
    }

    [Fact]
    public async Task A_consumer_that_always_throws_leaves_nothing_but_the_message_in_the_error_queue_and_no_text_of_the_exception()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place,
            consumers: x => x.AddConsumer<StumblingConsumer>().AddConsumer<AnsweredConsumer>(),
            services: x => x.AddSingleton(new Stumbles(int.MaxValue, () => new InvalidOperationException("of Ms Miller of Utrecht"))));

        await service.PublishAsync(new Counted(Guid.Empty, 4711));

        await using var rabbit = await Rabbit.ConnectAsync(place);
        await Soon.ShouldBecome(() => rabbit.HasQueueAsync("shop-stumbling_error"), true);
        var message = await Eventually.Found(TimeSpan.FromSeconds(10), () => rabbit.TakeAsync("shop-stumbling_error"));
        System.Text.Encoding.UTF8.GetString(message.Body.Span).ShouldContain("4711");
        var headers = Rabbit.HeadersOf(message);
        headers.ShouldContain("InvalidOperationException");
        headers.ShouldNotContain("Miller");
        headers.ShouldNotContain("   at ");
        (await service.EffectsAsync("stumbling")).ShouldBe(0);
        (await service.EffectsAsync("answered")).ShouldBe(0);
        (await service.WaitingAsync()).ShouldBe(0);
        (await service.AskAsync(x => x.InboxMessages.CountAsync(Cancellation))).ShouldBe(0);
    }

    [Fact]
    public async Task The_inbox_forgets_what_is_older_than_its_retention()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = TestService.Create(place);
        await service.AskAsync(x => x.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO shop.inbox (message_id, consumer, received_at)
            SELECT gen_random_uuid(), 'c', now() - n * interval '1 hour' FROM generate_series(1, 48) AS n
            """,
            Cancellation));
        var store = service.Services.GetRequiredService<OutboxStore<ShopContext>>();

        (await store.CleanInboxAsync(TimeSpan.FromHours(24.5), portion: 10, Cancellation)).ShouldBe(24);
        (await service.AskAsync(x => x.InboxMessages.CountAsync(Cancellation))).ShouldBe(24);
    }

    [Fact]
    public async Task The_retries_are_outside_the_inbox_and_none_is_inside()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());

        var pipe = System.Text.Json.JsonSerializer.Serialize(service.Services.GetRequiredService<IBusControl>().GetProbeResult(Cancellation));

        var inbox = pipe.IndexOf("\"outbox\"", StringComparison.Ordinal);
        inbox.ShouldBePositive(pipe);
        pipe.LastIndexOf("\"retry", StringComparison.Ordinal).ShouldBeInRange(0, inbox, pipe);
    }

    /// <summary>The same message, as often as a relay that crashes repeats it.</summary>
    private static Task SendAsync(TestService service, Guid messageId, int times)
    {
        var bus = service.Services.GetRequiredService<IBus>();
        return Task.WhenAll(Enumerable.Range(0, times).Select(_ =>
            bus.Publish(new Counted(Guid.Empty, 1), context => context.MessageId = messageId, Cancellation)));
    }

    internal sealed class Meeting(int expected)
    {
        private int _consumed;

        public Deliveries? Deliveries { get; set; }

        public int Consumed => _consumed;

        public async Task WaitForAllAsync()
        {
            Interlocked.Increment(ref _consumed);
            await Eventually.Within(TimeSpan.FromSeconds(10), () => Deliveries!.Received.Count >= expected);
        }
    }

    /// <summary>Holds its transaction open until all duplicates have been delivered beside it.</summary>
    internal sealed class MeetingConsumer(ShopContext database, Meeting meeting) : IConsumer<Counted>
    {
        public async Task Consume(ConsumeContext<Counted> context)
        {
            await meeting.WaitForAllAsync();
            database.Add(new Effect { Consumer = "meeting", Group = context.Message.Group, Number = context.Message.Number });
            await context.Publish(new Answered(context.Message.Group, context.Message.Number), context.CancellationToken);
            await database.SaveChangesAsync(context.CancellationToken);
        }
    }
}
