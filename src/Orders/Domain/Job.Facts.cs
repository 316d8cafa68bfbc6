namespace Zweizeiler.Orders.Domain;

/// <summary>What other services did with the job.</summary>
public sealed partial class Job
{
    /// <summary>Billing reserved the price.</summary>
    public void Funded(DateTimeOffset at)
    {
        if (FundedAt is null)
        {
            FundedAt = at;
            MoveByUnpaidTime();
        }

        ReachFunding(at);
    }

    /// <summary>Billing could not reserve the price; perhaps it can later, when the balance covers it.</summary>
    public void FundingDeclined(string reason, DateTimeOffset at)
    {
        if (DeclinedAt is null)
        {
            DeclinedAt = at;
            MoveByUnpaidTime();
        }

        if (State == JobState.Placed)
        {
            FundingProblem = reason;
            Step("job.payment_required", JobState.PaymentRequired, at);
        }
    }

    /// <summary>The marketplace offers the job.</summary>
    public void Offered(int version, DateTimeOffset at)
    {
        if (IsNews(version) && IsBeforeDelivery)
        {
            ReachPool(at);
        }
    }

    /// <summary>A translator took the job.</summary>
    public void Claimed(int version, Guid translatorId, string displayName, DateTimeOffset at)
    {
        if (IsNews(version))
        {
            if (IsBeforeDelivery)
            {
                ReachPool(at);
                Hold(translatorId, displayName, at);
            }
        }
        else if (TranslatorId == translatorId)
        {
            // Overtaken by the delivery: only the name is still news.
            TranslatorName ??= displayName;
        }
    }

    /// <summary>The job went back to the pool.</summary>
    public void Released(int version, DateTimeOffset at)
    {
        if (!IsNews(version) || !IsBeforeDelivery)
        {
            return;
        }

        if (State is not (JobState.InProgress or JobState.OnHold))
        {
            ReachPool(at);
            Hold(null, null, at);
        }

        Release(at);
    }

    /// <summary>The job was offered wider or at a higher fee; nothing changes for the merchant.</summary>
    public void Escalated(int version, DateTimeOffset at, string? step = null)
    {
        if (IsNews(version) && IsBeforeDelivery)
        {
            ReachPool(at);
            Step("job.escalated", State, at, step);
        }
    }

    /// <summary>Somebody works on it, but it does not come in time. A question or a new holder may overtake this: it is told once all the same.</summary>
    /// <param name="version">The marketplace's.</param>
    /// <param name="translatorId">Who works on it.</param>
    /// <param name="deliveryId">The delivery whose revision is overdue; null for the first delivery.</param>
    /// <param name="at">When.</param>
    public void Delayed(int version, Guid translatorId, Guid? deliveryId, DateTimeOffset at)
    {
        if (IsNews(version) && deliveryId is null && IsBeforeDelivery && (State != JobState.InProgress || TranslatorId != translatorId))
        {
            ReachPool(at);
            Hold(translatorId, null, at);
        }

        if (DelayedAt is null && deliveryId == DeliveryId && (IsBeforeDelivery || State is JobState.InRevision or JobState.OnHold))
        {
            DelayedAt = at;
            Step("job.delayed", State, at);
        }
    }

    /// <summary>Nobody was found in time, or the money did not come in time: such a job was never offered.</summary>
    public void Expired(int version, DateTimeOffset at, bool unpaid = false)
    {
        if (!IsNews(version) || !IsBeforeDelivery)
        {
            return;
        }

        if (!unpaid)
        {
            ReachPool(at);
        }

        Step("job.expired", JobState.Expired, at);
    }

    /// <summary>A translator delivered.</summary>
    public void Delivered(int version, Guid deliveryId, Guid translatorId, DateTimeOffset at)
    {
        // The revision that came after all crossed the rejection: nobody rules on what was replaced, and the merchant reviews the new one.
        if (!IsNews(version) || (State is JobState.Disputed && DelayedAt is null))
        {
            return;
        }

        if (IsBeforeDelivery)
        {
            ReachHolder(translatorId, null, at);
        }
        else if (TranslatorId != translatorId)
        {
            TranslatorId = translatorId;
            TranslatorName = null;
        }

        DeliveryId = deliveryId;
        DeliveredVersion = version;
        OpenQuestions = 0;
        AcceptanceDueAt = at + (ReviewLeft ?? ReviewTime);
        ReviewLeft = null;
        DelayedAt = null;
        Step("job.delivered", JobState.InReview, at);
    }

    /// <summary>Translators can still be found, claim, hand back or be told to stop.</summary>
    private bool IsBeforeDelivery =>
        State is JobState.Placed or JobState.PaymentRequired or JobState.Open or JobState.InProgress
        // A question about a revision holds a job that was delivered before.
        || (State == JobState.OnHold && DeliveryId is null);

    /// <summary>Takes note of the marketplace's version; false for what is stale or comes after the end.</summary>
    private bool IsNews(int version)
    {
        if (version <= MarketplaceVersion || State.IsFinal())
        {
            return false;
        }

        MarketplaceVersion = version;
        return true;
    }

    /// <summary>
    /// The time without money is the merchant's. Both times are needed and come in any order; whatever happened since, the promise moves by as much, as it
    /// does in the marketplace.
    /// </summary>
    private void MoveByUnpaidTime()
    {
        if (FundedAt - DeclinedAt is { } unpaid && unpaid > TimeSpan.Zero)
        {
            DeliverBy += unpaid;
        }
    }

    private void ReachFunding(DateTimeOffset at)
    {
        // In any later state it was implied by a fact that overtook it.
        if (State is JobState.Placed or JobState.PaymentRequired)
        {
            Step("job.funded", JobState.Open, at);
        }
    }

    /// <summary>Tells every step that is still missing until translators can see the job.</summary>
    private void ReachPool(DateTimeOffset at)
    {
        ReachFunding(at);
        if (State is JobState.InProgress or JobState.OnHold)
        {
            Release(at);
        }

        if (!Opened)
        {
            Opened = true;
            Step("job.open", JobState.Open, at);
        }
    }

    /// <summary>Tells every step that is still missing until this translator holds the job.</summary>
    private void ReachHolder(Guid translatorId, string? displayName, DateTimeOffset at)
    {
        if (State is not (JobState.InProgress or JobState.OnHold) || TranslatorId != translatorId)
        {
            ReachPool(at);
            Hold(translatorId, displayName, at);
        }
    }

    private void Hold(Guid? translatorId, string? displayName, DateTimeOffset at)
    {
        TranslatorId = translatorId;
        TranslatorName = displayName;
        Step("job.claimed", JobState.InProgress, at);
    }

    private void Release(DateTimeOffset at)
    {
        TranslatorId = null;
        TranslatorName = null;
        Step("job.released", JobState.Open, at);
    }
}
