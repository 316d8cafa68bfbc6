using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Memory;

/// <summary>A sentence of an earlier text, how alike it is to one of this job's, and how it was translated.</summary>
public sealed record Suggestion(int Percent, string Sentence, MemoryPair Pair)
{
    /// <summary>From the earlier sentence to this one.</summary>
    public IReadOnlyList<DiffPart> Difference => WordDiff.Compare(Pair.Source, Sentence);
}

/// <summary>
/// What was translated for a merchant before, in the same pair of languages. Only her own texts, and only what she accepted; each is sealed with her
/// data key, and found again by a fingerprint under the same key.
/// </summary>
public sealed class MerchantMemory(MarketplaceDbContext db, JobTextReader texts, TimeProvider time)
{
    public const int MostSuggestions = 3;

    private const int MostSearched = 500;
    private const int LeastAlike = 60;
    private const int MostFound = 20;

    /// <summary>What a file holds at most.</summary>
    private const int MostExported = 5_000;

    private const int ShortestWords = 2;

    /// <summary>Keeps an accepted translation, inside the consumer's transaction. The newest translation of a sentence replaces an older one.</summary>
    public async Task KeepAsync(Job job, Guid deliveryId, CancellationToken cancellationToken)
    {
        var delivery = await db.DeliveryTexts.AsNoTracking().SingleOrDefaultAsync(t => t.DeliveryId == deliveryId, cancellationToken);
        if (job.Kind != JobKinds.Translation || delivery is null || await texts.ContentAsync(job, cancellationToken) is not { } content)
        {
            return;
        }

        var (key, now) = (await texts.KeyAsync(job.MerchantId, cancellationToken), time.GetUtcNow());
        foreach (var pair in Segments.Align(SourceText.Own(content.Text), texts.OpenDelivery(key, deliveryId, delivery.Content).Text))
        {
            var id = Guid.CreateVersion7(now);
            var (fingerprint, sealedPair) = (texts.FingerprintSentence(key, Segments.Plain(pair.Source)), texts.SealPair(key, MemoryEntry.Purpose, id, pair));
            // The id goes with the content: it is what the content is bound to.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO memory_entries AS m (id, merchant_id, source, target, fingerprint, content, job_id, accepted_at)
                VALUES ({id}, {job.MerchantId}, {job.Source}, {job.Target}, {fingerprint}, {sealedPair}, {job.Id}, {now})
                ON CONFLICT (merchant_id, source, target, fingerprint) DO UPDATE
                SET id = excluded.id, content = excluded.content, job_id = excluded.job_id, accepted_at = excluded.accepted_at
                """,
                cancellationToken);
        }
    }

    /// <summary>What may help with this job: the same sentences first, then those most alike.</summary>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(Job job, JobContent content, CancellationToken cancellationToken)
    {
        var sentences = Segments.Of(SourceText.Own(content.Text)).Where(s => s.Length <= Segments.Longest).ToList();
        if (job.Kind != JobKinds.Translation || sentences.Count == 0)
        {
            return [];
        }

        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        var fingerprints = sentences.Append(string.Join('\n', sentences)).Select(s => texts.FingerprintSentence(key, Segments.Plain(s))).ToList();
        var same = await Own(job).Where(e => fingerprints.Contains(e.Fingerprint)).ToListAsync(cancellationToken);
        var newest = await Own(job).OrderByDescending(e => e.AcceptedAt).Take(MostSearched).ToListAsync(cancellationToken);
        return
        [
            .. same.UnionBy(newest, e => e.Id)
                .Select(e => texts.OpenPair(key, MemoryEntry.Purpose, e.Id, e.Content))
                .Select(pair => sentences.Select(s => new Suggestion(WordDiff.Likeness(pair.Source, s), s, pair)).MaxBy(s => s.Percent)!)
                .Where(s => s.Percent >= LeastAlike)
                .OrderByDescending(s => s.Percent)
                .DistinctBy(s => s.Pair.Target)
                .Take(MostSuggestions),
        ];
    }

    /// <summary>Where words stand in earlier texts of the same merchant and pair, on either side.</summary>
    public async Task<IReadOnlyList<MemoryPair>> FindAsync(Job job, string? words, CancellationToken cancellationToken)
    {
        var wanted = (words ?? "").Trim().Normalize();
        if (wanted.Length < ShortestWords)
        {
            return [];
        }

        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        var newest = await Own(job).OrderByDescending(e => e.AcceptedAt).Take(MostSearched).ToListAsync(cancellationToken);
        return
        [
            .. newest.Select(e => texts.OpenPair(key, MemoryEntry.Purpose, e.Id, e.Content))
                .Where(p => p.Source.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) || p.Target.Contains(wanted, StringComparison.CurrentCultureIgnoreCase))
                .Take(MostFound),
        ];
    }

    /// <summary>Everything that was translated for the merchant in this pair, the newest first.</summary>
    public async Task<IReadOnlyList<(Guid Id, DateTimeOffset At, MemoryPair Pair)>> AllAsync(Job job, CancellationToken cancellationToken)
    {
        var entries = await Own(job).OrderByDescending(e => e.AcceptedAt).ThenByDescending(e => e.Id).Take(MostExported).ToListAsync(cancellationToken);
        if (entries.Count == 0)
        {
            return [];
        }

        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        return [.. entries.Select(e => (e.Id, e.AcceptedAt, texts.OpenPair(key, MemoryEntry.Purpose, e.Id, e.Content)))];
    }

    /// <summary>Terms that translators noted for this merchant and pair. The merchant's own word for something stands, whatever a translator noted.</summary>
    public async Task<IReadOnlyList<GlossaryTerm>> TermsAsync(Job job, IReadOnlyList<GlossaryTerm>? given, CancellationToken cancellationToken)
    {
        var rows = await db.AddedTerms.AsNoTracking()
            .Where(t => t.MerchantId == job.MerchantId && t.Source == job.Source && t.Target == job.Target)
            .OrderByDescending(t => t.AddedAt).Take(AddedTerm.MostOfPair).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var own = (given ?? []).Select(t => t.Source).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        return [.. rows.Select(r => texts.OpenPair(key, AddedTerm.Purpose, r.Id, r.Content)).Where(p => !own.Contains(p.Source)).Select(p => new GlossaryTerm(p.Source, p.Target))];
    }

    /// <summary>Notes a term for whoever works for this merchant next. The same term again replaces its translation.</summary>
    public async Task AddTermAsync(Guid translatorId, Job job, MemoryPair term, CancellationToken cancellationToken)
    {
        var (key, now) = (await texts.KeyAsync(job.MerchantId, cancellationToken), time.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        var (fingerprint, content) = (texts.FingerprintSentence(key, Segments.Plain(term.Source)), texts.SealPair(key, AddedTerm.Purpose, id, term));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO added_terms AS t (id, merchant_id, source, target, fingerprint, content, translator_id, added_at)
            VALUES ({id}, {job.MerchantId}, {job.Source}, {job.Target}, {fingerprint}, {content}, {translatorId}, {now})
            ON CONFLICT (merchant_id, source, target, fingerprint) DO UPDATE
            SET id = excluded.id, content = excluded.content, translator_id = excluded.translator_id, added_at = excluded.added_at
            """,
            cancellationToken);
    }

    private IQueryable<MemoryEntry> Own(Job job) => db.Memory.AsNoTracking()
        .Where(e => e.MerchantId == job.MerchantId && e.Source == job.Source && e.Target == job.Target);
}
