namespace Zweizeiler.Orders.Domain;

/// <summary>What the merchant says of a delivery.</summary>
public sealed partial class Job
{
    /// <exception cref="JobStateException">There is no delivery under review.</exception>
    public void Accept(Acceptance acceptance, DateTimeOffset now)
    {
        Demand(JobCommand.Accept, now);
        Rating = acceptance.Rating;
        PreferTranslator = acceptance.PreferTranslator;
        Accepted(now);
    }

    /// <summary>The translator changes what the merchant marked; until then the time for objections stands still.</summary>
    /// <exception cref="JobStateException">There is no delivery under review.</exception>
    public void RequestRevision(DateTimeOffset now)
    {
        Demand(JobCommand.Revise, now);
        ReviewLeft = AcceptanceDueAt > now ? AcceptanceDueAt - now : TimeSpan.Zero;
        AcceptanceDueAt = null;
        DelayedAt = null;
        Step("job.revision_requested", JobState.InRevision, now);
    }

    /// <summary>A second translator has to rule on the newest delivery.</summary>
    /// <exception cref="JobStateException">There is no delivery under review, and no revision is overdue.</exception>
    public void Reject(DateTimeOffset now)
    {
        Demand(JobCommand.Reject, now);
        AcceptanceDueAt = null;
        Step("job.rejected", JobState.Disputed, now);
    }

    /// <summary>A second translator ruled on the rejection. False if there is none (any more) to rule on.</summary>
    public bool Ruled(int version, bool deliveryStands, DateTimeOffset at)
    {
        if (State != JobState.Disputed)
        {
            return false;
        }

        MarketplaceVersion = Math.Max(MarketplaceVersion, version);
        if (deliveryStands)
        {
            Accepted(at);
        }
        else
        {
            Step("job.refunded", JobState.Refunded, at);
        }

        return true;
    }

    private void Accepted(DateTimeOffset at)
    {
        AcceptanceDueAt = null;
        Step("job.accepted", JobState.Accepted, at);
        AcceptedAt = UpdatedAt;
    }
}
