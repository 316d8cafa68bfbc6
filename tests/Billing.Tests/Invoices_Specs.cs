using Zweizeiler.Billing.Domain;

namespace Zweizeiler.Billing.Tests;

public sealed class An_invoice_line
{
    [Theory]
    [InlineData(2, "ORDER-4711", "Translation de→fr, 2 lines, ORDER-4711")]
    [InlineData(1, null, "Translation de→fr, 1 line")]
    [InlineData(1000, " ", "Translation de→fr, 1000 lines")]
    public void says_what_was_done(int lines, string? reference, string expected) =>
        InvoiceLine.ForCharge(Job(lines, reference), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).Description.ShouldBe(expected);

    [Theory]
    [InlineData("2026-11-30T22:59:59Z", "2026-11-01")]
    [InlineData("2026-11-30T23:00:00Z", "2026-12-01")]
    [InlineData("2026-06-30T21:59:59Z", "2026-06-01")]
    [InlineData("2026-06-30T22:00:00Z", "2026-07-01")]
    public void stands_in_the_month_of_the_platforms_seat(string acceptedAt, string month) =>
        InvoiceMonth.Of(DateTimeOffset.Parse(acceptedAt, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void is_never_for_more_than_was_reserved()
    {
        var job = Job(2, null);
        job.Reserve(285);
        Should.Throw<InvalidOperationException>(() => job.Charge(286));
        job.Charge(285);
        Should.Throw<InvalidOperationException>(() => job.Charge(1));
    }

    private static Job Job(int lines, string? reference) => new()
    {
        Id = Guid.Empty,
        MerchantId = Guid.Empty,
        Mode = "live",
        Kind = "translation",
        Source = "de",
        Target = "fr",
        Reference = reference,
        Price = new JobAmounts("2026-1", lines, 120, 1, lines * 120, "EUR", "S", 19, 46, 168),
        PlacedAt = DateTimeOffset.UnixEpoch,
    };
}
