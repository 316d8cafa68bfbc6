namespace Zweizeiler.Marketplace.Domain;

/// <summary>How long a job is offered to one translator alone, and to how many in turn before everybody may take it.</summary>
public sealed record OfferRules
{
    public const string Section = "Offers";

    /// <summary>All windows together never take more than this share of the time to the promise.</summary>
    private const double LargestShare = 0.1;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>0: every job is open to all at once.</summary>
    public int Turns { get; init; } = 3;

    /// <summary>A window that nobody worked off for so long after its end keeps the job from nobody any more.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    public OfferRules Checked() =>
        Window > TimeSpan.Zero && Turns is >= 0 and <= 20 && Grace >= TimeSpan.Zero
            ? this
            : throw new InvalidOperationException($"{Section}: Window longer than zero, Turns from 0 to 20, Grace not negative.");

    /// <summary>Until when a window that opens now lasts; shorter for a job that is promised soon.</summary>
    public DateTimeOffset Until(DateTimeOffset now, DateTimeOffset deliverBy)
    {
        var share = (deliverBy - now) * (LargestShare / Math.Max(1, Turns));
        return now + (share > TimeSpan.Zero && share < Window ? share : Window);
    }
}
