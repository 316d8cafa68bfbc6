namespace Zweizeiler.Client.Tests;

/// <summary>A client, and a gateway that answers what it is told to.</summary>
public abstract class ClientSpecs : IAsyncLifetime
{
    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected StubGateway Gateway { get; private set; } = null!;

    private protected ZweizeilerClient Merchant { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await StubGateway.StartAsync();
        Merchant = new ZweizeilerClient(Gateway.Address, "zz_test_secret", new ZweizeilerClientOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });
    }

    public async ValueTask DisposeAsync()
    {
        Merchant.Dispose();
        await Gateway.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
