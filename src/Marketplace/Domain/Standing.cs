namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// What decides a translator's place in the order of offers. A row of its own: it is changed after the job's row, her own row is locked before it, and
/// nobody waits for it while offering.
/// </summary>
public sealed class Standing
{
    public required Guid TranslatorId { get; init; }

    /// <summary>Since when she has been neither asked first nor taken a job.</summary>
    public required DateTimeOffset WaitsSince { get; set; }

    /// <summary>Jobs taken, but for those handed back without a trace.</summary>
    public int Claims { get; private set; }

    /// <summary>Jobs taken and left until their lease ended.</summary>
    public int Lapses { get; private set; }

    public int Ratings { get; private set; }

    public int RatingSum { get; private set; }
}
