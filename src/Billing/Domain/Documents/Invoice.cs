namespace Zweizeiler.Billing.Domain.Documents;

public enum InvoiceKind
{
    /// <summary>A month's charges.</summary>
    Invoice,

    /// <summary>A month's credits.</summary>
    CreditNote,

    /// <summary>Takes a whole invoice back, so that a corrected one can follow.</summary>
    Cancellation,
}

public enum InvoiceState
{
    /// <summary>Has its number and everything that it says, and is being written.</summary>
    Numbered,

    /// <summary>Written, and told. It never changes any more.</summary>
    Issued,

    /// <summary>Had a number and was never written; says why.</summary>
    Voided,

    /// <summary>Issued, and taken back by a cancellation.</summary>
    Cancelled,
}

/// <summary>A merchant's invoice or credit note. What it says is kept here, so that writing it can be repeated until it succeeds.</summary>
public sealed class Invoice
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    /// <summary>First day of its month.</summary>
    public required DateOnly Month { get; init; }

    public required InvoiceKind Kind { get; init; }

    /// <summary>Lines outside the scope of tax stand on a paper of their own (EN 16931 BR-O-11).</summary>
    public required bool OutsideScope { get; init; }

    public required string Number { get; init; }

    public InvoiceState State { get; private set; } = InvoiceState.Numbered;

    public required string Language { get; init; }

    public required Party Seller { get; init; }

    public required Party Buyer { get; init; }

    public required string CustomerNumber { get; init; }

    public required IReadOnlyList<string> Corrects { get; init; }

    public string? Note { get; init; }

    /// <summary>The invoice that a cancellation takes back, or that a corrected one takes the place of.</summary>
    public Guid? OfInvoiceId { get; init; }

    public required int LineCount { get; init; }

    public required IReadOnlyList<TaxSum> Taxes { get; init; }

    public required long NetCents { get; init; }

    public required long TaxCents { get; init; }

    public required long GrossCents { get; init; }

    /// <summary>What the platform bears so that nobody pays more than was quoted; zero or less.</summary>
    public required long RoundingCents { get; init; }

    /// <summary>What was to be paid by transfer when it was issued.</summary>
    public required long DueCents { get; init; }

    /// <summary>What of it is still open.</summary>
    public long OpenCents { get; private set; }

    public required DateOnly IssuedOn { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>ISO 11649.</summary>
    public required string PaymentReference { get; init; }

    public required PaymentTarget? PayTo { get; init; }

    public required DateTimeOffset NumberedAt { get; init; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public string? VoidReason { get; private set; }

    public int ReminderLevel { get; private set; }

    public DateTimeOffset? NextReminderAt { get; private set; }

    public bool IsCredit => Kind != InvoiceKind.Invoice;

    public PaperSums Sums => new(Taxes, GrossCents + RoundingCents - DueCents, RoundingCents);

    /// <summary>What is open when it is issued, and when the first reminder would be due.</summary>
    public void Open(long cents, DateTimeOffset? firstReminder) => (OpenCents, NextReminderAt) = (cents, cents > 0 ? firstReminder : null);

    /// <exception cref="InvalidOperationException">It is not waiting to be written.</exception>
    public void Issue(DateTimeOffset now) => (State, IssuedAt) = State == InvoiceState.Numbered
        ? (InvoiceState.Issued, now)
        : throw new InvalidOperationException($"An invoice that is {State} cannot be issued.");

    /// <exception cref="InvalidOperationException">Somebody may have it already.</exception>
    public void Void(string reason)
    {
        if (State != InvoiceState.Numbered)
        {
            throw new InvalidOperationException($"An invoice that is {State} cannot be voided.");
        }

        (State, VoidReason) = (InvoiceState.Voided, reason);
        Open(0, null);
    }

    /// <exception cref="InvalidOperationException">Only an issued invoice can be taken back.</exception>
    public void Cancel()
    {
        if (State != InvoiceState.Issued || Kind != InvoiceKind.Invoice)
        {
            throw new InvalidOperationException($"A {Kind} that is {State} cannot be cancelled.");
        }

        State = InvoiceState.Cancelled;
        Open(0, null);
    }

    /// <summary>Something of it was paid, or covered by what the merchant got back.</summary>
    /// <returns>What of <paramref name="cents"/> it took.</returns>
    public long Settle(long cents)
    {
        var taken = Math.Clamp(cents, 0, OpenCents);
        OpenCents -= taken;
        if (OpenCents == 0)
        {
            NextReminderAt = null;
        }

        return taken;
    }

    public void Remind(DateTimeOffset? next) => (ReminderLevel, NextReminderAt) = (ReminderLevel + 1, next);
}

/// <summary>Which lines a paper has, in which order. A line can stand on an invoice, on its cancellation, and on the corrected invoice.</summary>
public sealed class PaperEntry
{
    public required Guid PaperId { get; init; }

    public required int Position { get; init; }

    public required Guid LineId { get; init; }
}
