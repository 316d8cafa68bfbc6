using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace Zweizeiler.Gateway.Tests.Support;

/// <summary>The servers, and one running gateway for all tests that need none of their own.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    public TestServers Servers { get; } = new();

    public GatewayApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await GatewayApp.StartAsync(Servers);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
