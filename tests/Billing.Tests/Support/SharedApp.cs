using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>The servers, and one running Billing for all tests that need no database of their own.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    private BillingApp? _app;

    public TestServers Servers { get; } = new();

    public BillingApp App => _app ?? throw new InvalidOperationException("Mutation testing takes tests that need no running service: it would start for every mutant.");

    private static bool IsMutationTesting => new[] { "STRYKER_MUTANT_FILE", "STRYKER_MUTANT_ID_CONTROL_VAR" }.Any(name => Environment.GetEnvironmentVariable(name) is not null);

    public async ValueTask InitializeAsync()
    {
        if (!IsMutationTesting)
        {
            _app = await BillingApp.StartAsync(Servers);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Servers.DisposeAsync();
    }
}
