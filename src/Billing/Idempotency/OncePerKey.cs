using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Idempotency;

/// <summary>
/// Gives an operation its transaction, and works on it once for each <c>Idempotency-Key</c> of the operator's. What it changes and its answer are stored together:
/// neither is there without the other. A refusal is not kept, and leaves nothing behind.
/// </summary>
internal sealed class OncePerKey : IEndpointFilter
{
    private const string Json = "application/json; charset=utf-8";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, key) = (context.HttpContext, IdempotencyKey.Of(context));
        var (db, caller) = (http.RequestServices.GetRequiredService<BillingDbContext>(), http.RequestServices.GetRequiredService<Caller>());
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (key is not null && await FindAsync(db, caller.OperatorId, key, now, http.RequestAborted) is { } before)
        {
            return before;
        }

        var result = await next(context);
        if (result is ApiProblem)
        {
            return result;
        }

        // Written before anything is stored: an answer that cannot be written must not have happened.
        var answer = result switch
        {
            Answer given => given.ToBytes(http),
            NoContent nothing => new AnswerBytes(nothing.StatusCode, null, Json, []),
            _ => throw new InvalidOperationException("An operation answers something that can be kept, nothing, or a problem."),
        };
        if (key is not null)
        {
            await KeepAsync(db, caller.OperatorId, key, answer, now, http.RequestAborted);
        }

        await transaction.CommitAsync(http.RequestAborted);
        return answer;
    }

    /// <summary>Takes the key until the transaction ends: null, or what is to be answered instead.</summary>
    private static async Task<IResult?> FindAsync(BillingDbContext db, Guid operatorId, IdempotencyKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = $"{operatorId:N} {key.Value}";
        // The seed keeps these locks apart from those of jobs.
        var taken = await db.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock(hashtextextended({name}, 1)) AS "Value" """).SingleAsync(cancellationToken);
        if (!taken)
        {
            return IdempotencyProblems.Running();
        }

        var found = await db.Answers.AsNoTracking()
            .SingleOrDefaultAsync(a => a.OperatorId == operatorId && a.Key == key.Value && a.ExpiresAt > now, cancellationToken);
        return found is null ? null
            : !CryptographicOperations.FixedTimeEquals(found.Fingerprint, key.Fingerprint) ? IdempotencyProblems.Mismatch()
            : new AnswerBytes(found.Status, found.Location, Json, found.Body ?? [], IsReplay: true);
    }

    private static async Task KeepAsync(
        BillingDbContext db, Guid operatorId, IdempotencyKey key, AnswerBytes answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Operators do little: whoever keeps an answer sweeps out those whose time is over.
        await db.Answers.Where(a => a.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        db.Answers.Add(new StoredAnswer
        {
            OperatorId = operatorId,
            Key = key.Value,
            Fingerprint = key.Fingerprint,
            Status = answer.Status,
            Location = answer.Location,
            Body = answer.Body is [] ? null : answer.Body,
            ExpiresAt = now + IdempotencyKey.Lifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}

internal static class OncePerKeyExtensions
{
    /// <summary>The operation takes an <c>Idempotency-Key</c>; all that it changes is stored in one transaction with its answer, which it must not begin itself.</summary>
    public static RouteHandlerBuilder SavesOnce(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(new OncePerKey())
        .DescribesKey();
}
