using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Features.Statements;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>Works off what is to be put on paper. Any number of replicas may do it side by side: each takes what no other holds.</summary>
internal sealed class PaperRun(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>More would wait for the same processors, and for the same row of numbers.</summary>
    private const int Workers = 2;

    /// <summary>Notes a month's papers, and makes everything that is due.</summary>
    public async Task RunAsync(DateOnly month, CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await MonthPlan.PlanAsync(scope.ServiceProvider.GetRequiredService<BillingDbContext>(), month, time.GetUtcNow(), cancellationToken);
        }

        await WorkOffAsync(cancellationToken);
    }

    /// <summary>Makes everything that is due, and what a crash left half-made.</summary>
    public async Task WorkOffAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => RepeatAsync<NumberInvoices>(n => n.NextAsync(cancellationToken))));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => RepeatAsync<NumberStatements>(n => n.NextAsync(cancellationToken))));
        var failed = new ConcurrentDictionary<Guid, bool>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => RepeatAsync<WritePapers>(w => w.NextAsync(failed, cancellationToken))));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => RepeatAsync<WriteStatements>(w => w.NextAsync(failed, cancellationToken))));
    }

    /// <summary>One after the other, each in a scope of its own, so that memory does not grow with their number.</summary>
    private async Task RepeatAsync<T>(Func<T, Task<bool>> next)
        where T : notnull
    {
        bool more;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            more = await next(scope.ServiceProvider.GetRequiredService<T>());
        }
        while (more);
    }
}

/// <summary>Looks every minute whether something is to be put on paper.</summary>
internal sealed partial class MonthRounds(PaperRun papers, IOptions<Seller> seller, TimeProvider time, ILogger<MonthRounds> logger)
    : Rounds(TimeSpan.FromMinutes(1), time, logger)
{
    private static readonly TimeSpan PlanAgain = TimeSpan.FromMinutes(30);

    private readonly TimeProvider _time = time;
    private DateTimeOffset _planned = DateTimeOffset.MinValue;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!IsSellerComplete())
        {
            return;
        }

        var now = _time.GetUtcNow();
        if (now - _planned < PlanAgain)
        {
            await papers.WorkOffAsync(cancellationToken);
            return;
        }

        await papers.RunAsync(MonthPlan.DueAt(now), cancellationToken);
        _planned = now;
    }

    private bool IsSellerComplete()
    {
        try
        {
            seller.Value.Complete();
            return true;
        }
        catch (InvalidOperationException e)
        {
            // Names settings, and nothing of what they hold.
            LogSeller(e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Missing}")]
    private partial void LogSeller(string missing);
}
