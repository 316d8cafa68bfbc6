namespace Zweizeiler.Marketplace.Features.Money;

// What Billing shows, as far as pages say it. Amounts are cents.

/// <summary>A merchant's money.</summary>
public sealed record MerchantRow(
    Guid MerchantId, string CustomerNumber, string Name, long Balance, long Reserved, long CreditLimit, long OpenInvoices, string TopUpReference);

/// <summary>A transfer that a person must look at.</summary>
public sealed record UnmatchedRow(
    string Id, long Cents, DateOnly BookedOn, IReadOnlyList<string> References, string Finding, string? PayerName, string? PayerIban, string Text);

/// <summary>How far a month is.</summary>
public sealed record MonthRow(string Month, int Done, int Waiting, IReadOnlyList<BlockedRow> Blocked, int ToWrite, int Issued, int Voided);

/// <summary>A paper that cannot be made yet, and why.</summary>
public sealed record BlockedRow(string Owner, Guid OwnerId, string Reason);

/// <summary>An order to the bank.</summary>
public sealed record OrderRow(Guid Id, DateOnly Week, int Number, int Count, long Cents, int Sent, int Paid, int Returned, DateTimeOffset CreatedAt);

/// <summary>A payout, as operators see it.</summary>
public sealed record PayoutRow(string Id, Guid TranslatorId, long Cents, string State, string? ReturnReason, string Account, Guid OrderId, DateTimeOffset SentAt);

/// <summary>What is owed to a translator.</summary>
public sealed record OwedRow(Guid TranslatorId, string SupplierNumber, string Name, long Owed, bool CanBePaid, IReadOnlyList<string> Faults, bool AccountRefused);

/// <summary>The sum of one of the platform's accounts.</summary>
public sealed record AccountRow(string Account, long Cents);

/// <summary>A version of the price list.</summary>
public sealed record PriceListRow(string Version, string Status, DateTimeOffset? ValidFrom, DateTimeOffset? ActivatedAt);

/// <summary>What an operator did about money.</summary>
public sealed record ActionRow(Guid Id, Guid OperatorId, string Action, Guid SubjectId, string Reason, DateTimeOffset DoneAt);

/// <summary>What came of a file of the bank's.</summary>
public sealed record BankFileRow(
    string Form, bool AlreadyImported, int Booked, int Unmatched, int Known, int Outgoing, int NotBooked, int PayoutsPaid, int PayoutsReturned, int PayoutsUnknown);

/// <summary>A translator's own money.</summary>
public sealed record OwnPapers(
    long Owed, Outlook Outlook, long MinimumPayout, bool HasDetails, int DetailsVersion, IReadOnlyList<string> DetailsFaults, bool AccountRefused,
    IReadOnlyList<OwnStatement> Statements, IReadOnlyList<OwnPayout> Payouts);

/// <summary>When what is owed is paid, or what keeps it back.</summary>
public sealed record Outlook(string State, DateTimeOffset? At);

/// <summary>A statement of hers.</summary>
public sealed record OwnStatement(Guid Id, string Number, string Month, DateOnly IssuedOn, int Lines, long Net, long Tax, long Gross);

/// <summary>A payout of hers.</summary>
public sealed record OwnPayout(Guid Id, long Cents, string State, string? ReturnReason, string Account, DateTimeOffset SentAt);

/// <summary>Her details, of the account only its end.</summary>
public sealed record OwnDetails(
    int Version, DateTimeOffset GivenAt, string LegalName, string Street, string PostCode, string City, string Country, string Scheme, string? TaxNumber,
    string? VatId, string AccountHolder, string Account, string? Bic, IReadOnlyList<string> Faults);
