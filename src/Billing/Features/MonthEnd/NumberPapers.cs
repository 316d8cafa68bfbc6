using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>
/// Makes the papers of a month of one merchant or translator: everything that they will say, and their numbers, in one transaction with the lines that they
/// take. Writing them follows and can be repeated; this cannot happen twice, because the lines are taken.
/// </summary>
internal abstract class NumberPapers(BillingDbContext db, PaperOwner owner, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    protected BillingDbContext Db => db;

    /// <summary>Works off one of them. False if there is none left.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await MonthPlan.TakeAsync(db, owner, now, cancellationToken) is not { } task)
        {
            return false;
        }

        try
        {
            await WorkOffAsync(task, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One that cannot be made, for whatever reason, must not keep the others waiting.
            TellFailed(task.OwnerId, e.GetType().Name);
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            await MonthPlan.PostponeAsync(db, task, now + Again, cancellationToken);
        }

        return true;
    }

    /// <summary>Locks the owner, since two of her months, taken side by side, would both see the same lines, and makes the papers.</summary>
    /// <returns>What is missing for that; null if they are made.</returns>
    protected abstract Task<string?> NumberAsync(MonthTask task, DateTimeOffset now, CancellationToken cancellationToken);

    protected abstract void TellFailed(Guid ownerId, string exceptionType);

    /// <param name="paper">The paper that they stand on from now on.</param>
    /// <param name="lines">The lines, in its order.</param>
    /// <param name="take">Marks those of them that stand on no paper.</param>
    /// <param name="cancellationToken">Cancels.</param>
    protected async Task TakeLinesAsync(Guid paper, Guid[] lines, FormattableString take, CancellationToken cancellationToken)
    {
        if (await db.Database.ExecuteSqlAsync(take, cancellationToken) != lines.Length)
        {
            throw new InvalidOperationException("Lines of the paper stand on another one already.");
        }

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO paper_lines (paper_id, position, line_id) SELECT {paper}, n, id FROM unnest({lines}) WITH ORDINALITY AS l (id, n)", cancellationToken);
    }

    private async Task WorkOffAsync(MonthTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        task.BlockedBy = await NumberAsync(task, now, cancellationToken);
        if (task.BlockedBy is null)
        {
            task.DoneAt = now;
        }
        else
        {
            task.DueAt = now + Again;
        }
    }
}
