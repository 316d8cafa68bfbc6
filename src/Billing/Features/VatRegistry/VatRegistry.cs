using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.VatRegistry;

/// <summary>
/// The registry of VAT ids (VIES, or the Federal Central Tax Office) as month-end sees it. It is asked when invoices are made, and never on the way of an
/// order (docs/adr/0018-vat-ids.md).
/// </summary>
internal interface IVatRegistry
{
    Task<VatStanding> LookUpAsync(VatId id, CancellationToken cancellationToken);
}

internal enum VatStanding
{
    /// <summary>The registry found it valid.</summary>
    Valid,

    /// <summary>The registry does not know it, or knows that it has ended.</summary>
    Denied,

    /// <summary>There is no answer, or it is too old.</summary>
    Unanswered,
}

/// <summary>How answers are dealt with (configuration <c>VatRegistry</c>).</summary>
internal sealed class VatRegistryOptions
{
    public const string Section = "VatRegistry";

    /// <summary>
    /// Whether an invoice with reverse charge waits until the registry has answered. Otherwise an id with right check digits goes on it until it is denied.
    /// </summary>
    public bool RequireAnswer { get; init; }

    /// <summary>So long a "valid" holds; null for good. A denial holds until there is another answer.</summary>
    public TimeSpan? AnswerHolds { get; init; }

    public VatRegistryOptions Checked() => AnswerHolds is { } time && time <= TimeSpan.Zero
        ? throw new InvalidOperationException($"{Section}:{nameof(AnswerHolds)} must be longer than zero, for example 180.00:00:00 for half a year.")
        : this;
}

/// <summary>The answers that are kept here, whoever asked for them (<c>PUT /operations/vat-answers/{vatId}</c>).</summary>
internal sealed class StoredVatAnswers(BillingDbContext db, IOptions<VatRegistryOptions> options, TimeProvider time) : IVatRegistry
{
    public async Task<VatStanding> LookUpAsync(VatId id, CancellationToken cancellationToken)
    {
        var key = id.ToString();
        return await db.VatAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.VatId == key, cancellationToken) switch
        {
            null => VatStanding.Unanswered,
            { Valid: false } => VatStanding.Denied,
            var answer when options.Value.AnswerHolds is { } holds && answer.AnsweredAt + holds < time.GetUtcNow() => VatStanding.Unanswered,
            _ => VatStanding.Valid,
        };
    }
}
