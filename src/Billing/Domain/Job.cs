namespace Zweizeiler.Billing.Domain;

public enum JobState
{
    /// <summary>Paid for out of a reservation (or, in test mode, without money); waits to be done.</summary>
    Funded,

    /// <summary>Not paid for; nobody is asked to do it.</summary>
    Declined,

    /// <summary>Done, or cancelled after work began: charged, and the translator credited.</summary>
    Charged,

    /// <summary>Came to nothing: cancelled before work began, expired or refunded. Nothing is charged, the reservation is released.</summary>
    Released,

    /// <summary>Charged, and the merchant has her money back after a complaint.</summary>
    Credited,
}

/// <summary>What Billing keeps of a job: enough to charge it and to write its line on the invoice, and nothing of its text.</summary>
public sealed class Job
{
    /// <summary>The one reason to decline that money can mend.</summary>
    public const string BalanceInsufficient = "balance.insufficient";

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Kind { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    public required string Urgency { get; init; }

    public string? Reference { get; init; }

    public string? CostCentre { get; init; }

    public required JobAmounts Price { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public JobState State { get; private set; } = JobState.Funded;

    /// <summary>Why it was declined, as the public API names it.</summary>
    public string? DeclineReason { get; private set; }

    /// <summary>Since when it waits for the merchant's balance to cover it; null when it does not wait, or waits in vain.</summary>
    public DateTimeOffset? WaitsSince { get; private set; }

    /// <summary>What was set aside; 0 in test mode and when declined.</summary>
    public long ReservedCents { get; private set; }

    /// <summary>What was charged; null as long as nothing is.</summary>
    public JobCharge? Charged { get; private set; }

    /// <summary>What the platform has added to the translator's fee.</summary>
    public long RaisedCents { get; private set; }

    public bool IsLive => Mode == "live";

    /// <summary>What was charged, also of a job that was charged before it was kept: as it was priced, since nothing else was possible then.</summary>
    public JobCharge? ChargedAs => Charged ?? (State == JobState.Charged ? JobCharge.Whole(Price) : null);

    public void Reserve(long cents) => ReservedCents = cents;

    public void Decline(string reason) => (State, DeclineReason) = (JobState.Declined, reason);

    /// <summary>The balance does not cover it yet: it is funded as soon as it does.</summary>
    public void AwaitMoney(DateTimeOffset now)
    {
        Decline(BalanceInsufficient);
        WaitsSince = now;
    }

    /// <summary>The money that it waited for is set aside.</summary>
    /// <exception cref="InvalidOperationException">It does not wait.</exception>
    public void FundAfterAll(long cents)
    {
        StopWaiting();
        (State, DeclineReason) = (JobState.Funded, null);
        Reserve(cents);
    }

    /// <summary>It ended meanwhile: no money is set aside for it any more.</summary>
    /// <exception cref="InvalidOperationException">It does not wait.</exception>
    public void StopWaiting() => WaitsSince = WaitsSince is not null
        ? null
        : throw new InvalidOperationException($"A job that is {State} does not wait for money.");

    /// <exception cref="InvalidOperationException">It is not funded, or more would be taken than was set aside (promise 1).</exception>
    public void Charge(JobCharge charge)
    {
        if (State != JobState.Funded || charge.GrossCents > ReservedCents)
        {
            throw new InvalidOperationException($"A job that is {State} cannot be charged this amount.");
        }

        (State, Charged) = (JobState.Charged, charge);
    }

    /// <exception cref="InvalidOperationException">It is not funded.</exception>
    public void Release() => State = State == JobState.Funded
        ? JobState.Released
        : throw new InvalidOperationException($"A job that is {State} has nothing to release.");

    /// <exception cref="InvalidOperationException">Nothing was charged, or it was credited before.</exception>
    public void Credit() => State = State == JobState.Charged
        ? JobState.Credited
        : throw new InvalidOperationException($"A job that is {State} cannot be credited.");

    /// <exception cref="InvalidOperationException">Nobody has earned anything yet.</exception>
    public void Raise(long cents) => RaisedCents = State is JobState.Charged or JobState.Credited && cents > 0
        ? checked(RaisedCents + cents)
        : throw new InvalidOperationException($"The fee of a job that is {State} cannot be raised by this amount.");
}

/// <summary>The price that a job was placed at, found right by Billing.</summary>
/// <param name="PriceList">Version of the price list, by which the job is charged too.</param>
/// <param name="Lines">Counted lines, the ordered maximum of a formulation, or base and most minutes of a call.</param>
/// <param name="MinimumLines">The job's share of the minimum.</param>
/// <param name="BilledLines">Lines, or the share of the minimum if that is more.</param>
/// <param name="RatePerLine">Cents.</param>
/// <param name="UrgencyFactor">For example 1.25.</param>
/// <param name="RepetitionFactor">1, or the share that an exact repetition costs.</param>
/// <param name="NetCents">Net price: the most that is ever charged.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TaxCategory">EN 16931 category code.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="TaxCents">Tax on this job alone.</param>
/// <param name="TranslatorFeeCents">The translator's share of the net.</param>
public sealed record JobAmounts(
    string PriceList,
    int Lines,
    int MinimumLines,
    int BilledLines,
    int RatePerLine,
    decimal UrgencyFactor,
    decimal RepetitionFactor,
    long NetCents,
    string Currency,
    string TaxCategory,
    decimal TaxRate,
    long TaxCents,
    long TranslatorFeeCents)
{
    public long GrossCents => checked(NetCents + TaxCents);
}

/// <summary>What a job was charged at in the end.</summary>
/// <param name="BilledLines">Lines that are charged.</param>
/// <param name="NetCents">Net.</param>
/// <param name="TaxCents">Tax on this job alone.</param>
/// <param name="FeeCents">The translator's part of the net, without raises.</param>
/// <param name="Share">1 for a job that was done; less for one that was cancelled after work began.</param>
public sealed record JobCharge(int BilledLines, long NetCents, long TaxCents, long FeeCents, decimal Share)
{
    public static JobCharge Whole(JobAmounts price) => new(price.BilledLines, price.NetCents, price.TaxCents, price.TranslatorFeeCents, 1m);

    public long GrossCents => checked(NetCents + TaxCents);
}
