using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>Deletes answers whose time is over. Any replica may do it, several at once do no harm.</summary>
internal sealed class AnswerCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<AnswerCleanup> logger)
    : Rounds(TimeSpan.FromMinutes(10), time, logger)
{
    private readonly TimeProvider _time = time;

    protected override Task RunRoundAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = _time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Answers
            .IgnoreQueryFilters()
            .Where(a => a.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
