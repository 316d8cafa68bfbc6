using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>The servers, and one running Billing for all tests that need no database of their own.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public TestServers Servers { get; } = new();

    public BillingApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await BillingApp.StartAsync(Servers);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
