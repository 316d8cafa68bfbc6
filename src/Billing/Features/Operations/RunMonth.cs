using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>
/// <c>POST /operations/months/{month}/run</c>: notes what is to be made of a month that has ended; the next round makes it, within a minute. Doing it again
/// changes nothing.
/// </summary>
internal static class RunMonth
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/operations/months/{month}/run", HandleAsync).SavesOnce().RequireScope(Scope.Operator).WithName("runMonth");

    private static async Task<IResult> HandleAsync(
        string month, OperatorActions actions, BillingDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var of = OperatorActions.Month(month);
        if (of >= InvoiceMonth.Of(time.GetUtcNow()))
        {
            return OperatorActions.Conflict("month.not_over", "The month is not over", "Run it from the first of the next month on.");
        }

        actions.Note("run_month", Guid.Empty, $"Run {month}");
        await db.SaveChangesAsync(cancellationToken);
        var noted = await MonthPlan.PlanAsync(db, of, time.GetUtcNow(), cancellationToken);
        return new Answer(StatusCodes.Status202Accepted, new { noted }, $"/operations/months/{month}");
    }
}
