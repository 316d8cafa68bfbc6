namespace Zweizeiler.Contracts.Marketplace;

/// <summary>The job is on offer to translators.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job, growing with each step there; tells late messages from new ones.</param>
/// <param name="OfferedAt">When, UTC.</param>
public sealed record JobOffered(Guid JobId, Guid MerchantId, int Version, DateTimeOffset OfferedAt);

/// <summary>A translator took the job; nobody else can hold it until the lease ends.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="TranslatorId">Who holds it.</param>
/// <param name="DisplayName">The name that the merchant sees.</param>
/// <param name="LeaseUntil">When the claim ends unless it is extended, UTC.</param>
/// <param name="ClaimedAt">When, UTC.</param>
public sealed record JobClaimed(
    Guid JobId,
    Guid MerchantId,
    int Version,
    Guid TranslatorId,
    string DisplayName,
    DateTimeOffset LeaseUntil,
    DateTimeOffset ClaimedAt);

/// <summary>The job went back to the pool.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="Reason"><c>handed_back</c> or <c>lease_expired</c>.</param>
/// <param name="ReleasedAt">When, UTC.</param>
public sealed record JobReleased(Guid JobId, Guid MerchantId, int Version, string Reason, DateTimeOffset ReleasedAt);
