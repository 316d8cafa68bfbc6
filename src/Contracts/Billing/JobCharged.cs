namespace Zweizeiler.Contracts.Billing;

/// <summary>The merchant was charged for a job, never more than was reserved; the rest of the reservation is released.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Who was charged.</param>
/// <param name="NetCents">Net amount in cents.</param>
/// <param name="TaxCents">Tax in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ChargedAt">When, UTC.</param>
public sealed record JobCharged(Guid JobId, Guid MerchantId, long NetCents, long TaxCents, string Currency, DateTimeOffset ChargedAt);

/// <summary>A translator earned the fee for a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TranslatorId">Who earned it.</param>
/// <param name="FeeCents">The fee in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="CreditedAt">When, UTC.</param>
public sealed record EarningCredited(Guid JobId, Guid TranslatorId, long FeeCents, string Currency, DateTimeOffset CreditedAt);
