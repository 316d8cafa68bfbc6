using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

public sealed partial class BillingResource
{
    private const string ProfilePath = "v1/billing-profile";

    /// <summary>Name and address as they stand on invoices; they have a tag also before anything was saved.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<BillingProfile> GetProfileAsync(CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(ProfilePath, ApiJson.Default.BillingProfile, cancellationToken);

    /// <summary>
    /// Replaces the billing profile as a whole. Invoices that are issued from now on have it; those that waited for an address are issued within
    /// minutes. Needs a live key; refused with 412 if somebody else has changed it since it was read.
    /// </summary>
    /// <param name="eTag"><see cref="BillingProfile.ETag"/> of the profile as it was read.</param>
    /// <param name="profile">All of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<BillingProfile> ReplaceProfileAsync(string eTag, NewBillingProfile profile, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Put, ProfilePath, eTag, profile, ApiJson.Default.NewBillingProfile, ApiJson.Default.BillingProfile, cancellationToken);
}

/// <summary>Who you are on invoices.</summary>
public sealed record BillingProfile : ITagged<BillingProfile>
{
    /// <summary>Name on invoices.</summary>
    public required string LegalName { get; init; }

    /// <summary>Street and house number.</summary>
    public required string Street { get; init; }

    /// <summary>Post code.</summary>
    public required string PostCode { get; init; }

    /// <summary>City.</summary>
    public required string City { get; init; }

    /// <summary>ISO 3166-1 alpha-2; the account's.</summary>
    public required string Country { get; init; }

    /// <summary>The account's VAT id.</summary>
    public string? VatId { get; init; }

    /// <summary>What you want to find on every invoice, for example a routing id (Leitweg-ID).</summary>
    public string? BuyerReference { get; init; }

    /// <summary>Under which we keep you.</summary>
    public required string CustomerNumber { get; init; }

    /// <summary>Whether invoices can be made out; without an address they wait.</summary>
    public bool Complete { get; init; }

    /// <summary>Needed to replace it.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    BillingProfile ITagged<BillingProfile>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>A billing profile to be saved.</summary>
public sealed record NewBillingProfile
{
    /// <summary>Name on invoices. Null: the account's name.</summary>
    public string? LegalName { get; init; }

    /// <summary>Street and house number.</summary>
    public string? Street { get; init; }

    /// <summary>Post code.</summary>
    public string? PostCode { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>What you want to find on every invoice. Null: your customer number.</summary>
    public string? BuyerReference { get; init; }
}
