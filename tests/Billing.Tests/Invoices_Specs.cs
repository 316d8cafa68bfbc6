using Zweizeiler.Billing.Domain;

namespace Zweizeiler.Billing.Tests;

public sealed class An_invoice_line
{
    [Theory]
    [InlineData(2, "ORDER-4711", "Translation de→fr, 2 lines, ORDER-4711")]
    [InlineData(1, null, "Translation de→fr, 1 line")]
    [InlineData(1000, " ", "Translation de→fr, 1000 lines")]
    public void says_what_was_done(int lines, string? reference, string expected) =>
        Charge(Job(lines, reference)).Description.ShouldBe(expected);

    [Fact]
    public void of_a_cancelled_job_says_that_it_is_a_share()
    {
        var job = Job(2, "ORDER-4711");
        var line = InvoiceLine.ForCharge(job, new JobCharge(2, 120, 23, 84, 0.500m), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        (line.Kind, line.Description, line.Lines, line.NetCents).ShouldBe(
            (InvoiceLineKind.Charge, "Cancellation share 50 %: translation de→fr, 2 lines, ORDER-4711", 2, 120));
    }

    [Fact]
    public void of_a_credit_is_the_charge_with_its_sign_turned()
    {
        var line = InvoiceLine.ForCredit(Job(3, "ORDER-4711"), new JobCharge(3, 360, 68, 252, 1m), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        (line.Kind, line.Description, line.Lines, line.NetCents).ShouldBe(
            (InvoiceLineKind.CreditNote, "Credit note: translation de→fr, 3 lines, ORDER-4711", -3, -360));
    }

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
        Should.Throw<InvalidOperationException>(() => job.Charge(JobCharge.Whole(job.Price)));
        job.Charge(new JobCharge(2, 239, 46, 168, 1m));
        Should.Throw<InvalidOperationException>(() => job.Charge(new JobCharge(0, 1, 0, 0, 1m)));
    }

    [Fact]
    public void is_credited_only_if_it_was_charged_and_only_once()
    {
        var job = Job(2, null);
        job.Reserve(286);
        Should.Throw<InvalidOperationException>(job.Credit);
        job.Charge(JobCharge.Whole(job.Price));
        Should.Throw<InvalidOperationException>(job.Release);
        job.Credit();
        Should.Throw<InvalidOperationException>(job.Credit);
    }

    private static InvoiceLine Charge(Job job) =>
        InvoiceLine.ForCharge(job, JobCharge.Whole(job.Price), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static Job Job(int lines, string? reference) => new()
    {
        Id = Guid.Empty,
        MerchantId = Guid.Empty,
        Mode = "live",
        Kind = "translation",
        Source = "de",
        Target = "fr",
        Urgency = "standard",
        Reference = reference,
        Price = new JobAmounts("2026-1", lines, 2, lines, 120, 1, 1, lines * 120, "EUR", "S", 19, 46, 168),
        PlacedAt = DateTimeOffset.UnixEpoch,
    };
}
