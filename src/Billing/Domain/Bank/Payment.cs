namespace Zweizeiler.Billing.Domain.Bank;

public enum PaymentState
{
    /// <summary>On the merchant's balance.</summary>
    Booked,

    /// <summary>At the bank, and nobody's: a person must say whose.</summary>
    Unmatched,

    /// <summary>Sent back to whoever paid it; a person said so.</summary>
    Returned,
}

/// <summary>A bank transfer that came in.</summary>
public sealed class Payment
{
    public required Guid Id { get; init; }

    /// <summary>Names the booking at the bank; a second notice of it is the same payment.</summary>
    public required string BankKey { get; init; }

    public required Guid FileId { get; init; }

    public required long Cents { get; init; }

    public required DateOnly BookedOn { get; init; }

    /// <summary>The references found in it, and what of it is no secret.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Who paid and what she wrote, sealed.</summary>
    public required byte[] Details { get; init; }

    public required byte[] DetailsKey { get; init; }

    public PaymentState State { get; private set; } = PaymentState.Unmatched;

    /// <summary>Why nobody could be found, for the person who looks at it.</summary>
    public string? Finding { get; private set; }

    public Guid? MerchantId { get; private set; }

    public Guid? InvoiceId { get; private set; }

    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>When a person said whose it is, or sent it back.</summary>
    public DateTimeOffset? AssignedAt { get; private set; }

    public void Book(Guid merchant, Guid? invoice) => (State, MerchantId, InvoiceId) = State == PaymentState.Unmatched
        ? (PaymentState.Booked, merchant, invoice)
        : throw new InvalidOperationException("The payment is settled already.");

    public void SendBack(DateTimeOffset now) => (State, AssignedAt) = State == PaymentState.Unmatched
        ? (PaymentState.Returned, now)
        : throw new InvalidOperationException("The payment is settled already.");

    public void Keep(string finding) => Finding = finding;

    public void Assign(Guid merchant, Guid? invoice, DateTimeOffset now)
    {
        Book(merchant, invoice);
        AssignedAt = now;
    }
}

/// <summary>Who paid, as the bank tells it. Rests sealed only.</summary>
public sealed record PaymentDetails(string? Name, string? Iban, string Text);

/// <summary>A file of the bank's, by its content: the same file again changes nothing.</summary>
public sealed class BankFile
{
    public required Guid Id { get; init; }

    public required byte[] Sha256 { get; init; }

    /// <summary><c>camt.053</c>, <c>camt.054</c> or <c>pain.002</c>.</summary>
    public required string Form { get; init; }

    public required string MessageId { get; init; }

    public required Guid ImportedBy { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>What came of it, as it was answered.</summary>
    public required string Result { get; init; }
}
