namespace Zweizeiler.Contracts.Billing;

/// <summary>The price was found right to the cent and is reserved; the job may be offered.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="ReservedCents">Gross amount reserved in cents; 0 in test mode.</param>
/// <param name="TranslatorFeeCents">What the translator will earn, in cents.</param>
/// <param name="FundedAt">When, UTC.</param>
public sealed record JobFunded(Guid JobId, Guid MerchantId, long ReservedCents, long TranslatorFeeCents, DateTimeOffset FundedAt);

/// <summary>
/// The job cannot be paid for, so nobody is asked to do it. For want of money this may change: <see cref="JobFunded"/> follows when the balance covers it.
/// The promise moves by the time between the two.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Reason"><c>balance.insufficient</c>, <c>price.mismatch</c> or <c>merchant.unknown</c>.</param>
/// <param name="DeclinedAt">When, UTC.</param>
public sealed record JobFundingDeclined(Guid JobId, Guid MerchantId, string Reason, DateTimeOffset DeclinedAt);
