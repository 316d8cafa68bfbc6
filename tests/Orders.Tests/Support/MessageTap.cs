using System.Collections.Concurrent;
using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>The other services' side of the broker: hears what Orders says, and says what they would say.</summary>
public sealed class MessageTap : IAsyncDisposable
{
    private readonly ConcurrentQueue<object> _heard = new();
    private readonly IBusControl _bus;

    private MessageTap(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(bus =>
    {
        var user = broker.UserInfo.Split(':', 2);
        bus.Host(broker.Host, (ushort)broker.Port, Uri.UnescapeDataString(broker.AbsolutePath.TrimStart('/')), host =>
        {
            host.Username(Uri.UnescapeDataString(user[0]));
            host.Password(Uri.UnescapeDataString(user[1]));
        });
        bus.ReceiveEndpoint("tap", endpoint =>
        {
            endpoint.SetQuorumQueue();
            Hear<JobPlaced>(endpoint);
            Hear<JobStateChanged>(endpoint);
            Hear<DeliveryAccepted>(endpoint);
            Hear<CancellationRequested>(endpoint);
            Hear<MerchantWrote>(endpoint);
            Hear<RevisionRequested>(endpoint);
            Hear<DeliveryRejected>(endpoint);
            Hear<ComplaintReceived>(endpoint);
            Hear<ComplaintContested>(endpoint);
            Hear<ComplaintCredited>(endpoint);
            Hear<JobRefunded>(endpoint);
            Hear<ApiKeyRevoked>(endpoint);
            Hear<MerchantRegistered>(endpoint);
        });
    });

    public static async Task<MessageTap> StartAsync(Uri broker)
    {
        var tap = new MessageTap(broker);
        await tap._bus.StartAsync();
        return tap;
    }

    public IReadOnlyList<T> Heard<T>() => [.. _heard.OfType<T>()];

    public Task<T> NextAsync<T>(Func<T, bool> which)
        where T : class => Eventually.Found(TestMerchant.Soon, () => Task.FromResult(_heard.OfType<T>().FirstOrDefault(which)), typeof(T).Name);

    public Task PublishAsync<T>(T message)
        where T : class => _bus.Publish(message);

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(context =>
    {
        _heard.Enqueue(context.Message);
        return Task.CompletedTask;
    });
}
