using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

/// <summary>What is reserved for a job is the most that it can cost; what is charged is what was done.</summary>
public sealed class A_job_of_each_kind(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    [Theory]
    [InlineData(6, 720, 137)]
    [InlineData(4, 480, 91)]
    [InlineData(1, 240, 46)] // the price list's minimum
    [InlineData(0, 240, 46)]
    [InlineData(60, 720, 137)] // never above the ordered maximum
    public async Task that_is_a_reply_is_charged_by_its_delivered_lines(int lines, long net, long tax)
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Formulation(merchant), Jobs.NewId());
        (await _app.ConsumeAsync(job)).OfType<JobFunded>().Single().ReservedCents.ShouldBe(857);
        var said = await _app.ConsumeAsync(Jobs.Accepted(job, translator, lines));

        var charged = said.OfType<JobCharged>().Single();
        (charged.NetCents, charged.TaxCents).ShouldBe((net, tax));
        said.OfType<EarningCredited>().Single().FeeCents.ShouldBe(net * 7 / 10);
        (await _app.BalanceAsync(merchant)).ShouldBe((1000 - net - tax, 0));
        (await _app.ScalarAsync<string>("SELECT description || ': ' || net_cents FROM invoice_lines WHERE job_id = $1", job.JobId))
            .ShouldBe($"Formulation de→fr, {net / 120} lines, ORDER-4711: {net}");
    }

    [Fact]
    public async Task that_costs_less_than_was_reserved_releases_the_rest()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Formulation(merchant);
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Accepted(job, lines: 3));
        (await _app.PostingsAsync(job.JobId)).ShouldBe(
        [
            ("reservation", "merchant_balance", -857), ("reservation", "merchant_reserved", 857),
            ("charge", "merchant_reserved", -428), ("charge", "revenue", 360), ("charge", "tax", 68),
            ("release", "merchant_reserved", -429), ("release", "merchant_balance", 429),
            ("earning", "revenue", -360), ("earning", "translator_payable", 252), ("earning", "platform_share", 108),
        ]);
    }

    /// <summary>Two replies of one request share one minimum of two lines; each is delivered with one line.</summary>
    [Fact]
    public async Task that_shared_its_minimum_is_not_charged_the_whole_minimum()
    {
        var merchant = await _app.MerchantWithAsync(10_000);
        var (first, second) = (Jobs.Formulation(merchant, minimumLines: 2), Jobs.Formulation(merchant, minimumLines: 0));
        await _app.ConsumeAsync(first);
        await _app.ConsumeAsync(second);
        (await ChargedAsync(first, Jobs.Accepted(first, lines: 1))).NetCents.ShouldBe(240);
        (await ChargedAsync(second, Jobs.Accepted(second, lines: 1))).NetCents.ShouldBe(120);
    }

    [Theory]
    [InlineData(CallOutcome.Reached, 4, 8)]
    [InlineData(CallOutcome.Reached, 1, 5)]
    [InlineData(CallOutcome.Reached, 45, 14)] // never above the ordered maximum
    [InlineData(CallOutcome.Voicemail, 2, 4)]
    [InlineData(CallOutcome.NotReached, 0, 4)]
    [InlineData(CallOutcome.WrongNumber, 1, 4)]
    public async Task that_is_a_call_is_charged_its_base_and_its_minutes_if_somebody_was_reached(string outcome, int minutes, int lines)
    {
        var merchant = await _app.MerchantWithAsync(2000);
        var job = Jobs.Call(merchant);
        (await _app.ConsumeAsync(job)).OfType<JobFunded>().Single().ReservedCents.ShouldBe(1999);
        (await ChargedAsync(job, Jobs.Accepted(job, call: new CallFacts(outcome, minutes, 2)))).NetCents.ShouldBe(lines * 120);
        (await _app.BalanceAsync(merchant)).Reserved.ShouldBe(0);
        (await _app.ScalarAsync<int>("SELECT lines FROM invoice_lines WHERE job_id = $1", job.JobId)).ShouldBe(lines);
    }

    [Fact]
    public async Task that_is_a_call_nobody_told_the_outcome_of_is_charged_the_base_only()
    {
        var job = Jobs.Call(await _app.MerchantWithAsync(2000));
        await _app.ConsumeAsync(job);
        (await ChargedAsync(job, Jobs.Accepted(job))).NetCents.ShouldBe(480);
    }

    [Fact]
    public async Task that_is_counted_on_its_source_is_charged_as_it_was_priced_whatever_was_delivered()
    {
        var merchant = await _app.MerchantWithAsync(2000);
        var (text, summary) = (
            Jobs.Ordered(merchant, JobOrder.Translation(Jobs.Pair, LineCount.Restore(500), Urgency.Standard, isRepetition: true)),
            Jobs.Ordered(merchant, JobOrder.Summary(LanguagePair.Of("fr", "de"), LineCount.Restore(300), Urgency.Express)));
        await _app.ConsumeAsync(text);
        await _app.ConsumeAsync(summary);
        (await ChargedAsync(text, Jobs.Accepted(text, lines: 1))).NetCents.ShouldBe(300); // 10 × 1.20 € × 0.25
        (await ChargedAsync(summary, Jobs.Accepted(summary, lines: 40))).NetCents.ShouldBe(450); // 6 × 0.60 € × 1.25
    }

    private async Task<JobCharged> ChargedAsync(JobPlaced job, DeliveryAccepted accepted)
    {
        var said = await _app.ConsumeAsync(accepted);
        var charged = said.OfType<JobCharged>().Single();
        charged.JobId.ShouldBe(job.JobId);
        return charged;
    }
}
