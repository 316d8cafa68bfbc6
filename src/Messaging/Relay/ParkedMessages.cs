using Microsoft.EntityFrameworkCore;
using Zweizeiler.Messaging.Outbox;

namespace Zweizeiler.Messaging;

/// <summary>A message that the relay has given up.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="MessageType">Its most specific type's URN.</param>
/// <param name="EnqueuedAt">When it was published, UTC.</param>
/// <param name="ParkedAt">When the relay gave up, UTC.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="LastError">Type name of the last exception.</param>
public sealed record ParkedMessage(Guid MessageId, string MessageType, DateTimeOffset EnqueuedAt, DateTimeOffset ParkedAt, int Attempts, string? LastError);

/// <summary>For operators: the service's parked messages, and sending them again once the reason is mended.</summary>
public interface IParkedMessages
{
    /// <summary>The longest parked first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The messages, without content.</returns>
    Task<IReadOnlyList<ParkedMessage>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Gives parked messages back to the relay, with all attempts before them. They come after messages that overtook them.</summary>
    /// <param name="messageIds">Which; null is all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many.</returns>
    Task<int> ReplayAsync(IReadOnlyCollection<Guid>? messageIds, CancellationToken cancellationToken);
}

internal sealed class ParkedMessages<TDbContext>(TDbContext database, MessagingSql<TDbContext> sql, RelaySignal signal) : IParkedMessages
    where TDbContext : DbContext
{
    public async Task<IReadOnlyList<ParkedMessage>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Set<OutboxMessage>().AsNoTracking()
            .Where(x => x.ParkedAt != null)
            .OrderBy(x => x.ParkedAt)
            .Take(limit)
            .Select(x => new { x.MessageId, x.MessageTypes, x.EnqueuedAt, x.ParkedAt, x.Attempts, x.LastError })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(x => new ParkedMessage(
            x.MessageId, x.MessageTypes.Split(' ')[0], x.EnqueuedAt, x.ParkedAt!.Value, x.Attempts, x.LastError))];
    }

    public async Task<int> ReplayAsync(IReadOnlyCollection<Guid>? messageIds, CancellationToken cancellationToken)
    {
        var replayed = messageIds is null
            ? await database.Database.ExecuteSqlRawAsync(sql.ReplayAll, cancellationToken).ConfigureAwait(false)
            : await database.Database.ExecuteSqlRawAsync(sql.ReplaySome, [messageIds.ToArray()], cancellationToken).ConfigureAwait(false);
        signal.Set();
        return replayed;
    }
}
