using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>A job as its card shows it: nothing of it names the end customer, see <see cref="Preview" />.</summary>
public sealed record OfferView(
    Guid Id,
    string Source,
    string Target,
    string Kind,
    string Urgency,
    int Characters,
    int Lines,
    long FeeCents,
    string Currency,
    DateTimeOffset DeliverBy,
    DateTimeOffset OfferedAt,
    string FirstWords,
    CallContent? Call = null)
{
    /// <summary>What the platform added to the fee because nobody took the job.</summary>
    public long RaiseCents { get; init; }

    /// <summary>Who may take it before anybody else, and until when.</summary>
    public Guid? OfferedToId { get; init; }

    public DateTimeOffset? OfferedUntil { get; init; }

    public Guid? CaseTranslatorId { get; init; }

    public IReadOnlyList<Guid> PreferredIds { get; init; } = [];

    /// <summary>Why the job is for this reader more than for others.</summary>
    public OfferMark MarkFor(Guid translatorId) =>
        CaseTranslatorId == translatorId ? OfferMark.SameCase
        : PreferredIds.Contains(translatorId) ? OfferMark.Preferred
        : OfferMark.None;
}

public enum OfferMark
{
    None,

    /// <summary>The merchant likes her work.</summary>
    Preferred,

    /// <summary>She did the last job of the same case.</summary>
    SameCase,
}

/// <summary>A job of which something was heard: an offer if it is open, otherwise only that it is gone.</summary>
public sealed record JobNews(Guid Id, string Source, string Target, OfferView? Offer, Guid? HolderId, IReadOnlyList<Guid> Blocked, bool IsWidened)
{
    /// <summary>Whether somebody else is asked before this translator.</summary>
    public bool IsKeptFrom(Guid translatorId) => Offer is { OfferedToId: { } other } && other != translatorId;

    public bool IsOfferedTo(Guid translatorId) => Offer is { OfferedToId: { } she } && she == translatorId;

    /// <summary>Its cards as they were rendered for the first of the readers to whom they look the same.</summary>
    public ConcurrentDictionary<CardLook, RenderedCard> Cards { get; } = [];
}

/// <summary>What makes one reader's card differ from another's, but for the token in its forms.</summary>
public readonly record struct CardLook(string Locale, string Zone, OfferMark Mark, bool IsForHerAlone);

/// <summary>A card and the token that is in it.</summary>
public sealed record RenderedCard(string Html, string Token)
{
    public string For(string token) => token == Token ? Html : Html.Replace(Token, token, StringComparison.Ordinal);
}

/// <summary>Reads what is on offer. Texts are opened for the first words only.</summary>
public sealed class OfferBoard(MarketplaceDbContext db, JobTextReader texts, OfferRules rules, TimeProvider time)
{
    public const int PageSize = 40;

    private const int MostForHer = 200;

    /// <summary>Of so many jobs of a pair the times between are looked at, and of so few nothing is said.</summary>
    private const int MostForGaps = 100;

    private const int FewestGaps = 8;

    private static readonly TimeSpan GapsOver = TimeSpan.FromDays(7);

