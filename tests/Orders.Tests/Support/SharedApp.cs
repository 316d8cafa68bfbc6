using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>The servers, and one running Orders for all tests that need no database of their own.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public TestServers Servers { get; } = new();

    public OrdersApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await OrdersApp.StartAsync(Servers);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
