using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Messaging;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>
/// Ends an operation that changes something: what the handler changed, the messages it published and, under an idempotency key, its answer are
/// saved in one transaction. Handlers neither save nor commit; they return an <see cref="Answer"/> or throw.
/// </summary>
/// <remarks>
/// A unit that never touched the context only adds rows: they go as one batch.
/// No look-up precedes the work: the first request to commit wins by the primary key, every other one with the same key fails to commit and
/// answers what the first one answered. A request that dies midway leaves nothing and can be repeated.
/// Answers of server errors are not kept, because everything was rolled back; refusals of the work itself (402, 409) are.
/// </remarks>
internal sealed class UnitOfWork : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<OrdersDbContext>();
        var key = IdempotencyKey.Of(context);
        var answers = http.RequestServices.GetRequiredService<StoredAnswers>();
        var rows = http.RequestServices.GetRequiredService<NewRows<OrdersDbContext>>();
        rows.Open();
        try
        {
            var answer = ((Answer)(await next(context))!).ToBytes(http);
            if (key is not null)
            {
                rows.Add(await answers.SealAsync(key, answer, http.RequestAborted));
            }

            await SaveAsync(db, rows, http.RequestAborted);
            return answer;
        }
        catch (Exception e) when (key is not null && IsTaken(e))
        {
            await RollBackAsync(db);
            return await answers.FindAsync(key, http.RequestAborted) ?? throw new ApiException(IdempotencyProblems.Running());
        }
        catch (Exception e) when (key is not null && IsLockTimeout(e))
        {
            return IdempotencyProblems.Running();
        }
        catch (Exception e) when (Refusal(e) is not null)
        {
            await RollBackAsync(db);
            var problem = Refusal(e)!;
            return key is null ? problem : await answers.FindOrKeepAsync(key, problem, http) ?? (object)problem;
        }
    }

    private static async Task SaveAsync(OrdersDbContext db, NewRows<OrdersDbContext> rows, CancellationToken cancellationToken)
    {
        if (!db.IsTouched)
        {
            await rows.InsertAsync(cancellationToken);
            return;
        }

        rows.MoveTo(db);
        await db.SaveChangesAsync(cancellationToken);
        if (db.Database.CurrentTransaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static ApiProblem? Refusal(Exception exception) => exception switch
    {
        ApiException api => api.Problem,
        JobStateException state => JobProblems.State(state),
        _ => null,
    };

    private static async Task RollBackAsync(OrdersDbContext db)
    {
        if (db.IsTouched && db.Database.CurrentTransaction is { } transaction)
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    // EF wraps it.
    private static bool IsTaken(Exception exception) => (exception is DbUpdateException ? exception.InnerException : exception)
        is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: StoredAnswerTable.PrimaryKey };

    // EF wraps what it takes for transient twice.
    private static bool IsLockTimeout(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }
        || (exception.InnerException is { } inner && IsLockTimeout(inner));
}

internal static class UnitOfWorkExtensions
{
    /// <summary>The operation changes something: it is saved as one unit and takes an <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder SavesOnce(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<UnitOfWork>()
        .WithMetadata(IdempotencyKey.Parameter, IdempotencyKey.Replayed, IdempotencyKey.ReplayedRefusal, IdempotencyKey.Wait);
}
