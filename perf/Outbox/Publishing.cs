using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RabbitMQ.Client;
using Zweizeiler.Messaging;
using Zweizeiler.Testing;

namespace Zweizeiler.Outbox;

// MassTransit publishes public types only. The text makes it as large as what an order publishes.
public sealed record Measured(Guid Id, string Text);

/// <summary>A service that only publishes.</summary>
internal sealed class PublishingContext(DbContextOptions<PublishingContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessagingTables();
}

/// <summary>The service as a host, on a database and a virtual host of its own; what it publishes arrives in a quorum queue that nobody empties.</summary>
internal sealed class Publishing : IAsyncDisposable
{
    private static readonly string Text = new('x', 600);

    private readonly string _database;
    private readonly Uri _broker;
    private readonly MeterListener _meter = new();
    private IHost _host;
    private long _confirmed;

    private Publishing(string database, Uri broker, IHost host)
    {
        (_database, _broker, _host) = (database, broker, host);
        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: MessagingTelemetry.MeterName, Name: "zweizeiler.outbox.sent" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _confirmed, count));
        _meter.Start();
    }

    /// <summary>Messages that the broker has confirmed to the relay.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    public static async Task<Publishing> StartAsync(TestServers servers)
    {
        var database = await servers.CreateDatabaseAsync("outbox") + ";Maximum Pool Size=40;Max Auto Prepare=64";
        var broker = await servers.CreateVirtualHostAsync();
        await using (var context = new PublishingContext(new DbContextOptionsBuilder<PublishingContext>().UseNpgsql(database).Options))
        {
            await context.Database.EnsureCreatedAsync();
        }

        var publishing = new Publishing(database, broker, Build(database, broker, relays: true));
        await publishing._host.StartAsync();
        await publishing.PublishBareAsync();
        await publishing.BindQueueAsync();
        return publishing;
    }

    /// <summary>As MassTransit does by itself: comes back when the broker has confirmed.</summary>
    public Task PublishBareAsync() => _host.Services.GetRequiredService<IBus>().Publish(Message());

    /// <summary>As a consumer does: through the scope's context.</summary>
    public async Task PublishSavingAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(Message());
        await scope.ServiceProvider.GetRequiredService<PublishingContext>().SaveChangesAsync();
    }

    /// <summary>As an order does: past the context, and handed to the relay.</summary>
    public async Task PublishAddingAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<NewRows<PublishingContext>>();
        rows.Open();
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(Message());
        await rows.InsertAsync(CancellationToken.None);
    }

    public async Task<long> WaitingAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PublishingContext>().Set<OutboxMessage>().LongCountAsync();
    }

    /// <summary>Rows that a relay which was away finds when it comes back.</summary>
    public async Task LeaveBehindAsync(int rows)
    {
        await StopAsync();
        using (_host = Build(_database, _broker, relays: false))
        {
            await _host.StartAsync();
            await PublishSavingAsync();
            await using var scope = _host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PublishingContext>().Database.ExecuteSqlAsync($"""
                INSERT INTO outbox_message (batch_id, position, message_id, destination_address, message_types, content_type, headers, body, trace_parent, enqueued_at, attempts)
                SELECT gen_random_uuid(), 0, gen_random_uuid(), destination_address, message_types, content_type, headers, body, trace_parent, enqueued_at, 0
                FROM outbox_message, generate_series(2, {rows})
                """);
            await _host.StopAsync();
        }

        _host = Build(_database, _broker, relays: true);
    }

    public Task ResumeAsync() => _host.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _meter.Dispose();
    }

    private static Measured Message() => new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Text);

    private static IHost Build(string database, Uri broker, bool relays)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:messaging", broker.ToString()), new("Messaging:Relay:Enabled", relays ? "true" : "false")]);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
        builder.Services.AddDbContext<PublishingContext>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.AddMessaging<PublishingContext>("outbox");
        return builder.Build();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task BindQueueAsync()
    {
        var factory = new ConnectionFactory { Uri = _broker };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("measured", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync("measured", "Zweizeiler.Outbox:Measured", "");
    }
}
