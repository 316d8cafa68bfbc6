namespace Zweizeiler.Billing.Domain.Bank;

public enum PayoutState
{
    /// <summary>On the payment order to the bank.</summary>
    Sent,

    /// <summary>The bank says that it was carried out.</summary>
    Paid,

    /// <summary>Came back; the amount is owed again.</summary>
    Returned,
}

/// <summary>What a translator was paid.</summary>
public sealed class Payout
{
    public required Guid Id { get; init; }

    public required Guid TranslatorId { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>First day (Monday) of the week that it was made in: one a translator and week.</summary>
    public required DateOnly Week { get; init; }

    public required long Cents { get; init; }

    /// <summary>Goes to the bank and comes back with its answers.</summary>
    public required string EndToEndId { get; init; }

    /// <summary>The last four characters of the account, to be recognised by its owner.</summary>
    public required string AccountHint { get; init; }

    public PayoutState State { get; private set; } = PayoutState.Sent;

    /// <summary>The bank's reason code, if it came back.</summary>
    public string? ReturnReason { get; private set; }

    public required DateTimeOffset SentAt { get; init; }

    public DateTimeOffset? SettledAt { get; private set; }

    public bool TryPay(DateTimeOffset now)
    {
        if (State != PayoutState.Sent)
        {
            return false;
        }

        (State, SettledAt) = (PayoutState.Paid, now);
        return true;
    }

    /// <summary>Also after the bank had said that it was carried out: the other bank may send it back.</summary>
    public bool TryReturn(string reason, DateTimeOffset now)
    {
        if (State == PayoutState.Returned)
        {
            return false;
        }

        (State, ReturnReason, SettledAt) = (PayoutState.Returned, reason, now);
        return true;
    }
}

/// <summary>One payment order to the bank.</summary>
public sealed class PayoutBatch
{
    public required Guid Id { get; init; }

    public required DateOnly Week { get; init; }

    /// <summary>Number of the order within the week; there is one for each round that found something to pay.</summary>
    public required int Number { get; init; }

    public required string MessageId { get; init; }

    public required int Count { get; init; }

    public required long Cents { get; init; }

    public required byte[] FileKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What statements and payouts need to know of a translator.</summary>
public sealed class Translator
{
    public required Guid Id { get; init; }

    public long SupplierNumber { get; init; }

    public int Version { get; set; }

    public string DisplayName { get; set; } = "";

    public string Email { get; set; } = "";

    public string Locale { get; set; } = "en";

    public int DetailsVersion { get; set; }

    /// <summary>Tax details, sealed under the translator's id.</summary>
    public byte[]? Details { get; set; }

    public byte[]? DetailsKey { get; set; }

    /// <summary>What is wrong with the details, as codes; nothing is paid out before it is mended.</summary>
    public IReadOnlyList<string> DetailsFaults { get; set; } = [];

    public DateTimeOffset? DetailsGivenAt { get; set; }

    /// <summary>A payout came back: nothing more is sent to this account until new details are given.</summary>
    public bool AccountRefused { get; set; }

    public string SupplierNo => FormattableString.Invariant($"{70_000 + SupplierNumber}");

    public bool CanBePaid => Details is not null && DetailsFaults.Count == 0 && !AccountRefused;
}

/// <summary>Something an operator did about money. Never changed or removed.</summary>
public sealed class OperatorAction
{
    public required Guid Id { get; init; }

    public required Guid OperatorId { get; init; }

    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required Guid SubjectId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset DoneAt { get; init; }
}

/// <summary>What the registry of VAT ids answered when it was asked, as evidence (§ 18e UStG).</summary>
public sealed class VatAnswer
{
    public required string VatId { get; init; }

    public required bool Valid { get; set; }

    /// <summary>The registry's number of the enquiry.</summary>
    public string? Consultation { get; set; }

    public required DateTimeOffset AnsweredAt { get; set; }
}
