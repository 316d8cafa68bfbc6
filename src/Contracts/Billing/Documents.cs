namespace Zweizeiler.Contracts.Billing;

/// <summary>A merchant's invoice or credit note was issued and cannot change any more.</summary>
/// <param name="InvoiceId">The document.</param>
/// <param name="MerchantId">Whose.</param>
/// <param name="Number">Its number in the series of its year.</param>
/// <param name="Kind"><c>invoice</c> (380) or <c>credit_note</c> (381).</param>
/// <param name="GrossCents">What it comes to in cents, tax included.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="DueOn">Until when it is to be paid; null if nothing is (paid from the balance, or a credit note).</param>
/// <param name="IssuedAt">When, UTC.</param>
public sealed record InvoiceIssued(
    Guid InvoiceId, Guid MerchantId, string Number, string Kind, long GrossCents, string Currency, DateOnly? DueOn, DateTimeOffset IssuedAt);

/// <summary>An invoice is not paid although it is due.</summary>
/// <param name="InvoiceId">The invoice.</param>
/// <param name="MerchantId">Whose.</param>
/// <param name="Number">Its number.</param>
/// <param name="Level">1 for the first reminder, 2 for the second, …</param>
/// <param name="OpenCents">What is still open, in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="DueOn">Since when it is due.</param>
/// <param name="RemindedAt">When, UTC.</param>
public sealed record PaymentReminded(
    Guid InvoiceId, Guid MerchantId, string Number, int Level, long OpenCents, string Currency, DateOnly DueOn, DateTimeOffset RemindedAt);

/// <summary>A bank transfer of a merchant was booked: on an invoice, or on the balance.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="MerchantId">Who paid.</param>
/// <param name="InvoiceNumber">The invoice that it pays; null for a top-up.</param>
/// <param name="Cents">The amount in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="BookedAt">When it was booked, UTC.</param>
public sealed record PaymentReceived(
    Guid PaymentId, Guid MerchantId, string? InvoiceNumber, long Cents, string Currency, DateTimeOffset BookedAt);

/// <summary>A self-billing statement (389) of a translator was issued.</summary>
/// <param name="StatementId">The document.</param>
/// <param name="TranslatorId">Whose.</param>
/// <param name="Number">Its number in the series of its year.</param>
/// <param name="GrossCents">What it comes to in cents, tax included.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IssuedAt">When, UTC.</param>
public sealed record StatementIssued(
    Guid StatementId, Guid TranslatorId, string Number, long GrossCents, string Currency, DateTimeOffset IssuedAt);

/// <summary>What a translator earned was handed to the bank.</summary>
/// <param name="PayoutId">The payout.</param>
/// <param name="TranslatorId">Who gets it.</param>
/// <param name="Cents">The amount in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SentAt">When, UTC.</param>
public sealed record PayoutSent(Guid PayoutId, Guid TranslatorId, long Cents, string Currency, DateTimeOffset SentAt);

/// <summary>A payout came back; the amount is owed again.</summary>
/// <param name="PayoutId">The payout.</param>
/// <param name="TranslatorId">Who did not get it.</param>
/// <param name="Cents">The amount in cents.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reason">The bank's reason code (ISO 20022), for example <c>AC04</c>.</param>
/// <param name="ReturnedAt">When, UTC.</param>
public sealed record PayoutReturned(
    Guid PayoutId, Guid TranslatorId, long Cents, string Currency, string Reason, DateTimeOffset ReturnedAt);
