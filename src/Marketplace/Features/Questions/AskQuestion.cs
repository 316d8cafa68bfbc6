using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Questions;

public enum AskResult
{
    Asked,
    Empty,
    TooLong,

    /// <summary>Her last question about the job still waits for its answer.</summary>
    Waiting,

    /// <summary>The job is not open to her and not in her hands, or her time is up.</summary>
    NotYours,
}

/// <summary>
/// Asks the merchant. Before a claim the job stays open and its escalation waits; while working the job is on hold and the lease stands still, with
/// what was left of it.
/// </summary>
public sealed class AskQuestion(MarketplaceDbContext db, JobTextReader texts, IPublishEndpoint publish, OfferRules rules, TimeProvider time)
{
    public async Task<AskResult> RunAsync(Guid translatorId, Guid jobId, string? question, CancellationToken cancellationToken)
    {
        var text = (question ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length == 0)
        {
            return AskResult.Empty;
        }

        if (text.Length > Message.LongestText)
        {
            return AskResult.TooLong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockJobAsync(jobId, cancellationToken) is not { } job || !await MayAskAsync(translatorId, job, cancellationToken))
        {
            return AskResult.NotYours;
        }

        if (await db.Messages.AnyAsync(m => m.JobId == jobId && m.TranslatorId == translatorId && m.SettledAt == null, cancellationToken))
        {
            return AskResult.Waiting;
        }

        var now = time.GetUtcNow();
        var beforeClaim = job.State == JobState.Open;
        if (!(beforeClaim ? job.AskBeforeClaim(now) : job.Hold(translatorId, now)))
        {
            return AskResult.NotYours;
        }

        var id = Guid.CreateVersion7(now);
        var content = texts.SealMessage(await texts.KeyAsync(job.MerchantId, cancellationToken), id, text);
        db.Add(new Message { Id = id, JobId = jobId, TranslatorId = translatorId, BeforeClaim = beforeClaim, Content = content.Bytes, SentAt = now });
        var name = await db.Users.Where(u => u.Id == translatorId).Select(u => u.DisplayName).SingleAsync(cancellationToken);
        await publish.Publish(
            new QuestionAsked(jobId, job.MerchantId, job.Version, id, translatorId, name, beforeClaim, content, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Person(translatorId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return AskResult.Asked;
    }

    private async Task<bool> MayAskAsync(Guid translatorId, Job job, CancellationToken cancellationToken) => job.State switch
    {
        JobState.Open => job.IsLive
            && !job.BlockedIds.Contains(translatorId)
            && !job.IsKeptFrom(translatorId, time.GetUtcNow(), rules.Grace)
            && await db.TranslatorPairs.AnyAsync(p => p.TranslatorId == translatorId && p.Source == job.Source && p.Target == job.Target, cancellationToken),
        _ => job.IsWrittenBy(translatorId),
    };
}
