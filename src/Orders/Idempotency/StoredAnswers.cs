using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>Seals, finds and opens the answers kept for idempotency keys of the calling merchant and mode.</summary>
internal sealed class StoredAnswers(IServiceScopeFactory scopes, Caller caller, Merchants merchants, TextVault vault, TimeProvider time)
{
    private const string Purpose = "answer";

    public async Task<StoredAnswer> SealAsync(IdempotencyKey key, AnswerBytes answer, CancellationToken cancellationToken)
    {
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return new StoredAnswer
        {
            MerchantId = caller.MerchantId,
            Mode = caller.Mode,
            Key = key.Value,
            Fingerprint = key.Fingerprint,
            Status = answer.Status,
            Location = answer.Location,
            ETag = answer.ETag,
            ContentType = answer.ContentType,
            Body = vault.Seal(merchant.DataKey, caller.MerchantId, Purpose, Encoding.UTF8.GetString(answer.Body)),
            ExpiresAt = time.GetUtcNow() + IdempotencyKey.Lifetime,
        };
    }

    /// <summary>The kept answer, or a 422 if the key was used for another request; null if the key was not used.</summary>
    public async Task<IResult?> FindAsync(IdempotencyKey key, CancellationToken cancellationToken)
    {
        // A context of its own: that of the request may be in a failed transaction.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var found = await db.Answers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == key.Value, cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(found.Fingerprint, key.Fingerprint))
        {
            return IdempotencyProblems.Mismatch();
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var body = vault.Open<string>(merchant.DataKey, caller.MerchantId, Purpose, found.Body);
        return new AnswerBytes(found.Status, found.Location, found.ContentType, Encoding.UTF8.GetBytes(body), IsReplay: true) { ETag = found.ETag };
    }

    /// <summary>
    /// The answer to a request that was refused: the kept one if there is one; otherwise null, and the refusal is kept if it was a decision
    /// (402, 409) and not a mistake in the request, which the client corrects and sends again.
    /// </summary>
    public async Task<IResult?> FindOrKeepAsync(IdempotencyKey key, ApiProblem problem, HttpContext http)
    {
        if (await FindAsync(key, http.RequestAborted) is { } found)
        {
            return found;
        }

        if (problem.Status is not (StatusCodes.Status402PaymentRequired or StatusCodes.Status409Conflict))
        {
            return null;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(problem.ToBody(http), ProblemBody.Json);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        db.Answers.Add(await SealAsync(key, new AnswerBytes(problem.Status, null, ApiProblem.ContentType, body), http.RequestAborted));
        try
        {
            await db.SaveChangesAsync(http.RequestAborted);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return await FindAsync(key, http.RequestAborted);
        }
    }
}
