using System.Collections.Concurrent;
using MassTransit;
using Zweizeiler.Contracts.Marketplace;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>Hears everything that the marketplace tells the other services.</summary>
public sealed class Recorder : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly ConcurrentQueue<object> _heard = [];

    private Recorder(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint("recorder", endpoint =>
        {
            endpoint.SetQuorumQueue();
            Hear<JobOffered>(endpoint);
            Hear<JobClaimed>(endpoint);
            Hear<JobReleased>(endpoint);
            Hear<JobDelivered>(endpoint);
            Hear<TranslatorRegistered>(endpoint);
            Hear<QuestionAsked>(endpoint);
            Hear<JobCancelled>(endpoint);
            Hear<CancellationRefused>(endpoint);
            Hear<JobEscalated>(endpoint);
            Hear<JobExpired>(endpoint);
            Hear<JobDelayed>(endpoint);
            Hear<RulingGiven>(endpoint);
            Hear<OfferMade>(endpoint);
            Hear<LeaseEnding>(endpoint);
            Hear<AccountNotice>(endpoint);
            Hear<TranslatorTaxDetailsGiven>(endpoint);
        });
    });

    public static async Task<Recorder> StartAsync(Uri broker)
    {
        var recorder = new Recorder(broker);
        await recorder._bus.StartAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return recorder;
    }

    public IReadOnlyList<T> All<T>() => [.. _heard.OfType<T>()];

    /// <summary>Tells the services something, as Orders and Billing do.</summary>
    public Task PublishAsync(object message) => _bus.Publish(message, message.GetType());

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        });
}
