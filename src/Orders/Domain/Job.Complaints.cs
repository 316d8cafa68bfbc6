namespace Zweizeiler.Orders.Domain;

/// <summary>Complaints about what was accepted: a corrected delivery first, credit where it is due. The job stays <c>accepted</c>.</summary>
public sealed partial class Job
{
    public static readonly TimeSpan ComplaintTime = TimeSpan.FromDays(30);

    public static readonly TimeSpan CorrectionTime = TimeSpan.FromHours(24);

    /// <exception cref="JobStateException">The job is not accepted, or too long ago, or a complaint is not decided yet.</exception>
    public Complaint Complain(Guid id, DateTimeOffset now)
    {
        Demand(JobCommand.Complain, now, WhyNoComplaint(now));
        var complaint = new Complaint
        {
            Id = id,
            JobId = Id,
            MerchantId = MerchantId,
            Mode = Mode,
            DeliveryId = DeliveryId!.Value,
            TranslatorId = TranslatorId!.Value,
            ReceivedAt = now,
            CorrectionDueAt = now + CorrectionTime,
        };
        ComplaintId = id;
        ComplaintReceivedAt = now;
        CorrectionDueAt = complaint.CorrectionDueAt;
        Tell(complaint, "job.complaint", now);
        return complaint;
    }

    /// <summary>The merchant is satisfied, or not even by the corrected delivery: then a second translator rules.</summary>
    /// <exception cref="JobStateException">There is no complaint to close, or the corrected delivery is still due.</exception>
    public void Close(Complaint complaint, bool satisfied, DateTimeOffset now)
    {
        Demand(JobCommand.CloseComplaint, now);
        if (satisfied)
        {
            complaint.Decide(Domain.ComplaintState.Satisfied, now);
            Tell(complaint, "job.complaint_satisfied", now);
        }
        else if (complaint.Contest())
        {
            ComplaintState = complaint.State;
            Touch(now);
        }
        else
        {
            throw new JobStateException(
                State, JobCommand.CloseComplaint, Possible(now),
                $"A corrected delivery is due until {complaint.CorrectionDueAt:u}; before it the complaint can only be closed with 'satisfied': true.");
        }
    }

    /// <summary>A corrected delivery came.</summary>
    public void Corrected(Complaint complaint, Guid deliveryId, Guid translatorId, DateTimeOffset at)
    {
        if (complaint.Correct(deliveryId, translatorId))
        {
            // The last delivery counts: what is said from now on is said about it.
            DeliveryId = deliveryId;
            Tell(complaint, "job.corrected", at);
        }
    }

    /// <summary>No corrected delivery came in time. False if there is nothing overdue (any more).</summary>
    public bool CreditOverdue(Complaint complaint, DateTimeOffset now)
    {
        if (complaint.State != Domain.ComplaintState.Open || complaint.CorrectionDueAt > now)
        {
            return false;
        }

        complaint.Decide(Domain.ComplaintState.Credited, now);
        Tell(complaint, "job.credited", now);
        return true;
    }

    /// <summary>A second translator ruled on the complaint. False if there is nothing (any more) to rule on.</summary>
    public bool RuledOn(Complaint complaint, bool deliveryStands, DateTimeOffset at)
    {
        if (complaint.State != Domain.ComplaintState.Contested)
        {
            return false;
        }

        complaint.Decide(deliveryStands ? Domain.ComplaintState.Dismissed : Domain.ComplaintState.Credited, at);
        Tell(complaint, deliveryStands ? "job.complaint_dismissed" : "job.credited", at);
        return true;
    }

    private void Tell(Complaint complaint, string step, DateTimeOffset at)
    {
        ComplaintState = complaint.State;
        if (complaint.State == Domain.ComplaintState.Credited)
        {
            // What was paid back was no good: the same text, ordered again, is no repetition of it.
            RepetitionKey = null;
        }

        Step(step, State, at);
    }

    /// <summary>Null if the merchant may complain, as far as it is not a matter of the job's state.</summary>
    private string? WhyNoComplaint(DateTimeOffset now) => State != JobState.Accepted ? null : ComplaintState switch
    {
        Domain.ComplaintState.Open or Domain.ComplaintState.Corrected => "There is a complaint already; it is to be closed first.",
        Domain.ComplaintState.Contested => "There is a complaint already; a second translator rules on it.",
        Domain.ComplaintState.Credited => "What the job cost was credited already.",
        _ when now > (AcceptedAt ?? UpdatedAt) + ComplaintTime => $"A complaint is possible for {ComplaintTime.Days} days after acceptance.",
        _ => null,
    };
}
