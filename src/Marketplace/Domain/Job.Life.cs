namespace Zweizeiler.Marketplace.Domain;

/// <summary>The steps after the offer that are decided on a locked row. Each says whether it was possible, and does nothing if not.</summary>
public sealed partial class Job
{
    /// <summary>Whether this translator writes at it now. A correction after acceptance is another matter, see <see cref="Complaint"/>.</summary>
    public bool IsWrittenBy(Guid translatorId) =>
        HolderId == translatorId && State is JobState.InProgress or JobState.OnHold or JobState.InRevision;

    /// <summary>Cancelled before anybody was asked: the wish overtook the order.</summary>
    public void CancelUnseen(DateTimeOffset now) => To(JobState.Cancelled, now);

    /// <summary>A question before a claim: the job stays open, its clock stops.</summary>
    public bool AskBeforeClaim(DateTimeOffset now) => State == JobState.Open && To(JobState.Open, now);

    /// <summary>A question while working stops the lease and keeps what is left of it. A lease that has ended cannot be stopped; a revision can always.</summary>
    public bool Hold(Guid translatorId, DateTimeOffset now)
    {
        if (HolderId != translatorId
            || State is not (JobState.InProgress or JobState.InRevision)
            || LeaseUntil is not { } until
            || (State == JobState.InProgress && until <= now))
        {
            return false;
        }

        LeaseLeft = until - now;
        LeaseUntil = null;
        return To(JobState.OnHold, now);
    }

    /// <summary>The answer is there: the lease goes on with what was left of it.</summary>
    public bool Resume(DateTimeOffset now)
    {
        if (State != JobState.OnHold || LeaseLeft is not { } left)
        {
            return false;
        }

        LeaseUntil = now + left;
        LeaseLeft = null;
        return To(ClaimId is null ? JobState.InRevision : JobState.InProgress, now);
    }

    /// <summary>The promise moves away; the clock of the escalation stood still as long.</summary>
    public void Postpone(DateTimeOffset deliverBy)
    {
        if (deliverBy > DeliverBy)
        {
            ClockFrom += deliverBy - DeliverBy;
            DeliverBy = deliverBy;
        }
    }

    public bool Revise(DateTimeOffset due, DateTimeOffset now)
    {
        if (State != JobState.InReview)
        {
            return false;
        }

        LeaseUntil = due;
        DelayToldAt = null;
        return To(JobState.InRevision, now);
    }

    /// <summary>
    /// The newest delivery is rejected: while it is under review, or when its revision is overdue and the merchant was told so. A question of the writer
    /// that crosses the rejection does not hold it up.
    /// </summary>
    public bool Dispute(DateTimeOffset now)
    {
        if (State != JobState.InReview && !(State is JobState.InRevision or JobState.OnHold && ClaimId is null && DelayToldAt is not null))
        {
            return false;
        }

        LeaseUntil = null;
        LeaseLeft = null;
        return To(JobState.Disputed, now);
    }

    public bool Accept(DateTimeOffset now) => State is JobState.InReview or JobState.Disputed && To(JobState.Accepted, now);

    public bool Refund(DateTimeOffset now) => State == JobState.Disputed && To(JobState.Refunded, now);

    /// <summary>Something was said about the job that others must be able to put in order; its state stays.</summary>
    public void Mention(DateTimeOffset now) => To(State, now);

    public bool Widen(DateTimeOffset now)
    {
        if (State != JobState.Open || WidenedAt is not null)
        {
            return false;
        }

        WidenedAt = now;
        return To(JobState.Open, now);
    }

    /// <summary>Adds to the fee, once.</summary>
    public bool RaiseFee(long cents, DateTimeOffset now)
    {
        if (State != JobState.Open || RaiseCents > 0 || cents <= 0)
        {
            return false;
        }

        RaiseCents = cents;
        FeeCents += cents;
        return To(JobState.Open, now);
    }

    public bool Expire(DateTimeOffset now) => State == JobState.Open && To(JobState.Expired, now);

    /// <summary>The money for it did not come.</summary>
    public bool ExpireUnpaid(DateTimeOffset now) => State == JobState.PaymentRequired && To(JobState.Expired, now);

    private bool To(JobState state, DateTimeOffset now)
    {
        State = state;
        ChangedAt = now;
        Version++;
        return true;
    }
}
