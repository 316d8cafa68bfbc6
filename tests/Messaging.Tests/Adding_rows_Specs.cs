using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Adding_rows(TestServers servers)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_them_with_their_messages_and_wakes_the_relay()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: [("Relay:Poll", "00:10:00"), ("Relay:Recent", "00:10:00")]);

        await service.AddingAsync(async (rows, _, publisher) =>
        {
            rows.Add(Parcel());
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            await publisher.Publish(new Counted(Guid.Empty, 2), Cancellation);
            (await service.WaitingAsync()).ShouldBe(0);
            await rows.InsertAsync(Cancellation);
        });

        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await service.AskAsync(x => x.Parcels.CountAsync(Cancellation))).ShouldBe(1);
    }

    [Fact]
    public async Task Hands_their_messages_to_the_relay_without_a_look_at_the_table()
    {
        var place = await Place.CreateAsync(servers);
        var gate = new Gate();
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), services: x => TestTransport.Replace(x, _ => gate.PassAsync()));

        await service.AddingAsync(async (rows, _, publisher) =>
        {
            rows.Add(Parcel());
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            await publisher.Publish(new Counted(Guid.Empty, 2), Cancellation);
            await rows.InsertAsync(Cancellation);
        });

        // In the relay's hands as they were inserted: nobody has written to them since, and nobody else may take them.
        await gate.Reached;
        var rows = await service.AskAsync(x => x.Database
            .SqlQuery<bool>($"""
                SELECT m.lease_id IS NOT NULL AND m.lease_until > now() + interval '20 seconds' AND m.xmin = p.xmin AS "Value"
                FROM shop.outbox_message AS m, shop.parcels AS p
                """)
            .ToListAsync(Cancellation));
        rows.ShouldBe([true, true]);

        gate.Open();
        await Soon.ShouldBecome(() => service.EffectsAsync(), 2);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task Lets_what_is_confirmed_gather_before_it_is_deleted()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place,
            consumers: x => x.AddConsumer<CountedConsumer>(),
            settings: [("Relay:Poll", "00:10:00"), ("Relay:Recent", "00:10:00"), ("Relay:DeleteWithin", "00:00:15")]);
        await InsertAsync(service, 3);
        await Soon.ShouldBecome(() => service.EffectsAsync(), 3);
        await Soon.ShouldStay(async () => await service.WaitingAsync() > 0, true, TimeSpan.FromSeconds(1));

        await InsertAsync(service, 100);

        await Soon.ShouldBecome(async () => await service.WaitingAsync() < 100, true, seconds: 10);
    }

    [Fact]
    public async Task Leaves_their_messages_to_others_when_the_process_dies_with_them()
    {
        var place = await Place.CreateAsync(servers);
        var gate = new Gate();
        await using var dying = await TestService.StartAsync(
            place,
            services: x => TestTransport.FallAsleep(x, gate),
            settings: [("Relay:SendTimeout", "00:00:02"), ("Relay:Lease", "00:00:04"), ("Relay:Linger", "00:00:00")]);
        await dying.AddingAsync(async (rows, _, publisher) =>
        {
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            await rows.InsertAsync(Cancellation);
        });
        await gate.Reached;

        await using var other = await TestService.StartAsync(place, consumers: x => x.AddConsumer<CountedConsumer>());

        await Soon.ShouldBecome(() => other.EffectsAsync(), 1);
        await Soon.ShouldBecome(other.WaitingAsync, 0);
        gate.Open();
    }

    [Fact]
    public async Task Leaves_their_messages_in_the_table_while_the_relay_has_its_hands_full()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: [("Relay:BatchSize", "2"), ("Relay:Poll", "00:10:00"), ("Relay:Recent", "00:10:00")]);

        await service.AddingAsync(async (rows, _, publisher) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await publisher.Publish(new Counted(Guid.Empty, i), Cancellation);
            }

            await rows.InsertAsync(Cancellation);
        });

        await Soon.ShouldBecome(() => service.EffectsAsync(), 3);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task Gives_the_relays_room_back_when_they_are_refused()
    {
        var place = await Place.CreateAsync(servers);
        var handed = 0;
        await using var service = await TestService.StartAsync(
            place, services: x => TestTransport.Replace(x, _ => Task.FromResult(Interlocked.Increment(ref handed))), settings: [("Relay:BatchSize", "1"), ("Relay:Enabled", "true")]);
        var parcel = Parcel();
        for (var i = 0; i < 3; i++)
        {
            await service.AddingAsync(async (rows, _, publisher) =>
            {
                await publisher.Publish(new Counted(Guid.Empty, i), Cancellation);
                rows.Add(parcel);
                rows.Add(Parcel(parcel.Id));
                await Should.ThrowAsync<PostgresException>(() => rows.InsertAsync(Cancellation));
            });
        }

        await service.PublishAsync(new Counted(Guid.Empty, 4));

        await Soon.ShouldBecome(() => Task.FromResult(Volatile.Read(ref handed)), 1);
        await Soon.ShouldBecome(service.WaitingAsync, 0);
    }

    [Fact]
    public async Task Stores_nothing_when_one_of_them_is_refused()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = TestService.Create(place);
        var parcel = Parcel();

        await service.AddingAsync(async (rows, _, publisher) =>
        {
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            rows.Add(parcel);
            rows.Add(Parcel(parcel.Id));
            var refused = await Should.ThrowAsync<PostgresException>(() => rows.InsertAsync(Cancellation));
            refused.SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        });

        (await service.WaitingAsync()).ShouldBe(0);
        (await service.AskAsync(x => x.Parcels.AnyAsync(Cancellation))).ShouldBeFalse();
    }

    [Fact]
    public async Task Stores_them_with_the_contexts_changes_when_they_are_handed_to_it()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = await TestService.StartAsync(
            place, consumers: x => x.AddConsumer<CountedConsumer>(), settings: [("Relay:Poll", "00:10:00"), ("Relay:Recent", "00:10:00")]);

        await service.AddingAsync(async (rows, database, publisher) =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Cancellation);
            rows.Add(Parcel());
            await publisher.Publish(new Counted(Guid.Empty, 1), Cancellation);
            rows.MoveTo(database);
            await database.SaveChangesAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        });

        await Soon.ShouldBecome(() => service.EffectsAsync(), 1);
        (await service.AskAsync(x => x.Parcels.CountAsync(Cancellation))).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_what_the_context_would_write(bool full)
    {
        var place = await Place.CreateAsync(servers);
        await using var service = TestService.Create(place);
        var (ours, its) = (Parcel(full: full), Parcel(full: full));

        await service.AddingAsync(async (rows, database, _) =>
        {
            rows.Add(ours);
            await rows.InsertAsync(Cancellation);
            database.Add(its);
            await database.SaveChangesAsync(Cancellation);
        });

        var stored = await service.AskAsync(x => x.Database
            .SqlQuery<string>($"SELECT (to_jsonb(p) - 'id')::text AS \"Value\" FROM shop.parcels AS p")
            .ToListAsync(Cancellation));
        stored.Count.ShouldBe(2);
        stored[0].ShouldBe(stored[1]);
        stored[0].ShouldContain(full ? "Neuss" : "null");
    }

    [Fact]
    public async Task Refuses_what_the_database_would_number()
    {
        var place = await Place.CreateAsync(servers);
        await using var service = TestService.Create(place);

        await service.AddingAsync(async (rows, _, _) =>
        {
            rows.Add(new Effect { Consumer = "x" });
            await Should.ThrowAsync<InvalidOperationException>(() => rows.InsertAsync(Cancellation));
        });
    }

    /// <summary>Each message in a unit of its own.</summary>
    private static async Task InsertAsync(TestService service, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await service.AddingAsync(async (rows, _, publisher) =>
            {
                await publisher.Publish(new Counted(Guid.Empty, i), Cancellation);
                await rows.InsertAsync(Cancellation);
            });
        }
    }

    private static Parcel Parcel(Guid? id = null, bool full = true) => new()
    {
        Id = id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Size = ParcelSize.Large,
        Former = full ? ParcelSize.Small : null,
        Weight = 12.345m,
        Cents = full ? 4_990_000_000 : null,
        Note = full ? "Größe „M“" : null,
        Tags = full ? ["a", "b'c"] : [],
        Seal = [0, 1, 255],
        SentAt = new DateTimeOffset(2026, 11, 23, 15, 0, 0, TimeSpan.Zero).AddTicks(10),
        Left = full ? TimeSpan.FromHours(47.5) : null,
        DueOn = full ? new DateOnly(2026, 12, 1) : null,
        Address = new ParcelAddress(full ? "Neuss" : "", full ? "Am Hafen 1" : null),
    };
}
