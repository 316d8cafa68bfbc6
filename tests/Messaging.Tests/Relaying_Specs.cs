using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Relaying(TestServers servers)
{
    private static readonly (string, string) NoRelay = ("Relay:Enabled", "false");
    private static readonly (string, string)[] ShortLease = [("Relay:SendTimeout", "00:00:02"), ("Relay:Lease", "00:00:04")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_between_confirm_and_deletion_repeats_the_message_and_the_effect_happens_once()
    {
        var place = await Place.CreateAsync(servers);
        await using var consumer = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: NoRelay);
        await consumer.AskAsync(x => x.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
            CREATE TRIGGER refuse BEFORE DELETE ON shop.outbox_message FOR EACH ROW EXECUTE FUNCTION shop.refuse();
            """,
            Cancellation));

        // The broker confirms, the deletion never happens: to the table that is a relay which died in between.
        await using (var crashing = await TestService.StartAsync(place, settings: ShortLease))
        {
            await crashing.PublishAsync(new Counted(Guid.Empty, 1));
            await Soon.ShouldBecome(() => consumer.EffectsAsync(), 1);
        }

        (await consumer.WaitingAsync()).ShouldBe(1);
        await consumer.AskAsync(x => x.Database.ExecuteSqlRawAsync("DROP TRIGGER refuse ON shop.outbox_message", Cancellation));

        await using var next = await TestService.StartAsync(place, settings: ShortLease);
        await Soon.ShouldBecome(next.WaitingAsync, 0);
        await Soon.ShouldBecome(() => Task.FromResult(consumer.Deliveries.Received.Count), 2);
        consumer.Deliveries.Received.Distinct().Count().ShouldBe(1);
        await Soon.ShouldStay(() => consumer.EffectsAsync(), 1, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Replicas_send_nothing_twice()
    {
        const int messages = 400;
        var place = await Place.CreateAsync(servers);
        await using var consumer = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: NoRelay);
        for (var i = 0; i < messages / 4; i++)
        {
            await consumer.PublishAsync(Enumerable.Range(i * 4, 4).Select(n => (object)new Counted(Guid.Empty, n)).ToArray());
        }

        // Each message takes a while, so that the replicas are at it at the same time.
        static void Unhurried(IServiceCollection services) => TestTransport.Replace(services, _ => Task.Delay(20, Cancellation));
        await using var one = TestService.Create(place, services: Unhurried);
        await using var two = TestService.Create(place, services: Unhurried);
        await using var three = TestService.Create(place, services: Unhurried);
        await Task.WhenAll(one.StartAsync(), two.StartAsync(), three.StartAsync());

        await Soon.ShouldBecome(consumer.WaitingAsync, 0, seconds: 60);
        await Soon.ShouldBecome(() => consumer.EffectsAsync(), messages, seconds: 60);
        consumer.Deliveries.Received.Count.ShouldBe(messages);
    }

    [Fact]
    public async Task A_replica_that_slept_through_its_lease_repeats_the_message_and_the_effect_happens_once()
    {
        var place = await Place.CreateAsync(servers);
        await using var consumer = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: NoRelay);
        var gate = new Gate();
        await using var sleeper = TestService.Create(
            place, services: x => TestTransport.FallAsleep(x, gate), settings: [.. ShortLease, ("Relay:Linger", "00:00:00")]);
        await sleeper.StartAsync();
        await sleeper.PublishAsync(new Counted(Guid.Empty, 1));
        await gate.Reached;

        await using var other = await TestService.StartAsync(place, settings: ShortLease);
        await Soon.ShouldBecome(() => consumer.EffectsAsync(), 1);
        await Soon.ShouldBecome(other.WaitingAsync, 0);
        consumer.Deliveries.Received.Count.ShouldBe(1);

        gate.Open();
        await Soon.ShouldBecome(() => Task.FromResult(consumer.Deliveries.Received.Count), 2);
        await Soon.ShouldStay(() => consumer.EffectsAsync(), 1, TimeSpan.FromSeconds(1));
        (await other.WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_replica_that_slept_through_its_lease_leaves_the_row_to_its_new_owner()
    {
        var place = await Place.CreateAsync(servers);
        var (sleeping, awake) = (new Gate(), new Gate());
        await using var sleeper = await AsleepOverOneRowAsync(place, sleeping);

        await using var owner = await TestService.StartAsync(
            place, services: x => TestTransport.Replace(x, _ => awake.PassAsync()), settings: [("Relay:SendTimeout", "00:00:20"), ("Relay:Lease", "00:01:00")]);
        await awake.Reached;
        var before = await owner.AskAsync(x => x.OutboxMessages.AsNoTracking().SingleAsync(Cancellation));

        sleeping.Refuse(new InvalidOperationException());
        await Soon.ShouldStay(
            () => owner.AskAsync(x => x.OutboxMessages.Select(m => new { m.LeaseId, m.Attempts }).SingleAsync(Cancellation)),
            new { before.LeaseId, Attempts = 0 },
            TimeSpan.FromSeconds(2));
        awake.Open();
        await Soon.ShouldBecome(owner.WaitingAsync, 0);
    }

    [Fact]
    public async Task A_replica_that_slept_through_its_lease_deletes_no_other_row_that_has_taken_the_place_of_its_own()
    {
        var place = await Place.CreateAsync(servers);
        await using var consumer = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: NoRelay);
        var (sleeping, awake) = (new Gate(), new Gate());
        await using var sleeper = await AsleepOverOneRowAsync(place, sleeping);
        var former = await PlacesAsync(sleeper);

        await using var owner = await TestService.StartAsync(
            place, services: x => TestTransport.Replace(x, _ => awake.PassAsync()),
            settings: [("Relay:SendTimeout", "00:00:20"), ("Relay:Lease", "00:01:00"), ("Relay:BatchSize", "1")]);
        await awake.Reached;

        // The owner has its hands full, so that the new row stays where it was put.
        await owner.AskAsync(x => x.Database.ExecuteSqlRawAsync("VACUUM shop.outbox_message", Cancellation));
        await owner.InScopeAsync(async (database, publisher) =>
        {
            await publisher.Publish(new Counted(Guid.Empty, 2), Cancellation);
            await database.SaveChangesAsync(Cancellation);
        });
        (await PlacesAsync(owner)).ShouldContain(former.ShouldHaveSingleItem(), "the new row is where the old one was");

        sleeping.Open();
        await Soon.ShouldBecome(() => consumer.AskAsync(x => x.Effects.Select(e => e.Number).Distinct().CountAsync(Cancellation)), 2);
        awake.Open();
        await Soon.ShouldBecome(owner.WaitingAsync, 0);
    }

    [Fact]
    public async Task A_poison_message_holds_up_its_own_batch_only_is_parked_and_can_be_replayed()
    {
        var place = await Place.CreateAsync(servers);
        await using var rabbit = await Rabbit.ConnectAsync(place);

        // Of another type than MassTransit declares: the broker closes the channel that all sends share.
        await rabbit.Channel.ExchangeDeclareAsync("poison", ExchangeType.Topic, durable: true, cancellationToken: Cancellation);
        Task<TestService> StartAsync(string maxAttempts) => TestService.StartAsync(
            place,
            consumers: x => x.AddConsumer<CountedConsumer>(),
            settings: [.. ShortLease, ("Relay:MaxAttempts", maxAttempts), ("Relay:FirstBackoff", "00:00:01"), ("Relay:LongestBackoff", "00:00:04")]);

        await using (var patient = await StartAsync(maxAttempts: "1000"))
        {
            await PublishAroundPoisonAsync(patient);
            for (var i = 0; i < 40; i++)
            {
                await patient.PublishAsync(new Counted(Guid.Empty, i));
            }

            // The poison, and what comes after it in its batch, wait; nothing else does.
            // Each attempt costs all the channel, and those who were on their way a pause: that takes its time, not the messages.
            await Soon.ShouldBecome(() => patient.EffectsAsync(), 41, seconds: 60);
            await Soon.ShouldBecome(patient.WaitingAsync, 2);
            (await patient.ParkedAsync()).ShouldBe(0);
        }

        await using var service = await StartAsync(maxAttempts: "1");
        await Soon.ShouldBecome(service.ParkedAsync, 1);
        await Soon.ShouldBecome(() => service.EffectsAsync(), 42);
        await Soon.ShouldBecome(service.WaitingAsync, 0);

        await rabbit.Channel.ExchangeDeleteAsync("poison", cancellationToken: Cancellation);
        await rabbit.Channel.ExchangeDeclareAsync("poison", ExchangeType.Fanout, durable: true, cancellationToken: Cancellation);
        await rabbit.Channel.QueueDeclareAsync("mended", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await rabbit.Channel.QueueBindAsync("mended", "poison", "", cancellationToken: Cancellation);
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var parked = scope.ServiceProvider.GetRequiredService<IParkedMessages>();
            var message = (await parked.ListAsync(10, Cancellation)).ShouldHaveSingleItem();
            message.Attempts.ShouldBePositive();
            message.MessageType.ShouldBe("urn:message:Zweizeiler.Messaging.Tests.Support:Counted");
            message.LastError.ShouldNotBeNull().ShouldEndWith("Exception");
            (await parked.ReplayAsync([Guid.Empty], Cancellation)).ShouldBe(0);
            (await parked.ReplayAsync([message.MessageId], Cancellation)).ShouldBe(1);
        }

        await Soon.ShouldBecome(async () => (await rabbit.TakeAsync("mended"))?.RoutingKey, "");
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await service.ParkedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_sudden_backlog_is_worked_off_although_the_relay_has_only_known_an_empty_table()
    {
        const int rows = 20_000;
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(place, settings: ("Relay:Poll", "00:00:00.05"));
        Task<long> LooksAsync() => service.AskAsync(x => x.Database
            .SqlQueryRaw<long>("SELECT seq_scan + idx_scan AS \"Value\" FROM pg_stat_user_tables WHERE schemaname = 'shop' AND relname = 'outbox_message'")
            .SingleAsync(Cancellation));

        // Analyzed while empty, and visited often enough for every plan to be made and kept.
        await service.AskAsync(x => x.Database.ExecuteSqlRawAsync("VACUUM ANALYZE shop.outbox_message", Cancellation));
        var before = await LooksAsync();
        await Soon.ShouldBecome(async () => await LooksAsync() >= before + 30, true);
        await service.AskAsync(x => x.Database.ExecuteSqlRawAsync(
            $$"""
            INSERT INTO shop.outbox_message (batch_id, position, message_id, destination_address, message_types, content_type, body, enqueued_at, attempts)
            SELECT ('00000000-0000-0000-0000-' || lpad((n / 2)::text, 12, '0'))::uuid, n % 2, gen_random_uuid(), 'exchange:nowhere', 'urn:message:x',
                'application/vnd.masstransit+json', '{}'::bytea, now(), 0
            FROM generate_series(1, {{rows}}) AS n
            """.Replace("{}", "{{}}", StringComparison.Ordinal),
            Cancellation));

        await Soon.ShouldBecome(service.WaitingAsync, 0, seconds: 60);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_parked()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: [("Relay:MaxAttempts", "2"), ("Relay:FirstBackoff", "00:00:00.1")]);
        await service.InScopeAsync(async (database, publisher) =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Cancellation);
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            await database.SaveChangesAsync(Cancellation);
            await database.Database.ExecuteSqlRawAsync("UPDATE shop.outbox_message SET destination_address = 'nonsense'", Cancellation);
            await transaction.CommitAsync(Cancellation);
        });
        await service.PublishAsync(new Counted(Guid.Empty, 2));

        await Soon.ShouldBecome(service.ParkedAsync, 1);
        await Soon.ShouldBecome(() => service.EffectsAsync(), 1);
    }

    [Fact]
    public async Task Losing_all_connections_to_the_database_loses_nothing_and_repeats_no_effect()
    {
        const int messages = 300;
        var place = await Place.CreateAsync(servers);
        await using (var publishing = TestService.Create(place, settings: NoRelay))
        {
            for (var i = 0; i < messages; i++)
            {
                await publishing.PublishAsync(new Counted(Guid.Empty, i));
            }
        }

        await using var service = TestService.Create(place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: ShortLease);
        await service.Services.DeployMessagingTopologyAsync(Cancellation);
        await service.StartAsync();
        await using var administrator = Npgsql.NpgsqlDataSource.Create(await servers.PostgresAdministratorAsync());
        var name = new Npgsql.NpgsqlConnectionStringBuilder(place.Database).Database!;
        for (var i = 1; i <= 5; i++)
        {
            await Eventually.Within(TimeSpan.FromSeconds(30), async () => await CountAsync(place) >= i * 40);
            await using var terminate = administrator.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1");
            terminate.Parameters.Add(new() { Value = name });
            await terminate.ExecuteNonQueryAsync(Cancellation);
        }

        await Soon.ShouldBecome(() => CountAsync(place), messages, seconds: 60);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await service.AskAsync(x => x.Effects.Select(e => e.Number).Distinct().CountAsync(Cancellation))).ShouldBe(messages);
        await Soon.ShouldStay(() => CountAsync(place), messages, TimeSpan.FromSeconds(1));
    }

    private static Task<List<string>> PlacesAsync(TestService service) => service.AskAsync(
        x => x.Database.SqlQueryRaw<string>("SELECT ctid::text FROM shop.outbox_message").ToListAsync(Cancellation));

    private static async Task PublishAroundPoisonAsync(TestService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var publisher = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var poison = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("exchange:poison"));
        await publisher.Publish(new Counted(Guid.Empty, 1000), Cancellation);
        await poison.Send(new Counted(Guid.Empty, 1001), Cancellation);
        await publisher.Publish(new Counted(Guid.Empty, 1002), Cancellation);
        await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(Cancellation);
    }

    private static async Task<int> CountAsync(Place place)
    {
        await using var connection = new Npgsql.NpgsqlConnection(place.Database + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*)::int FROM shop.effects", connection);
        return (int)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<TestService> AsleepOverOneRowAsync(Place place, Gate sleeping)
    {
        var sleeper = TestService.Create(place, services: x => TestTransport.FallAsleep(x, sleeping), settings: [.. ShortLease, ("Relay:Linger", "00:00:00")]);
        await sleeper.StartAsync();
        await sleeper.PublishAsync(new Counted(Guid.Empty, 1));
        await sleeping.Reached;
        return sleeper;
    }
}
