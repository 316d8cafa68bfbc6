using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>Removes papers whose time is over; the database refuses to remove any other. Numbers and sums stay.</summary>
internal sealed class RetentionRounds(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetentionRounds> logger)
    : Rounds(TimeSpan.FromHours(6), time, logger)
{
    private const int AtOnce = 500;

    private readonly TimeProvider _time = time;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var today = InvoiceMonth.Day(_time.GetUtcNow());
        int removed;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            removed = await RemoveAsync(scope.ServiceProvider.GetRequiredService<BillingDbContext>(), today, cancellationToken);
        }
        while (removed == AtOnce);
    }

    internal static Task<int> RemoveAsync(BillingDbContext db, DateOnly today, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        DELETE FROM documents WHERE (paper_id, form) IN (
            SELECT paper_id, form FROM documents WHERE keep_until < {today} LIMIT {AtOnce} FOR UPDATE SKIP LOCKED)
        """,
        cancellationToken);
}
