using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.SettleJob;

/// <summary>
/// Moves the money of a job as far as what is known of it permits, in whichever order the news came: out of the reservation what is due, back
/// what is left, the net to translator and platform, a line on the invoice, and all of it back if a complaint is credited.
/// </summary>
public sealed partial class Settlement(
    BillingDbContext db, Ledger ledger, PriceLists priceLists, BillingMetrics metrics, TimeProvider time, ILogger<Settlement> logger)
{
    /// <summary>After news of a job was added to the context. Call it under the job's lock (<see cref="JobGate.EnterJobAsync"/>).</summary>
    public async Task SettleAsync(ConsumeContext context, Guid jobId)
    {
        await db.SaveChangesAsync(context.CancellationToken);
        if (await db.Jobs.IgnoreQueryFilters().SingleOrDefaultAsync(j => j.Id == jobId, context.CancellationToken) is { } job)
        {
            await SettleAsync(context, job, await NewsOfAsync(jobId, context.CancellationToken));
        }
    }

    public async Task<JobNews> NewsOfAsync(Guid job, CancellationToken cancellationToken) => new(
        await db.Acceptances.IgnoreQueryFilters().SingleOrDefaultAsync(a => a.JobId == job, cancellationToken),
        await db.Endings.IgnoreQueryFilters().SingleOrDefaultAsync(e => e.JobId == job, cancellationToken),
        await db.FeeRaises.IgnoreQueryFilters().Where(r => r.JobId == job).OrderByDescending(r => r.RaiseCents).ThenBy(r => r.Version)
            .FirstOrDefaultAsync(cancellationToken),
        await db.Credits.IgnoreQueryFilters().SingleOrDefaultAsync(c => c.JobId == job, cancellationToken));

    /// <summary>Under the job's lock, with all news of it.</summary>
    public async Task SettleAsync(ConsumeContext context, Job job, JobNews news)
    {
        if (news.Contradicts)
        {
            LogContradiction(job.Id);
        }

        if (news.IsEnded && job.WaitsSince is not null)
        {
            // Whatever comes in later is not for this job any more.
            job.StopWaiting();
        }

        // No money moves in test mode.
        if (!job.IsLive || !news.IsEnded)
        {
            return;
        }

        if (job.State == JobState.Declined)
        {
            if (!news.CameToNothing)
            {
                // Nobody should have done it; the news is kept, and people must look at it.
                LogNotFunded(job.Id);
            }

            return;
        }

        var books = await JobBooks.OpenAsync(job, news.TranslatorId, ledger, time.GetUtcNow(), context.CancellationToken);
        var ended = job.State == JobState.Funded;
        if (ended)
        {
            await EndAsync(context, job, news, books);
        }

        if (job.ChargedAs is { } charged)
        {
            var raised = TryPayRaise(job, charged, news, books);
            if (ended || raised)
            {
                await context.Publish(
                    new EarningCredited(job.Id, news.TranslatorId!.Value, charged.FeeCents + job.RaisedCents, job.Price.Currency, books.Now),
                    context.CancellationToken);
            }

            // Of a job that is charged in this very moment no invoice is open yet.
            if (TryCredit(job, charged, news, books) && !ended)
            {
                await OpenItems.SettleAsync(db, books.Accounts, job.MerchantId, charged.GrossCents, null, context.CancellationToken);
            }
        }
    }

    /// <summary>Charges what is due and releases the rest of the reservation, or releases it whole.</summary>
    private async Task EndAsync(ConsumeContext context, Job job, JobNews news, JobBooks books)
    {
        var cause = CauseOf(news);
        if (news.CameToNothing)
        {
            job.Release();
            books.Post(EntryKind.Release, cause, (books.Reserved, -job.ReservedCents), (books.Balance, job.ReservedCents));
            metrics.Released(cause.Event);
            return;
        }

        var list = await priceLists.FindAsync(db, job.Price.PriceList, context.CancellationToken)
            ?? throw new InvalidOperationException("The price list of a funded job is not there.");
        var charge = news.Acceptance is { } acceptance ? DueCharge.ForDelivery(job, list, acceptance) : DueCharge.ForCancellation(job, list);
        job.Charge(charge);
        books.Post(
            EntryKind.Charge, cause, (books.Reserved, -charge.GrossCents), (AccountKey.Revenue, charge.NetCents), (AccountKey.Tax, charge.TaxCents));
        var rest = job.ReservedCents - charge.GrossCents;
        books.Post(EntryKind.Release, cause, (books.Reserved, -rest), (books.Balance, rest));
        var earning = books.PostInside(
            EntryKind.Earning, job.Id, cause,
            (AccountKey.Revenue, -charge.NetCents), (books.Payable, charge.FeeCents), (AccountKey.PlatformShare, charge.NetCents - charge.FeeCents));
        Earn(EarningKind.Earning, earning, news.TranslatorId!.Value, job, charge.FeeCents, cause);
        db.InvoiceLines.Add(InvoiceLine.ForCharge(job, charge, cause.OccurredAt, books.Now));
        await context.Publish(
            new JobCharged(job.Id, job.MerchantId, charge.NetCents, charge.TaxCents, job.Price.Currency, books.Now), context.CancellationToken);
        metrics.Charged(charge.NetCents);
    }

    /// <summary>What was promised on top of the fee so that the job found somebody, as far as it is not paid yet. The platform pays it.</summary>
    private bool TryPayRaise(Job job, JobCharge charged, JobNews news, JobBooks books)
    {
        if (news.Raise is not { } raise || (job.State == JobState.Credited && news.Credit is { ByRuling: true }))
        {
            return false;
        }

        var due = DueCharge.Raise(job, charged, raise.RaiseCents) - job.RaisedCents;
        if (due <= 0)
        {
            return false;
        }

        job.Raise(due);
        var cause = new Cause(nameof(JobEscalated), raise.MessageId, "Raised so that the job found somebody", raise.EscalatedAt);
        var entry = books.PostInside(EntryKind.FeeRaise, raise.Id, cause, (AccountKey.FeeRaises, -due), (books.Payable, due));
        Earn(EarningKind.FeeRaise, entry, news.TranslatorId!.Value, job, due, cause);
        return true;
    }

    /// <summary>Gives the merchant back what was charged. After a ruling the translator bears it with what is still owed to her for the job, the platform the rest.</summary>
    private bool TryCredit(Job job, JobCharge charged, JobNews news, JobBooks books)
    {
        if (news.Credit is not { } credit || job.State != JobState.Charged)
        {
            return false;
        }

        job.Credit();
        var cause = new Cause(nameof(ComplaintCredited), credit.MessageId, "Credited after a complaint", credit.CreditedAt);
        books.Post(
            EntryKind.Credit, cause,
            (AccountKey.Revenue, -charged.NetCents), (AccountKey.Tax, -charged.TaxCents), (books.Balance, charged.GrossCents));
        // What was paid out is not claimed back.
        var earned = credit.ByRuling ? charged.FeeCents + job.RaisedCents : 0;
        var fromTranslator = Math.Clamp(books.PayableCents, 0, earned);
        var ofRaise = Math.Min(job.RaisedCents, fromTranslator);
        var share = books.PostInside(
            EntryKind.CreditShare, job.Id, cause,
            (AccountKey.Revenue, charged.NetCents),
            (books.Payable, -fromTranslator),
            (AccountKey.FeeRaises, ofRaise),
            (AccountKey.PlatformShare, fromTranslator - ofRaise - charged.NetCents));
        Earn(EarningKind.TakenBack, share, news.TranslatorId!.Value, job, -fromTranslator, cause);
        db.InvoiceLines.Add(InvoiceLine.ForCredit(job, charged, credit.CreditedAt, books.Now));
        metrics.Credited(charged.NetCents);
        return true;
    }

    /// <summary>What changes what is owed to a translator stands on her statement.</summary>
    private void Earn(EarningKind kind, Entry? entry, Guid translator, Job job, long cents, Cause cause)
    {
        if (entry is not null && cents != 0)
        {
            db.EarningLines.Add(EarningLine.Of(kind, entry, translator, job, cents, cause));
        }
    }

    private static Cause CauseOf(JobNews news) => news switch
    {
        { Acceptance: { } a } => new Cause(nameof(DeliveryAccepted), a.MessageId, "Delivery accepted", a.AcceptedAt),
        { Ending: { Kind: EndingKind.Cancelled, TranslatorId: null } e } =>
            new Cause(nameof(JobCancelled), e.MessageId, "Cancelled before work began", e.EndedAt),
        { Ending: { Kind: EndingKind.Cancelled } e } =>
            new Cause(nameof(JobCancelled), e.MessageId, "Cancelled after work began: a share is charged", e.EndedAt),
        { Ending: { Kind: EndingKind.Expired } e } => new Cause(nameof(JobExpired), e.MessageId, "Nobody could be found in time", e.EndedAt),
        { Ending: { } e } => new Cause(nameof(JobRefunded), e.MessageId, "The ruling went against the delivery", e.EndedAt),
        _ => throw new InvalidOperationException("The job has not ended."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} was worked on, though it was never funded; nothing is charged")]
    private partial void LogNotFunded(Guid jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} was both accepted and ended without a delivery; what came first holds")]
    private partial void LogContradiction(Guid jobId);
}
