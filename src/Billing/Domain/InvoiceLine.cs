namespace Zweizeiler.Billing.Domain;

/// <summary>One line of a merchant's monthly invoice: one job that was charged, or one that was credited.</summary>
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

    /// <summary>The invoice or credit note that it stands on now; null as long as it stands on none.</summary>
    public Guid? InvoiceId { get; set; }

    public static InvoiceLine ForCharge(Job job, JobCharge charge, DateTimeOffset endedAt, DateTimeOffset now)
    {
        var what = charge.Share == 1m
            ? Capital(Describe(job, charge))
            : FormattableString.Invariant($"Cancellation share {charge.Share * 100:0.##} %: {Describe(job, charge)}");
        return Of(job, InvoiceLineKind.Charge, what, charge.BilledLines, charge.NetCents, endedAt, now);
    }

    /// <summary>The charge with its sign turned, on the invoice of the month in which the credit was due.</summary>
    public static InvoiceLine ForCredit(Job job, JobCharge charge, DateTimeOffset creditedAt, DateTimeOffset now) => Of(
        job, InvoiceLineKind.CreditNote, $"Credit note: {Describe(job, charge)}", -charge.BilledLines, -charge.NetCents, creditedAt, now);

    private static InvoiceLine Of(
        Job job, InvoiceLineKind kind, string description, int lines, long netCents, DateTimeOffset occurredAt, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            MerchantId = job.MerchantId,
            Month = InvoiceMonth.Of(occurredAt),
            JobId = job.Id,
            Kind = kind,
            Description = description,
            Reference = job.Reference,
            CostCentre = job.CostCentre,
            Lines = lines,
            NetCents = netCents,
            Currency = job.Price.Currency,
            TaxCategory = job.Price.TaxCategory,
            TaxRate = job.Price.TaxRate,
            CreatedAt = now,
        };

    /// <summary>For example <c>translation de→fr, 2 lines, ORDER-4711</c>.</summary>
    private static string Describe(Job job, JobCharge charge)
    {
        var lines = charge.BilledLines == 1 ? "1 line" : FormattableString.Invariant($"{charge.BilledLines} lines");
        var reference = string.IsNullOrWhiteSpace(job.Reference) ? "" : $", {job.Reference}";
        return $"{job.Kind} {job.Source}→{job.Target}, {lines}{reference}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

public enum InvoiceLineKind
{
    Charge,
    CreditNote,
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

    /// <summary>The day at the platform's seat.</summary>
    public static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Seat).DateTime);

    /// <summary>An hour of a day at the platform's seat.</summary>
    public static DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, Seat.GetUtcOffset(local)).ToUniversalTime();
    }
}
