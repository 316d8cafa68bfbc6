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
    CallContent? Call = null);

/// <summary>A job of which something was heard: an offer if it is open, otherwise only that it is gone.</summary>
public sealed record JobNews(Guid Id, string Source, string Target, OfferView? Offer, Guid? HolderId);

/// <summary>Reads what is on offer. Texts are opened for the first words only.</summary>
public sealed class OfferBoard(MarketplaceDbContext db, JobTextReader texts)
{
    public const int PageSize = 40;

    /// <summary>The pool of a translator, who has waited longest first; one more than a page, to tell whether there is more.</summary>
    public async Task<List<OfferView>> PoolAsync(Guid translatorId, (DateTimeOffset OfferedAt, Guid Id)? after, CancellationToken cancellationToken)
    {
        var open = Visible(translatorId).Where(j => j.State == JobState.Open);
        if (after is { } cursor)
        {
            open = open.Where(j => j.OfferedAt > cursor.OfferedAt || (j.OfferedAt == cursor.OfferedAt && j.Id > cursor.Id));
        }

        var rows = await WithText(open.OrderBy(j => j.OfferedAt).ThenBy(j => j.Id).Take(PageSize + 1)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Job.OfferedAt).ThenBy(r => r.Job.Id).Select(View)];
    }

    public Task<int> CountAsync(Guid translatorId, CancellationToken cancellationToken) =>
        Visible(translatorId).CountAsync(j => j.State == JobState.Open, cancellationToken);

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

    /// <summary>Live jobs of the pairs that a translator works in.</summary>
    public IQueryable<Job> Visible(Guid translatorId) => db.Jobs.AsNoTracking()
        .Where(j => j.Mode == "live")
        .Where(j => db.TranslatorPairs.Any(p => p.TranslatorId == translatorId && p.Source == j.Source && p.Target == j.Target));

    private IQueryable<JobRow> WithText(IQueryable<Job> jobs) =>
        from job in jobs.AsNoTracking()
        join text in db.JobTexts on job.Id equals text.JobId
        join key in db.MerchantKeys on job.MerchantId equals key.MerchantId
        select new JobRow { Job = job, Content = text.Content, DataKey = key.DataKey };

    private JobNews News(JobRow row) => new(
        row.Job.Id, row.Job.Source, row.Job.Target, row.Job.State == JobState.Open ? View(row) : null, row.Job.HolderId);

    private OfferView View(JobRow row)
    {
        var job = row.Job;
        var content = Preview.Of(texts.OpenContent(job.Id, row.DataKey, row.Content));
        return new OfferView(
            job.Id, job.Source, job.Target, job.Kind, job.Urgency, job.Characters, job.Lines, job.FeeCents, job.Currency, job.DeliverBy,
            job.OfferedAt ?? job.PlacedAt, SourceText.FirstWords(WhatToDo(content)), content.Call);
    }

    private static string WhatToDo(JobContent content) =>
        content.Formulation is { } formulation ? string.Join(" · ", formulation.Points)
        : content.Call is { } call ? string.Join(" · ", call.Ask)
        : content.Text;

    private sealed class JobRow
    {
        public required Job Job { get; init; }

        public required byte[] Content { get; init; }

        public required byte[] DataKey { get; init; }
    }
}
