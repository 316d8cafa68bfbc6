namespace Zweizeiler.Orders.Domain;

/// <summary>What the job counts towards the spending limit of the key that placed it.</summary>
public sealed partial class Job
{
    /// <summary>The API key that placed the job.</summary>
    public Guid? KeyId { get; private set; }

    /// <summary>In which window of its key's limit the job counts; null if the key has none.</summary>
    public string? SpentIn { get; private set; }

    /// <summary>What of it is counted there.</summary>
    public long SpentCents { get; private set; }

    private bool IsReleased => State is JobState.PaymentRequired or JobState.Cancelled or JobState.Expired or JobState.Refunded;

    public void PlacedWith(Guid keyId, SpendingWindow? window = null)
    {
        KeyId = keyId;
        SpentIn = window?.Name;
        Recount();
    }

    /// <summary>
    /// Takes note of what the job counts in its present state and returns the difference to what it counted before: a released job counts nothing,
    /// and one that is funded after all counts again.
    /// </summary>
    public long Recount()
    {
        var before = SpentCents;
        SpentCents = SpentIn is null || IsReleased ? 0 : Price.NetCents + Price.TaxCents;
        return SpentCents - before;
    }
}
