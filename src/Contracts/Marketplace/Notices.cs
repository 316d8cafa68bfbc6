namespace Zweizeiler.Contracts.Marketplace;

/// <summary>A job is offered to one translator before anybody else.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TranslatorId">To whom.</param>
/// <param name="Facts">What it is.</param>
/// <param name="FeeCents">What she would earn, in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ExclusiveUntil">Until when nobody else is asked, UTC.</param>
/// <param name="OfferedAt">When, UTC.</param>
public sealed record OfferMade(
    Guid JobId, Guid TranslatorId, JobFacts Facts, long FeeCents, string Currency, DateTimeOffset ExclusiveUntil, DateTimeOffset OfferedAt);

/// <summary>A translator's claim will end soon, and nothing was delivered yet.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TranslatorId">Who holds it.</param>
/// <param name="LeaseUntil">When the claim ends, UTC.</param>
/// <param name="NoticedAt">When, UTC.</param>
public sealed record LeaseEnding(Guid JobId, Guid TranslatorId, DateTimeOffset LeaseUntil, DateTimeOffset NoticedAt);

/// <summary>Something about a portal account that its owner must get by mail, whatever her preferences.</summary>
/// <param name="NoticeId">The notice; each is sent once.</param>
/// <param name="Kind">
/// <c>confirm_email</c>, <c>reset_password</c>, <c>invitation</c>, <c>application_accepted</c>, <c>application_declined</c>, <c>pair_enabled</c>,
/// <c>pair_declined</c> or <c>sign_in_changed</c> (password, passkey or second factor).
/// </param>
/// <param name="Email">Where it goes; not necessarily the address of a registered translator.</param>
/// <param name="DisplayName">How she is addressed; null if it is not known yet.</param>
/// <param name="Locale"><c>de</c> or <c>en</c>.</param>
/// <param name="Link">A <see cref="AccountNoticeContent"/> as JSON, sealed under the notice's id, if the mail leads somewhere.</param>
/// <param name="DataKey">The key that it is sealed with, wrapped; used for this notice only.</param>
/// <param name="ValidUntil">When the link ends, UTC.</param>
/// <param name="RequestedAt">When, UTC.</param>
public sealed record AccountNotice(
    Guid NoticeId,
    string Kind,
    string Email,
    string? DisplayName,
    string Locale,
    SealedText? Link,
    WrappedDataKey? DataKey,
    DateTimeOffset? ValidUntil,
    DateTimeOffset RequestedAt);

/// <summary>The confidential part of an account notice. It travels and rests sealed only.</summary>
/// <param name="Path">Where the mail leads, relative to the public address of the portal; it may open an account, so nobody else may see it.</param>
/// <param name="Note">A word of the operator, or the pair in question (<c>de-fr</c>).</param>
public sealed record AccountNoticeContent(string? Path, string? Note);
