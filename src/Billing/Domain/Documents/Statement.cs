namespace Zweizeiler.Billing.Domain.Documents;

public enum EarningKind
{
    /// <summary>The fee of a job.</summary>
    Earning,

    /// <summary>What the platform added so that the job found somebody.</summary>
    FeeRaise,

    /// <summary>What a ruling took back.</summary>
    TakenBack,
}

/// <summary>One line of a translator's statement: an entry on what is owed to her.</summary>
public sealed class EarningLine
{
    /// <summary>That of the ledger's entry: one line for each.</summary>
    public required Guid Id { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>First day of the month on whose statement it stands.</summary>
    public required DateOnly Month { get; init; }

    public required Guid JobId { get; init; }

    public required EarningKind Kind { get; init; }

    public required string Description { get; init; }

    /// <summary>Net; minus is what was taken back.</summary>
    public required long Cents { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The statement that it stands on; null until then.</summary>
    public Guid? StatementId { get; set; }

    public static EarningLine Of(EarningKind kind, Entry entry, Guid translator, Job job, long cents, Cause cause) => new()
    {
        Id = entry.Id,
        TranslatorId = translator,
        Month = InvoiceMonth.Of(cause.OccurredAt),
        JobId = job.Id,
        Kind = kind,
        Description = kind switch
        {
            EarningKind.FeeRaise => $"Raise: {job.Kind} {job.Source}→{job.Target}",
            EarningKind.TakenBack => $"Taken back: {job.Kind} {job.Source}→{job.Target}",
            _ => $"{char.ToUpperInvariant(job.Kind[0])}{job.Kind[1..]} {job.Source}→{job.Target}",
        },
        Cents = cents,
        CreatedAt = entry.CreatedAt,
    };
}

/// <summary>A translator's self-billed invoice of a month.</summary>
public sealed class Statement
{
    public required Guid Id { get; init; }

    public required Guid TranslatorId { get; init; }

    public required DateOnly Month { get; init; }

    public required string Number { get; init; }

    public InvoiceState State { get; private set; } = InvoiceState.Numbered;

    public required string Language { get; init; }

    public required string SupplierNumber { get; init; }

    /// <summary>The translator's own data, sealed: they hold her address and tax number.</summary>
    public required byte[] Seller { get; init; }

    public required byte[] SellerKey { get; init; }

    public required Party Buyer { get; init; }

    public required IReadOnlyList<TaxSum> Taxes { get; init; }

    public required int LineCount { get; init; }

    public required long NetCents { get; init; }

    public required long TaxCents { get; init; }

    public required long GrossCents { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateTimeOffset NumberedAt { get; init; }

    public DateTimeOffset? IssuedAt { get; private set; }

    /// <exception cref="InvalidOperationException">It is not waiting to be written.</exception>
    public void Issue(DateTimeOffset now) => (State, IssuedAt) = State == InvoiceState.Numbered
        ? (InvoiceState.Issued, now)
        : throw new InvalidOperationException($"A statement that is {State} cannot be issued.");
}

/// <summary>Whose papers of a month are to be made.</summary>
public enum PaperOwner
{
    Merchant,
    Translator,
}

/// <summary>A month of one merchant or translator, to be put on paper. Worked off by any replica; done is done.</summary>
public sealed class MonthTask
{
    public required PaperOwner Owner { get; init; }

    public required Guid OwnerId { get; init; }

    public required DateOnly Month { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>What is missing, for people: <c>address.missing</c>, <c>vat_id.invalid</c>, <c>details.missing</c>, …</summary>
    public string? BlockedBy { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}
