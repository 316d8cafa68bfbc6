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
