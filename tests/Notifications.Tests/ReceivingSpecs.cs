namespace Zweizeiler.Notifications.Tests;

/// <summary>A service and somebody who receives its webhooks, anew for each spec.</summary>
public abstract class ReceivingSpecs(TestServers servers) : IAsyncLifetime
{
    private protected Service Service { get; private set; } = null!;

    private protected Receiver Receiver { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync(servers);
        Receiver = await Receiver.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
