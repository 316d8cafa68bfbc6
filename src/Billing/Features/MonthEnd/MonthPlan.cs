using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>Notes whose papers of a month are to be made. Noting it again changes nothing.</summary>
internal static class MonthPlan
{
    /// <summary>From six in the morning of the first day: what was accepted at midnight has arrived by then.</summary>
    private const int Hour = 6;

    /// <summary>The last month that can be put on paper now.</summary>
    public static DateOnly DueAt(DateTimeOffset now)
    {
        var current = InvoiceMonth.Of(now);
        return now >= InvoiceMonth.At(current, Hour) ? current.AddMonths(-1) : current.AddMonths(-2);
    }

    /// <returns>How many were noted now.</returns>
    public static Task<int> PlanAsync(BillingDbContext db, DateOnly month, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO month_tasks (owner, owner_id, month, due_at)
            SELECT 'merchant', merchant_id, {month}, {now} FROM invoice_lines WHERE invoice_id IS NULL AND month <= {month} GROUP BY merchant_id
            UNION ALL
            SELECT 'translator', translator_id, {month}, {now} FROM earning_lines WHERE statement_id IS NULL AND month <= {month} GROUP BY translator_id
            ON CONFLICT (owner, owner_id, month) DO NOTHING
            """,
            cancellationToken);

    public static Task PostponeAsync(BillingDbContext db, Domain.Documents.MonthTask task, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var owner = ServiceDefaults.Data.SnakeCase.Name(task.Owner);
        return db.Database.ExecuteSqlAsync(
            $"UPDATE month_tasks SET due_at = {until}, blocked_by = 'failed' WHERE owner = {owner} AND owner_id = {task.OwnerId} AND month = {task.Month}",
            cancellationToken);
    }

    /// <summary>The next one that is due and that nobody else works on, held until the transaction ends.</summary>
    public static async Task<Domain.Documents.MonthTask?> TakeAsync(
        BillingDbContext db, Domain.Documents.PaperOwner owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = ServiceDefaults.Data.SnakeCase.Name(owner);
        var taken = await db.MonthTasks.FromSql(
            $"""
            SELECT * FROM month_tasks WHERE owner = {name} AND done_at IS NULL AND due_at <= {now}
            ORDER BY due_at, owner_id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellationToken);
        return taken.SingleOrDefault();
    }
}
