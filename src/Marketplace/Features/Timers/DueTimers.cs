using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Timers;

/// <summary>Works off timers when their time has come. Every replica runs it; the database sees to it that each is worked off once.</summary>
public sealed class DueTimers(IServiceScopeFactory scopes, TimeProvider time, ILogger<DueTimers> logger) : Rounds(TimeSpan.FromSeconds(1), time, logger)
{
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken))
        {
        }
    }

    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkOffTimer>().NextAsync(cancellationToken);
    }
}
