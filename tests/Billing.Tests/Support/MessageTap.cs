using System.Collections.Concurrent;
using MassTransit;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>The other services' side of the broker: hears what Billing says, and says what they would say.</summary>
public sealed class MessageTap : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<object> _heard = new();
    private readonly ConcurrentDictionary<Guid, bool> _published = new();
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
            Hear<JobFunded>(endpoint);
            Hear<JobFundingDeclined>(endpoint);
            Hear<JobCharged>(endpoint);
            Hear<EarningCredited>(endpoint);
            Hear<InvoiceIssued>(endpoint);
            Hear<PaymentReminded>(endpoint);
            Hear<PaymentReceived>(endpoint);
            Hear<StatementIssued>(endpoint);
            Hear<PayoutSent>(endpoint);
            Hear<PayoutReturned>(endpoint);
            Hear<PriceListActivated>(endpoint);
        });
    });

    public static async Task<MessageTap> StartAsync(Uri broker)
    {
        var tap = new MessageTap(broker);
        await tap._bus.StartAsync();
        return tap;
    }

    /// <summary>Ids of everything published here.</summary>
    public Guid[] Published => [.. _published.Keys];

    public IReadOnlyList<T> Heard<T>() => [.. _heard.OfType<T>()];

    public Task<T> NextAsync<T>(Func<T, bool> which)
        where T : class => Eventually.Found(Soon, () => Task.FromResult(_heard.OfType<T>().FirstOrDefault(which)), typeof(T).Name);

    /// <param name="message">The message.</param>
    /// <param name="messageId">For a repetition of the same message; a new one otherwise.</param>
    public Task PublishAsync<T>(T message, Guid? messageId = null)
        where T : class
    {
        var id = messageId ?? NewId.NextGuid();
        _published[id] = true;
        return _bus.Publish(message, context => context.MessageId = id);
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(context =>
    {
        _heard.Enqueue(context.Message);
        return Task.CompletedTask;
    });
}
