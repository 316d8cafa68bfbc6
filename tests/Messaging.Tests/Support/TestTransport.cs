using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Messaging.Relay;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>A relay's way to the broker with something in it: waits before each message, and may refuse it then.</summary>
internal sealed class TestTransport(BusTransport bus, Func<LeasedMessage, Task> before) : IOutboxTransport
{
    public static void Replace(IServiceCollection services, Func<LeasedMessage, Task> before) =>
        services.AddSingleton<IOutboxTransport>(x => new TestTransport(ActivatorUtilities.CreateInstance<BusTransport>(x), before));

    /// <summary>A process that is suspended: its clock stands, and so do its time limits; the database's goes on.</summary>
    public static void FallAsleep(IServiceCollection services, Gate gate)
    {
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        Replace(services, _ => gate.PassAsync());
    }

    public async Task SendAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        await before(message);

        // Not the relay's token: what was held up goes out all the same, as from a process that was asleep.
        await bus.SendAsync(message, CancellationToken.None);
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => bus.ProbeAsync(cancellationToken);
}

/// <summary>Something that a test holds back until it says go.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _open.Task;
    }

    public void Open() => _open.TrySetResult();

    public void Refuse(Exception reason) => _open.TrySetException(reason);
}
