using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>
/// A job as its merchant sees it. What other services did arrives as facts, in any order and sometimes twice: a later fact implies the earlier
/// ones, a stale one changes nothing. What the merchant wants arrives as commands, which are refused where the state forbids them.
/// </summary>
public sealed partial class Job : IListed
{
    /// <summary>After this time without objection a delivery counts as accepted.</summary>
    public static readonly TimeSpan ReviewTime = TimeSpan.FromHours(48);

    private readonly List<JobStep> _steps = [];

    private Job()
    {
    }

    public Guid Id { get; private set; }

    public Guid MerchantId { get; private set; }

    public string Mode { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public string Source { get; private set; } = "";

    public string Target { get; private set; } = "";

    public string Urgency { get; private set; } = "";

    public PriceFacts Price { get; private set; } = null!;

    public DateTimeOffset DeliverBy { get; private set; }

    public Guid? CaseId { get; private set; }

    public string? Reference { get; private set; }

    public string? CostCentre { get; private set; }

    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>
    /// Fingerprint of what was ordered, by which an exact repetition is known (128 bits of a hash keyed with the merchant's data key). Null for
    /// kinds that are not repeated, and for jobs that are not to count as delivered before.
    /// </summary>
    public Guid? RepetitionKey { get; private set; }

    public JobState State { get; private set; }

    /// <summary>Number of the last step; also the version for ETags and optimistic concurrency.</summary>
    public int Sequence { get; private set; }

    /// <summary>The newest marketplace version seen; what is not newer is stale.</summary>
    public int MarketplaceVersion { get; private set; }

    /// <summary>Whether <c>job.open</c> was told; a job that comes back to the pool is not opened a second time.</summary>
    public bool Opened { get; private set; }

    public Guid? TranslatorId { get; private set; }

    public string? TranslatorName { get; private set; }

    public Guid? DeliveryId { get; private set; }

    /// <summary>The marketplace's version of the newest delivery: questions asked before it wait for no answer any more.</summary>
    public int DeliveredVersion { get; private set; }

    /// <summary>When the delivery counts as accepted by itself.</summary>
    public DateTimeOffset? AcceptanceDueAt { get; private set; }

    /// <summary>What was left until then when a revision stopped the clock; it goes on with the next delivery.</summary>
    public TimeSpan? ReviewLeft { get; private set; }

    /// <summary>Since when the merchant knows that the first delivery, or the revision that she wants, does not come in time.</summary>
    public DateTimeOffset? DelayedAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>When the merchant asked for the job to be cancelled; null again if that came too late.</summary>
    public DateTimeOffset? CancellationRequestedAt { get; private set; }

    /// <summary>Questions that wait for an answer.</summary>
    public int OpenQuestions { get; private set; }

    /// <summary>Since when the translator cannot go on without an answer.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>The newest complaint; what lists show of it stands here too.</summary>
    public Guid? ComplaintId { get; private set; }

    public ComplaintState? ComplaintState { get; private set; }

    public DateTimeOffset? ComplaintReceivedAt { get; private set; }

    /// <summary>Until when a corrected delivery can come.</summary>
    public DateTimeOffset? CorrectionDueAt { get; private set; }

    /// <summary>Why there is no money for it; null unless it waits for payment.</summary>
    public string? FundingProblem { get; private set; }

    /// <summary>When the money was refused, perhaps before it was there after all.</summary>
    public DateTimeOffset? DeclinedAt { get; private set; }

    /// <summary>When the money was set aside.</summary>
    public DateTimeOffset? FundedAt { get; private set; }

    public int? Rating { get; private set; }

    public bool PreferTranslator { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Steps taken since the job was loaded.</summary>
    public IReadOnlyList<JobStep> Steps => _steps;

    public JobFacts Facts => new(Kind, Mode, Source, Target, Urgency, DeliverBy);

    public JobFiling Filing => new(Reference, CostCentre, CaseId);

    public static Job Place(Guid id, Guid merchantId, string mode, JobTerms terms, DateTimeOffset now)
    {
        var job = new Job
        {
            Id = id,
            MerchantId = merchantId,
            Mode = mode,
            Kind = terms.Kind,
            Source = terms.Source,
            Target = terms.Target,
            Urgency = terms.Urgency,
            Price = terms.Price,
            DeliverBy = terms.DeliverBy,
            Reference = terms.Reference,
            CostCentre = terms.CostCentre,
            Metadata = terms.Metadata,
            RepetitionKey = terms.RepetitionKey,
            CaseId = terms.CaseId,
            CreatedAt = now,
        };
        job.Step("job.placed", JobState.Placed, now);
        return job;
    }

    /// <summary>What the merchant can do now.</summary>
    public IReadOnlyList<string> Possible(DateTimeOffset now) => State switch
    {
        // What was delivered once is not cancelled, also while its writer has a question about a revision.
        JobState.OnHold when DeliveryId is not null => [JobCommand.Write],
        JobState.Placed or JobState.PaymentRequired or JobState.Open or JobState.InProgress or JobState.OnHold =>
            [JobCommand.Cancel, JobCommand.Write],
        JobState.InReview => [JobCommand.Accept, JobCommand.Revise, JobCommand.Reject, JobCommand.Write],
        // A revision that does not come must not leave her without a way out.
        JobState.InRevision when DelayedAt is not null => [JobCommand.Reject, JobCommand.Write],
        JobState.InRevision or JobState.Disputed => [JobCommand.Write],
        JobState.Accepted when ComplaintState is Domain.ComplaintState.Open or Domain.ComplaintState.Corrected => [JobCommand.CloseComplaint],
        JobState.Accepted when WhyNoComplaint(now) is null => [JobCommand.Complain],
        _ => [],
    };

    private void Demand(string command, DateTimeOffset now, string? whyNot = null)
    {
        var possible = Possible(now);
        if (!possible.Contains(command))
        {
            throw new JobStateException(State, command, possible, whyNot);
        }
    }

    private void Step(string type, JobState state, DateTimeOffset at, string? step = null)
    {
        Sequence++;
        State = state;
        Touch(at);
        if (state != JobState.PaymentRequired)
        {
            FundingProblem = null;
        }

        if (state != JobState.OnHold)
        {
            HeldSince = null;
        }

        if (state.IsFinal())
        {
            OpenQuestions = 0;
        }

        _steps.Add(new JobStep(Sequence, type, state, UpdatedAt, step));
    }

    /// <summary>Facts carry their own times; the merchant's view never runs backwards.</summary>
    private void Touch(DateTimeOffset at) => UpdatedAt = at > UpdatedAt ? at : UpdatedAt;
}
