using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>
/// The thread to one customer of a merchant: strings jobs together, and keeps what is the same for all of them, so that it is given once.
/// </summary>
public sealed class Case : IListed
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public string? Reference { get; set; }

    /// <summary>The merchant's language.</summary>
    public string? Language { get; set; }

    public string? CustomerLanguage { get; set; }

    /// <summary>The customer's name and greeting, sealed; null if neither is known. Taking it away erases the customer from the case.</summary>
    public SealedText? Customer { get; set; }

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    /// <summary>Null while the case is open. A closed case takes no more jobs until it is opened again.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Grows with each change of the case itself, not with what happens to its jobs.</summary>
    public int Version { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public bool IsOpen => ClosedAt is null;

    public void Changed(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }

    /// <summary>Returns whether the case was open.</summary>
    public bool Close(DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return false;
        }

        ClosedAt = now;
        return true;
    }

    public void Reopen() => ClosedAt = null;
}

/// <summary>The confidential part of a case. It rests sealed only.</summary>
public sealed record CaseCustomer(string? Name, string? Greeting);

/// <summary>Source and target of a job that belongs to a case and does not name them (both).</summary>
public static class CaseLanguages
{
    /// <summary>
    /// A summary goes from the customer's language into the merchant's, everything else the other way. Whoever names one of a case's two languages
    /// means the other one for the other side: so a customer's mail is translated with <c>source</c> alone.
    /// </summary>
    public static (string? Source, string? Target) Fill(string? kind, string? source, string? target, string? own, string? customer)
    {
        if (source is null && target is null)
        {
            return kind == "summary" ? (customer, own) : (own, customer);
        }

        return (source ?? Other(target), target ?? Other(source));

        string? Other(string? given) => given == own ? customer : given == customer ? own : null;
    }
}
