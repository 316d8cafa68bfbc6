namespace Zweizeiler.Billing.Domain;

public enum JobState
{
    /// <summary>Paid for out of a reservation (or, in test mode, without money); waits to be done.</summary>
    Funded,

    /// <summary>Not paid for; nobody is asked to do it.</summary>
    Declined,

    /// <summary>Done, charged, and the translator credited.</summary>
    Charged,
}

/// <summary>What Billing keeps of a job: enough to charge it and to write its line on the invoice, and nothing of its text.</summary>
public sealed class Job
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Kind { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    public string? Reference { get; init; }

    public string? CostCentre { get; init; }

    public required JobAmounts Price { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public JobState State { get; private set; } = JobState.Funded;

    /// <summary>Why it was declined, as the public API names it.</summary>
    public string? DeclineReason { get; private set; }

    /// <summary>What was set aside; 0 in test mode and when declined.</summary>
    public long ReservedCents { get; private set; }

    public bool IsLive => Mode == "live";

    public void Reserve(long cents) => ReservedCents = cents;

    public void Decline(string reason) => (State, DeclineReason) = (JobState.Declined, reason);

    /// <exception cref="InvalidOperationException">It is not funded, or more would be taken than was set aside (promise 1).</exception>
    public void Charge(long grossCents)
    {
        if (State != JobState.Funded || grossCents > ReservedCents)
        {
            throw new InvalidOperationException($"A job that is {State} cannot be charged this amount.");
        }

        State = JobState.Charged;
    }
}

/// <summary>The price that a job was placed at, found right by Billing.</summary>
public sealed record JobAmounts(
    string PriceList,
    int BilledLines,
    int RatePerLine,
    decimal UrgencyFactor,
    long NetCents,
    string Currency,
    string TaxCategory,
    decimal TaxRate,
    long TaxCents,
    long TranslatorFeeCents)
{
    public long GrossCents => checked(NetCents + TaxCents);
}

/// <summary>A delivery was accepted. Kept by itself, because the news of it can arrive before that of the job.</summary>
public sealed class Acceptance
{
    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required Guid TranslatorId { get; init; }

    public required Guid DeliveryId { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }
}
