using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Questions;

/// <summary>One word of the conversation, as its reader sees it.</summary>
public sealed record ThreadEntry(Guid Id, bool FromMerchant, bool IsMine, bool IsOpen, string Text, DateTimeOffset SentAt);

/// <param name="Entries">Oldest first.</param>
/// <param name="IsWaiting">Whether the reader's own question still waits for its answer.</param>
public sealed record Conversation(IReadOnlyList<ThreadEntry> Entries, bool IsWaiting)
{
    public static Conversation None { get; } = new([], false);
}

/// <summary>Reads what merchant and translators have said about a job. Who may see the job may read it: an answer helps the next one too.</summary>
public sealed class JobThread(MarketplaceDbContext db, JobTextReader texts)
{
    public async Task<Conversation> ReadAsync(Job job, Guid reader, CancellationToken cancellationToken)
    {
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.JobId == job.Id)
            .OrderBy(m => m.SentAt).ThenBy(m => m.Id)
            .ToListAsync(cancellationToken);
        if (messages.Count == 0
            || await db.MerchantKeys.Where(k => k.MerchantId == job.MerchantId).Select(k => k.DataKey).SingleOrDefaultAsync(cancellationToken) is not { } key)
        {
            return Conversation.None;
        }

        var opened = messages.Select(m => new ThreadEntry(
            m.Id, m.TranslatorId is null, m.TranslatorId == reader, m is { TranslatorId: not null, SettledAt: null },
            texts.OpenMessage(new WrappedDataKey(key), m.Id, m.Content), m.SentAt));
        return new Conversation([.. opened], messages.Any(m => m.TranslatorId == reader && m.SettledAt is null));
    }

    /// <summary>How much of it the merchant wrote; tells a page that there is more than it shows.</summary>
    public Task<int> CountAnswersAsync(Guid jobId, CancellationToken cancellationToken) =>
        db.Messages.CountAsync(m => m.JobId == jobId && m.TranslatorId == null, cancellationToken);
}
