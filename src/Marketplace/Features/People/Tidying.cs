using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Forgets what is of no use any more: links that are over, applications that nobody confirmed or that were declined long ago, counts of tries.</summary>
public sealed class Tidying(IServiceScopeFactory scopes, TimeProvider time, ILogger<Tidying> logger) : Rounds(TimeSpan.FromHours(1), time, logger)
{
    private static readonly TimeSpan LinksFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan UnconfirmedFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan DeclinedFor = TimeSpan.FromDays(180);
    private static readonly TimeSpan TriesFor = TimeSpan.FromDays(2);

    private readonly TimeProvider _time = time;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RunAsync(scope.ServiceProvider.GetRequiredService<MarketplaceDbContext>(), _time.GetUtcNow(), cancellationToken);
    }

    public static async Task RunAsync(MarketplaceDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (links, unconfirmed, declined, tries) = (now - LinksFor, now - UnconfirmedFor, now - DeclinedFor, now - TriesFor);
        await db.MailedLinks.Where(l => l.ExpiresAt < links).ExecuteDeleteAsync(cancellationToken);
        await db.Applications.Where(a => (a.ConfirmedAt == null && a.AppliedAt < unconfirmed) || (a.Outcome == DeskAction.Declined && a.DecidedAt < declined))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Set<Tries>().Where(t => t.CountedAt < tries).ExecuteDeleteAsync(cancellationToken);
    }
}
