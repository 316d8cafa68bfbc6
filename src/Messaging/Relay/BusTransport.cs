using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Logging;
using MassTransit.Serialization;

namespace Zweizeiler.Messaging.Relay;

/// <summary>The way from a row to the broker. An interface, because tests need relays that are slow, stuck or refused.</summary>
internal interface IOutboxTransport
{
    /// <summary>Comes back when the broker has confirmed the message.</summary>
    Task SendAsync(LeasedMessage message, CancellationToken cancellationToken);

    /// <summary>Comes back when the broker has confirmed a message that goes nowhere.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>Sends through MassTransit, which keeps the connection and declares the exchanges; the stored bytes go out as they are.</summary>
internal sealed class BusTransport(IBus bus) : IOutboxTransport
{
    /// <summary>Nothing is ever bound to it. The broker confirms what it cannot route, so this asks for the way to the broker and nothing else.</summary>
    private static readonly Uri Probe = new("exchange:zweizeiler-relay-probe");

    public async Task SendAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri(message.DestinationAddress)).ConfigureAwait(false);
        await endpoint.Send(new SerializedMessageBody(), new StoredMessagePipe(message), cancellationToken).ConfigureAwait(false);
    }

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(Probe).ConfigureAwait(false);
        await endpoint.Send(new SerializedMessageBody(), cancellationToken).ConfigureAwait(false);
    }

    private sealed class StoredMessagePipe(LeasedMessage message) : IPipe<SendContext>
    {
        public Task Send(SendContext context)
        {
            context.MessageId = message.MessageId;
            context.SupportedMessageTypes = message.MessageTypes.Split(' ');
            context.Serializer = new StoredSerializer(message);
            if (message.Headers is not null)
            {
                foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(message.Headers)!)
                {
                    context.Headers.Set(name, value);
                }
            }

            if (message.TraceParent is not null)
            {
                // Where no activity is current, MassTransit's send takes this one as its parent; where nobody listens, the consumer does.
                context.Headers.Set(DiagnosticHeaders.ActivityId, message.TraceParent);
            }

            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    private sealed class StoredSerializer(LeasedMessage message) : IMessageSerializer
    {
        public ContentType ContentType { get; } = new(message.ContentType);

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class => new BytesMessageBody(message.Body);
    }
}
