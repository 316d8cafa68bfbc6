namespace Zweizeiler.Orders.Domain;

/// <summary>Orders passes the wish on; the marketplace decides whether it came before a claim, after it, or too late.</summary>
public sealed partial class Job
{
    /// <summary>Returns whether this is news: asked a second time, a job is asked for already.</summary>
    /// <exception cref="JobStateException">The job was delivered, or is over.</exception>
    public bool RequestCancellation(DateTimeOffset now)
    {
        Demand(JobCommand.Cancel, now);
        if (CancellationRequestedAt is not null)
        {
            return false;
        }

        CancellationRequestedAt = now;
        Step("job.cancellation_requested", State, now);
        return true;
    }

    /// <summary>The job was cancelled.</summary>
    /// <param name="version">The marketplace's.</param>
    /// <param name="translatorId">Who held the job; null if nobody did.</param>
    /// <param name="at">When.</param>
    public void Cancelled(int version, Guid? translatorId, DateTimeOffset at)
    {
        if (!IsNews(version) || !IsBeforeDelivery)
        {
            return;
        }

        if (translatorId is { } holder)
        {
            ReachHolder(holder, null, at);
        }
        else if (State is JobState.InProgress or JobState.OnHold)
        {
            Release(at);
        }

        Step("job.cancelled", JobState.Cancelled, at);
    }

    /// <summary>
    /// The delivery came first. It may arrive later than this, so the marketplace's version is not taken note of: that would make it stale.
    /// </summary>
    public void CancellationRefused(DateTimeOffset at)
    {
        if (CancellationRequestedAt is null || State == JobState.Cancelled)
        {
            return;
        }

        CancellationRequestedAt = null;
        Step("job.cancellation_refused", State, at);
    }
}
