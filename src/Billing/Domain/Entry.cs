namespace Zweizeiler.Billing.Domain;

/// <summary>Why money moved. With the entry's subject it is the business key: each happens once.</summary>
public enum EntryKind
{
    /// <summary>An opening balance; subject is the merchant.</summary>
    Opening,

    /// <summary>Set aside when a job is placed; subject is the job.</summary>
    Reservation,

    /// <summary>Taken out of the reservation when a job is done; subject is the job.</summary>
    Charge,

    /// <summary>What a charge left of the reservation goes back; subject is the job.</summary>
    Release,

    /// <summary>The net is shared between translator and platform; subject is the job.</summary>
    Earning,

    /// <summary>The platform adds to what a translator earned; subject is the step by which the fee was raised.</summary>
    FeeRaise,

    /// <summary>What was charged goes back to the merchant; subject is the job.</summary>
    Credit,

    /// <summary>Translator and platform bear what was credited; subject is the job.</summary>
    CreditShare,

    /// <summary>A bank transfer came in; subject is the payment.</summary>
    Payment,

    /// <summary>A person said whose a bank transfer is; subject is the payment.</summary>
    Assignment,

    /// <summary>A bank transfer that is nobody's goes back to whoever paid it; subject is the payment.</summary>
    PaymentReturn,

    /// <summary>What an invoice's tax, computed on sums, differs from the jobs' own taxes by; subject is the invoice.</summary>
    InvoiceRounding,

    /// <summary>Tax on a translator's statement; subject is the statement.</summary>
    StatementTax,

    /// <summary>What was owed to a translator goes to her bank; subject is the payout.</summary>
    Payout,

    /// <summary>A payout came back; subject is the payout.</summary>
    PayoutReturn,

    /// <summary>An operator corrects by a counter-entry; subject is what she did.</summary>
    Correction,
}

/// <summary>What made an entry: the message, and the reason in words.</summary>
/// <param name="Event">Name of the message, or of the command.</param>
/// <param name="MessageId">The message's id; null for a command.</param>
/// <param name="Reason">For people who read the ledger.</param>
/// <param name="OccurredAt">When what it tells of happened.</param>
public sealed record Cause(string Event, Guid? MessageId, string Reason, DateTimeOffset OccurredAt);

/// <summary>One entry of the journal. Its postings make zero together; it is written once and never changed.</summary>
public sealed class Entry
{
    private readonly List<Posting> _postings = [];

    private Entry()
    {
    }

    public Guid Id { get; private init; }

    public EntryKind Kind { get; private init; }

    /// <summary>What the entry is about: the job, or the merchant whose account is opened.</summary>
    public Guid SubjectId { get; private init; }

    public Guid? JobId { get; private init; }

    /// <summary>The merchant on whose accounts it is; null for entries that concern the platform and translators only.</summary>
    public Guid? MerchantId { get; private init; }

    public string Event { get; private init; } = "";

    public Guid? MessageId { get; private init; }

    public string Reason { get; private init; } = "";

    public DateTimeOffset OccurredAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public IReadOnlyList<Posting> Postings => _postings;

    /// <exception cref="InvalidOperationException">The amounts do not make zero, one of them is zero, or there are fewer than two.</exception>
    public static Entry Of(
        EntryKind kind, Guid subject, Guid? job, Guid? merchant, Cause cause, DateTimeOffset now, params IReadOnlyList<(Account Account, long Cents)> postings)
    {
        if (postings.Count < 2 || postings.Any(p => p.Cents == 0) || postings.Aggregate(0L, (sum, p) => checked(sum + p.Cents)) != 0)
        {
            throw new InvalidOperationException($"The postings of a {kind} do not balance.");
        }

        var entry = new Entry
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            SubjectId = subject,
            JobId = job,
            MerchantId = merchant,
            Event = cause.Event,
            MessageId = cause.MessageId,
            Reason = cause.Reason,
            OccurredAt = cause.OccurredAt,
            CreatedAt = now,
        };
        entry._postings.AddRange(postings.Select((p, i) => new Posting
        {
            EntryId = entry.Id,
            Position = i,
            AccountId = p.Account.Id,
            AmountCents = p.Cents,
        }));
        return entry;
    }
}

/// <summary>One side of an entry.</summary>
public sealed class Posting
{
    public required Guid EntryId { get; init; }

    public required int Position { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Cents; plus is more on the account. Never zero.</summary>
    public required long AmountCents { get; init; }
}