    /// <summary>What is offered to her before anybody else, whatever her working hours say by now; what ends first comes first.</summary>
    public async Task<List<OfferView>> InTurnAsync(Guid translatorId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await WithText(Visible(translatorId)
            .Where(j => j.State == JobState.Open && j.OfferedToId == translatorId && j.OfferedUntil > now)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Job.OfferedUntil).Select(View)];
    }

    /// <summary>What is for her more than for others: jobs of a case that she had before, then those of merchants who prefer her.</summary>
    public async Task<List<OfferView>> ForHerAsync(Guid translatorId, bool onlyWidened, CancellationToken cancellationToken)
    {
        var rows = await WithText(Open(translatorId, onlyWidened)
            .Where(j => j.CaseTranslatorId == translatorId || j.PreferredIds.Contains(translatorId))
            .OrderBy(j => j.OfferedAt).ThenBy(j => j.Id)
            .Take(MostForHer)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Job.OfferedAt).ThenBy(r => r.Job.Id).Select(View).OrderByDescending(v => v.MarkFor(translatorId))];
    }

    /// <summary>The pool of a translator, who has waited longest first; one more than a page, to tell whether there is more.</summary>
    public async Task<List<OfferView>> PoolAsync(
        Guid translatorId, bool onlyWidened, (DateTimeOffset OfferedAt, Guid Id)? after, CancellationToken cancellationToken)
    {
        var open = Open(translatorId, onlyWidened).Where(j => j.CaseTranslatorId != translatorId && !j.PreferredIds.Contains(translatorId));
        if (after is { } cursor)
        {
            open = open.Where(j => j.OfferedAt > cursor.OfferedAt || (j.OfferedAt == cursor.OfferedAt && j.Id > cursor.Id));
        }

        var rows = await WithText(open.OrderBy(j => j.OfferedAt).ThenBy(j => j.Id).Take(PageSize + 1)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Job.OfferedAt).ThenBy(r => r.Job.Id).Select(View)];
    }

    public Task<int> CountAsync(Guid translatorId, bool onlyWidened, CancellationToken cancellationToken) =>
        Open(translatorId, onlyWidened).CountAsync(cancellationToken);

    /// <summary>When the last job of one of her pairs came, whoever has it by now. By hand, so that it is one look for each pair and no counting through all of its jobs.</summary>
    public async Task<DateTimeOffset?> LastOfferAsync(Guid translatorId, CancellationToken cancellationToken) => (await db.Database.SqlQuery<DateTimeOffset?>(
        $"""
        SELECT max(l.offered_at) AS "Value"
        FROM translator_pairs p
        CROSS JOIN LATERAL (
          SELECT j.offered_at FROM jobs j
          WHERE j.source = p.source AND j.target = p.target AND j.mode = 'live' AND j.offered_at IS NOT NULL AND {translatorId} <> ALL (j.blocked_ids)
          ORDER BY j.offered_at DESC
          LIMIT 1) l
        WHERE p.translator_id = {translatorId}
        """).ToListAsync(cancellationToken)).Single();

    /// <summary>
    /// The middle one of the times between the latest jobs of her pairs. What came within the same minute counts once: a merchant's batch says nothing of the
    /// next one. Each pair's newest entries of the same index are read and no more.
    /// </summary>
    public async Task<TimeSpan?> UsualGapAsync(Guid translatorId, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - GapsOver;
        return (await db.Database.SqlQuery<TimeSpan?>(
            $"""
            WITH came AS (
              SELECT DISTINCT date_trunc('minute', l.offered_at) AS at
              FROM translator_pairs p
              CROSS JOIN LATERAL (
                SELECT j.offered_at FROM jobs j
                WHERE j.source = p.source AND j.target = p.target AND j.mode = 'live' AND j.offered_at >= {since} AND {translatorId} <> ALL (j.blocked_ids)
                ORDER BY j.offered_at DESC
                LIMIT {MostForGaps}) l
              WHERE p.translator_id = {translatorId}
              ORDER BY 1 DESC
              LIMIT {MostForGaps})
            SELECT CASE WHEN count(gap) >= {FewestGaps} THEN percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) END AS "Value"
            FROM (SELECT at - lag(at) OVER (ORDER BY at) AS gap FROM came) gaps
            """).ToListAsync(cancellationToken)).Single();
    }

    /// <summary>What has changed for a translator since a page was made, for a page that was not connected meanwhile.</summary>
    public async Task<List<JobNews>> SinceAsync(Guid translatorId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await WithText(Visible(translatorId)
            .Where(j => j.ChangedAt >= since && j.OfferedAt != null)
            .OrderBy(j => j.ChangedAt)
            .Take(200)).ToListAsync(cancellationToken);
        return [.. rows.Select(News)];
    }

    public async Task<List<JobNews>> NewsAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellationToken)
    {
        var rows = await WithText(db.Jobs.Where(j => jobIds.Contains(j.Id) && j.Mode == "live")).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Job.OfferedAt).ThenBy(r => r.Job.Id).Select(News)];
    }

    /// <summary>Open to all; also a job of a window that nobody worked off.</summary>
    private IQueryable<Job> Open(Guid translatorId, bool onlyWidened)
    {
        var (now, keptUntil) = (time.GetUtcNow(), time.GetUtcNow() - rules.Grace);
        return Visible(translatorId).Where(j => j.State == JobState.Open && (!onlyWidened || j.WidenedAt != null)
            && (j.OfferedToId == null || j.OfferedUntil <= keptUntil || (j.OfferedToId == translatorId && j.OfferedUntil <= now)));
    }

    /// <summary>Live jobs of the pairs and kinds that a translator works in, but those of merchants who do not want her.</summary>
    public IQueryable<Job> Visible(Guid translatorId) => db.Jobs.AsNoTracking()
        .Where(j => j.Mode == "live" && !j.BlockedIds.Contains(translatorId))
        .Where(j => db.TranslatorPairs.Any(p => p.TranslatorId == translatorId && p.Source == j.Source && p.Target == j.Target))
        .Where(j => db.Translators.Any(t => t.Id == translatorId && t.Kinds.Contains(j.Kind)));

    /// <summary>Also jobs whose text was erased: that they are gone is news.</summary>
    private IQueryable<JobRow> WithText(IQueryable<Job> jobs) =>
        from job in jobs.AsNoTracking()
        from text in db.JobTexts.Where(t => t.JobId == job.Id).DefaultIfEmpty()
        from key in db.MerchantKeys.Where(k => k.MerchantId == job.MerchantId).DefaultIfEmpty()
        select new JobRow { Job = job, Content = text.Content, DataKey = key.DataKey };

    private JobNews News(JobRow row) => new(
        row.Job.Id, row.Job.Source, row.Job.Target, row.Job.State == JobState.Open ? View(row) : null, row.Job.HolderId, row.Job.BlockedIds,
        row.Job.WidenedAt is not null);

    private OfferView View(JobRow row)
    {
        var job = row.Job;
        var content = Preview.Of(texts.OpenContent(
            job.Id, row.DataKey ?? throw new InvalidOperationException("An open job has a key."), row.Content ?? throw new InvalidOperationException("An open job has a text.")));
        return new OfferView(
            job.Id, job.Source, job.Target, job.Kind, job.Urgency, job.Characters, job.Lines, job.FeeCents, job.Currency, job.DeliverBy,
            job.OfferedAt ?? job.PlacedAt, SourceText.FirstWords(WhatToDo(content)), content.Call)
        {
            RaiseCents = job.RaiseCents,
            OfferedToId = job.OfferedToId,
            OfferedUntil = job.OfferedUntil,
            CaseTranslatorId = job.CaseTranslatorId,
            PreferredIds = job.PreferredIds,
        };
    }

    private static string WhatToDo(JobContent content) =>
        content.Formulation is { } formulation ? string.Join(" · ", formulation.Points)
        : content.Call is { } call ? string.Join(" · ", call.Ask)
        : content.Text;

    private sealed class JobRow
    {
        public required Job Job { get; init; }

        public byte[]? Content { get; init; }

        public byte[]? DataKey { get; init; }
    }
}
