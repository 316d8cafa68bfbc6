using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Idempotency;

/// <summary>Idempotency keys of the calling merchant and mode, and the answers kept for them.</summary>
internal sealed class StoredAnswers(NotificationsDbContext db, Caller caller, WebhookSecrets secrets, TimeProvider time)
{
    private const string Purpose = "answer";

    /// <summary>Longer than any request takes; a test event waits 15 seconds for the receiver.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Takes the key for this request: null, or what is to be answered instead.</summary>
    public async Task<IResult?> TakeAsync(IdempotencyKey key, Guid holder, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Taken over are keys whose time is over, and those whose holder has died: without an answer nothing of its work was stored.
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotency_keys AS k (merchant_id, mode, key, fingerprint, holder, lease_until, expires_at)
            VALUES ({caller.MerchantId}, {caller.Mode}, {key.Value}, {key.Fingerprint}, {holder}, {now + Lease}, {now + IdempotencyKey.Lifetime})
            ON CONFLICT (merchant_id, mode, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, holder = excluded.holder, lease_until = excluded.lease_until, expires_at = excluded.expires_at,
                status = NULL, location = NULL, etag = NULL, content_type = NULL, body = NULL, body_key = NULL
            WHERE k.expires_at <= {now} OR (k.status IS NULL AND k.lease_until <= {now})
            """,
            cancellationToken);
        return taken == 1 ? null : await FindAsync(key, cancellationToken);
    }

    /// <summary>Keeps the answer, in the transaction of what the request did if there is one. False if the key was given to somebody else meanwhile.</summary>
    public async Task<bool> KeepAsync(IdempotencyKey key, Guid holder, AnswerBytes answer, CancellationToken cancellationToken)
    {
        var (body, bodyKey) = secrets.Seal(holder, Purpose, Encoding.UTF8.GetString(answer.Body));
        return await Held(key, holder).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.Status, answer.Status)
                .SetProperty(a => a.Location, answer.Location)
                .SetProperty(a => a.ETag, answer.ETag)
                .SetProperty(a => a.ContentType, answer.ContentType)
                .SetProperty(a => a.Body, body)
                .SetProperty(a => a.BodyKey, bodyKey),
            cancellationToken) == 1;
    }

    /// <summary>The request came to nothing: the key can be used again at once.</summary>
    public Task ReleaseAsync(IdempotencyKey key, Guid holder) => Held(key, holder).ExecuteDeleteAsync(CancellationToken.None);

    private IQueryable<StoredAnswer> Held(IdempotencyKey key, Guid holder) =>
        db.Answers.Where(a => a.Key == key.Value && a.Holder == holder && a.Status == null);

    private async Task<IResult> FindAsync(IdempotencyKey key, CancellationToken cancellationToken)
    {
        var found = await db.Answers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == key.Value, cancellationToken);
        if (found is null)
        {
            // Released this moment.
            return IdempotencyProblems.Running();
        }

        if (!CryptographicOperations.FixedTimeEquals(found.Fingerprint, key.Fingerprint))
        {
            return IdempotencyProblems.Mismatch();
        }

        return found is { Status: { } status, Body: { } body, BodyKey: { } bodyKey }
            ? new AnswerBytes(status, found.Location, found.ContentType!, Encoding.UTF8.GetBytes(secrets.Open<string>(found.Holder, Purpose, body, bodyKey)), IsReplay: true)
            {
                ETag = found.ETag,
            }
            : IdempotencyProblems.Running();
    }
}
