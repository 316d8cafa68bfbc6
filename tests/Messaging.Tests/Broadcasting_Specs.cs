using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zweizeiler.Messaging.Tests.Support;

namespace Zweizeiler.Messaging.Tests;

public sealed class Broadcasting(TestServers servers)
{
    [Fact]
    public async Task Every_instance_hears_every_message()
    {
        var place = await Place.CreateAsync(servers);
        await using var one = await Gateway.StartAsync(place);
        await using var two = await Gateway.StartAsync(place);
        await using var service = await TestService.StartAsync(place);

        await service.PublishAsync(new Announced(Guid.Empty, 1));
        await service.PublishAsync(new Announced(Guid.Empty, 2));

        await Soon.ShouldBecome(() => Task.FromResult(string.Join(',', one.Heard.Numbers.Order())), "1,2");
        await Soon.ShouldBecome(() => Task.FromResult(string.Join(',', two.Heard.Numbers.Order())), "1,2");
    }

    [Fact]
    public async Task An_instance_hears_afterwards_what_it_missed_while_its_line_was_cut()
    {
        var place = await Place.CreateAsync(servers);
        await using var proxy = new BrokerProxy(place.Broker);
        await using var gateway = await Gateway.StartAsync(place.Through(proxy));
        await using var service = await TestService.StartAsync(place);
        await using var rabbit = await Rabbit.ConnectAsync(place);

        proxy.Cut();
        await service.PublishAsync(new Announced(Guid.Empty, 1));
        await Soon.ShouldBecome(service.WaitingAsync, 0);
        (await rabbit.HasQueueAsync(gateway.Queue)).ShouldBeTrue();
        proxy.Mend();

        await Soon.ShouldBecome(() => Task.FromResult(string.Join(',', gateway.Heard.Numbers)), "1", seconds: 40);
    }

    [Fact]
    public async Task An_instance_that_has_gone_leaves_neither_queue_nor_exchange_behind()
    {
        var place = await Place.CreateAsync(servers);
        await using var rabbit = await Rabbit.ConnectAsync(place);
        string queue;
        await using (var gateway = await Gateway.StartAsync(place, ("BroadcastExpiry", "00:00:02")))
        {
            queue = gateway.Queue;
            (await rabbit.HasQueueAsync(queue)).ShouldBeTrue();
            (await rabbit.HasExchangeAsync(queue)).ShouldBeTrue();
        }

        // The exchange goes with its last binding; asking for the queue would count as using it.
        await Soon.ShouldBecome(() => rabbit.HasExchangeAsync(queue), false);
        (await rabbit.HasQueueAsync(queue)).ShouldBeFalse();
    }

    private sealed class Gateway(IHost host, Heard heard) : IAsyncDisposable
    {
        public Heard Heard => heard;

        public string Queue { get; private set; } = "";

        public static async Task<Gateway> StartAsync(Place place, params (string Key, string Value)[] settings)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration.AddInMemoryCollection(
            [
                new("ConnectionStrings:messaging", place.Broker),
                .. settings.Select(x => new KeyValuePair<string, string?>($"Messaging:{x.Key}", x.Value)),
            ]);
            var heard = new Heard();
            builder.Services.AddSingleton(heard);
            builder.AddMessaging("gateway", x => x.AddBroadcastConsumer<AnnouncedConsumer>());
            var gateway = new Gateway(builder.Build(), heard);
            await gateway.StartAsync();
            return gateway;
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        private async Task StartAsync()
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            var bus = host.Services.GetRequiredService<IBusControl>();
            await Soon.ShouldBecome(() => Task.FromResult(bus.CheckHealth().Status), BusHealthStatus.Healthy);
            Queue = bus.CheckHealth().Endpoints.Keys.Single(x => x.Contains("gateway-announced-", StringComparison.Ordinal)).Split('/')[^1].Split('?')[0];
        }
    }
}
