using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>How long a job waits for its money.</summary>
public sealed record PaymentRules
{
    public const string Section = "Payment";

    /// <summary>From the refusal on. Its text is kept as long.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromDays(7);

    public PaymentRules Checked() => Within > TimeSpan.Zero ? this : throw new InvalidOperationException($"{Section}: Within longer than zero.");
}

/// <summary>A job that nobody pays for ends by itself, so that it waits for nothing for ever, and its text goes with it.</summary>
public sealed class UnpaidJobs(MarketplaceDbContext db, PaymentRules rules, IPublishEndpoint publish)
{
    /// <summary>Whether money can mend what kept the job from being funded.</summary>
    public static bool MayGoOn(string? reason) => reason == "balance.insufficient";

    public void Watch(Job job, DateTimeOffset now) => db.Add(DueTimer.ForPayment(job.Id, (job.DeclinedAt ?? now) + rules.Within, now));

    /// <summary>Does what is due, inside the worker's transaction.</summary>
    public async Task RunAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whoever funds or cancels the job locks its row too: of two at once one is first, and the other finds nothing to do.
        if (await db.LockJobAsync(timer.JobId, cancellationToken) is { } job)
        {
            await EndAsync(job, now, cancellationToken);
        }
    }

    /// <summary>On a locked row.</summary>
    public async Task EndAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!job.ExpireUnpaid(now))
        {
            return;
        }

        await publish.Publish(new JobExpired(job.Id, job.MerchantId, job.Version, now, Unpaid: true), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.EraseTextsAsync(job.Id, cancellationToken);
    }
}
