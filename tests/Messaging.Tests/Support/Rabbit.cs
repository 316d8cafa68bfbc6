using System.Text;
using RabbitMQ.Client;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>The broker by itself, to arrange and to look at what MassTransit does not show.</summary>
internal sealed class Rabbit(IConnection connection, IChannel channel) : IAsyncDisposable
{
    public IChannel Channel => channel;

    public static async Task<Rabbit> ConnectAsync(Place place)
    {
        var factory = new ConnectionFactory { Uri = new Uri(place.Broker) };
        var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        return new Rabbit(connection, await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    public async Task<bool> HasQueueAsync(string name)
    {
        await using var own = await connection.CreateChannelAsync();
        try
        {
            await own.QueueDeclarePassiveAsync(name);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    public async Task<bool> HasExchangeAsync(string name)
    {
        await using var own = await connection.CreateChannelAsync();
        try
        {
            await own.ExchangeDeclarePassiveAsync(name);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    public Task<BasicGetResult?> TakeAsync(string queue) => channel.BasicGetAsync(queue, autoAck: true);

    public static string HeadersOf(BasicGetResult message) => string.Join(
        '\n', message.BasicProperties.Headers!.Select(x => $"{x.Key}: {(x.Value is byte[] text ? Encoding.UTF8.GetString(text) : x.Value)}"));

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
