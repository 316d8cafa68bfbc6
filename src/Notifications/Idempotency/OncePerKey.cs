using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Idempotency;

/// <summary>
/// Works on a request once for each idempotency key. The key is taken first, for a minute, and visibly to everybody, because not everything here can be
/// rolled back: a test event has been sent. What changes the database does so in one transaction with the kept answer, so that neither is there without
/// the other.
/// </summary>
/// <remarks>A refusal is not kept: all of them are mistakes in the request, which the client corrects and sends again.</remarks>
internal sealed class OncePerKey(bool inTransaction) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (IdempotencyKey.Of(context) is not { } key)
        {
            return await next(context);
        }

        var http = context.HttpContext;
        var (services, holder) = (http.RequestServices, Guid.CreateVersion7(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()));
        var answers = services.GetRequiredService<StoredAnswers>();
        if (await answers.TakeAsync(key, holder, http.RequestAborted) is { } before)
        {
            return before;
        }

        var done = false;
        try
        {
            var answer = await WorkAsync(services.GetRequiredService<NotificationsDbContext>());
            done = true;
            return answer;
        }
        finally
        {
            if (!done)
            {
                await answers.ReleaseAsync(key, holder);
            }
        }

        async Task<AnswerBytes> WorkAsync(NotificationsDbContext db)
        {
            await using var transaction = inTransaction ? await db.Database.BeginTransactionAsync(http.RequestAborted) : null;
            var answer = ((Answer)(await next(context))!).ToBytes(http);
            if (!await answers.KeepAsync(key, holder, answer, http.RequestAborted))
            {
                throw new ApiException(IdempotencyProblems.Running());
            }

            if (transaction is not null)
            {
                await transaction.CommitAsync(http.RequestAborted);
                // What the handler has told the sender of was not to be seen yet.
                services.GetRequiredService<WebhookSignal>().Set();
            }

            return answer;
        }
    }
}

internal static class OncePerKeyExtensions
{
    /// <summary>The operation takes an <c>Idempotency-Key</c>; what it changes and its answer are stored together.</summary>
    public static RouteHandlerBuilder SavesOnce(this RouteHandlerBuilder endpoint) => endpoint.TakesKey(inTransaction: true);

    /// <summary>The operation takes an <c>Idempotency-Key</c> and works outside the database.</summary>
    public static RouteHandlerBuilder ActsOnce(this RouteHandlerBuilder endpoint) => endpoint.TakesKey(inTransaction: false);

    private static RouteHandlerBuilder TakesKey(this RouteHandlerBuilder endpoint, bool inTransaction) => endpoint
        .AddEndpointFilter(new OncePerKey(inTransaction))
        .DescribesKey();
}
