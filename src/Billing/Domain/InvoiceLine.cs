namespace Zweizeiler.Billing.Domain;

/// <summary>One line of a merchant's monthly invoice: one done job.</summary>
public sealed class InvoiceLine
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    /// <summary>First day of the month on whose invoice it stands.</summary>
    public required DateOnly Month { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>What of the job it charges; with the job it is the business key.</summary>
    public required InvoiceLineKind Kind { get; init; }

    public required string Description { get; init; }

    public string? Reference { get; init; }

    public string? CostCentre { get; init; }

    public required int Lines { get; init; }

    public required long NetCents { get; init; }

    public required string Currency { get; init; }

    public required string TaxCategory { get; init; }

    public required decimal TaxRate { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static InvoiceLine ForCharge(Job job, DateTimeOffset acceptedAt, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        MerchantId = job.MerchantId,
        Month = InvoiceMonth.Of(acceptedAt),
        JobId = job.Id,
        Kind = InvoiceLineKind.Charge,
        Description = Describe(job),
        Reference = job.Reference,
        CostCentre = job.CostCentre,
        Lines = job.Price.BilledLines,
        NetCents = job.Price.NetCents,
        Currency = job.Price.Currency,
        TaxCategory = job.Price.TaxCategory,
        TaxRate = job.Price.TaxRate,
        CreatedAt = now,
    };

    /// <summary>For example <c>Translation de→fr, 2 lines, ORDER-4711</c>.</summary>
    private static string Describe(Job job)
    {
        var kind = char.ToUpperInvariant(job.Kind[0]) + job.Kind[1..];
        var lines = job.Price.BilledLines == 1 ? "1 line" : FormattableString.Invariant($"{job.Price.BilledLines} lines");
        var reference = string.IsNullOrWhiteSpace(job.Reference) ? "" : $", {job.Reference}";
        return $"{kind} {job.Source}→{job.Target}, {lines}{reference}";
    }
}

public enum InvoiceLineKind
{
    Charge,
}

/// <summary>Which month a day belongs to: by the calendar of the platform's seat, since it is the platform that invoices.</summary>
public static class InvoiceMonth
{
    private static readonly TimeZoneInfo Seat = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static DateOnly Of(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, Seat);
        return new DateOnly(local.Year, local.Month, 1);
    }
}
