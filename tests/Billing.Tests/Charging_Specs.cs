using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests;

public sealed class An_accepted_delivery(SharedApp shared)
{
    private static readonly IReadOnlyList<(string, string, long)> WholeStory =
    [
        ("reservation", "merchant_balance", -286), ("reservation", "merchant_reserved", 286),
        ("charge", "merchant_reserved", -286), ("charge", "revenue", 240), ("charge", "tax", 46),
        ("earning", "revenue", -240), ("earning", "translator_payable", 168), ("earning", "platform_share", 72),
    ];

    private readonly BillingApp _app = shared.App;

    [Fact]
    public async Task moves_the_money_and_writes_a_line_on_the_invoice()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await _app.Messages.PublishAsync(job);
        await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId);
        await _app.Messages.PublishAsync(Jobs.Accepted(job, translator));

        var charged = await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId);
        (charged.MerchantId, charged.NetCents, charged.TaxCents, charged.Currency).ShouldBe((merchant, 240, 46, "EUR"));
        var earned = await _app.Messages.NextAsync<EarningCredited>(c => c.JobId == job.JobId);
        (earned.TranslatorId, earned.FeeCents).ShouldBe((translator, 168));
        (await _app.PostingsAsync(job.JobId)).ShouldBe(WholeStory);
        (await _app.BalanceAsync(merchant)).ShouldBe((714, 0));
        (await _app.ScalarAsync<string>("SELECT description FROM invoice_lines WHERE job_id = $1", job.JobId))
            .ShouldBe("Translation de→fr, 2 lines, ORDER-4711");
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task that_arrives_before_its_job_is_not_lost()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        await Eventually.Within(
            MessageTap.Soon, async () => await _app.ScalarAsync<long>("SELECT count(*) FROM acceptances WHERE job_id = $1", job.JobId) == 1);
        await _app.Messages.PublishAsync(job);

        await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId);
        await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId);
        (await _app.PostingsAsync(job.JobId)).ShouldBe(WholeStory);
    }

    [Fact]
    public async Task that_arrives_together_with_its_job_again_and_again_is_charged_once()
    {
        var merchant = await _app.MerchantWithAsync(100_000);
        var jobs = Enumerable.Range(0, 20).Select(_ => Jobs.Placed(merchant)).ToList();
        var messages = jobs.SelectMany(job =>
        {
            var (placedId, acceptedId) = (NewId(), NewId());
            var accepted = Jobs.Accepted(job);
            return (Func<Task>[])[
                () => _app.Messages.PublishAsync(accepted, acceptedId), () => _app.Messages.PublishAsync(job, placedId),
                () => _app.Messages.PublishAsync(accepted, acceptedId), () => _app.Messages.PublishAsync(job, placedId),
                () => _app.Messages.PublishAsync(accepted), () => _app.Messages.PublishAsync(job)];
        });
        await Task.WhenAll(messages.Select(publish => publish()));
        await _app.DrainAsync(merchant);

        foreach (var job in jobs)
        {
            await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId);
            _app.Messages.Heard<JobCharged>().Count(c => c.JobId == job.JobId).ShouldBe(1);
            _app.Messages.Heard<EarningCredited>().Count(c => c.JobId == job.JobId).ShouldBe(1);
            (await _app.PostingsAsync(job.JobId)).ShouldBe(WholeStory);
            (await _app.ScalarAsync<long>("SELECT count(*) FROM invoice_lines WHERE job_id = $1", job.JobId)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task of_a_job_that_nobody_paid_for_charges_nobody()
    {
        var merchant = await _app.MerchantWithAsync(1);
        var job = Jobs.Placed(merchant);
        await _app.Messages.PublishAsync(job);
        await _app.Messages.NextAsync<JobFundingDeclined>(f => f.JobId == job.JobId);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        await Eventually.Within(
            MessageTap.Soon, async () => await _app.ScalarAsync<long>("SELECT count(*) FROM acceptances WHERE job_id = $1", job.JobId) == 1);
        (await _app.PostingsAsync(job.JobId)).ShouldBeEmpty();
        (await _app.BalanceAsync(merchant)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task without_tax_has_no_tax_posting()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant, country: "AT");
        await _app.Messages.PublishAsync(job);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        (await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId)).TaxCents.ShouldBe(0);
        (await _app.PostingsAsync(job.JobId)).Where(p => p.Kind == "charge")
            .ShouldBe([("charge", "merchant_reserved", -240), ("charge", "revenue", 240)]);
    }

    /// <summary>Halves round away from zero, once, and what was rounded is what is posted: 3 × 1.20 € × 1.25 = 4.50 €, tax 85.5 ct, fee 3.15 €.</summary>
    [Fact]
    public async Task is_posted_as_it_was_rounded()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant, characters: 150, urgency: Urgency.Express);
        await _app.Messages.PublishAsync(job);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId);
        (await _app.PostingsAsync(job.JobId)).ShouldContain(("charge", "tax", 86));
        (await _app.PostingsAsync(job.JobId)).ShouldContain(("earning", "translator_payable", 315));
        (await _app.PostingsAsync(job.JobId)).ShouldContain(("earning", "platform_share", 135));
    }

    [Fact]
    public async Task among_many_in_any_order_leaves_a_ledger_that_adds_up()
    {
        var chance = new Random(20261124);
        var merchants = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            merchants.Add(await _app.MerchantWithAsync(chance.Next(0, 20_000)));
        }

        var jobs = Enumerable.Range(0, 60).Select(_ => Jobs.Placed(
            merchants[chance.Next(merchants.Count)], chance.Next(1, 1500), (Urgency)chance.Next(3), country: chance.Next(3) switch { 0 => "AT", 1 => "CH", _ => "DE" })).ToList();
        var messages = jobs.Cast<object>().Concat(jobs.Where(_ => chance.Next(4) > 0).Select(job => Jobs.Accepted(job))).ToArray();
        chance.Shuffle(messages);
        await Task.WhenAll(messages.Select(m => m is JobPlaced placed ? _app.Messages.PublishAsync(placed) : _app.Messages.PublishAsync((DeliveryAccepted)m)));
        await Eventually.Within(
            MessageTap.Soon,
            () => jobs.All(j => _app.Messages.Heard<JobFunded>().Any(f => f.JobId == j.JobId) || _app.Messages.Heard<JobFundingDeclined>().Any(f => f.JobId == j.JobId)));
        await _app.DrainAsync(merchants[0]);

        (await _app.ReconcileAsync()).ShouldBe(new Features.Reconcile.LedgerFaults(0, 0, 0));
        foreach (var merchant in merchants)
        {
            var (available, reserved) = await _app.BalanceAsync(merchant);
            available.ShouldBeGreaterThanOrEqualTo(0);
            reserved.ShouldBe(await _app.ScalarAsync<long>(
                "SELECT coalesce(sum(reserved_cents), 0)::bigint FROM jobs WHERE merchant_id = $1 AND state = 'funded'", merchant));
            (await _app.ScalarAsync<long>("SELECT coalesce(sum(net_cents), 0)::bigint FROM invoice_lines WHERE merchant_id = $1", merchant)).ShouldBe(
                await _app.ScalarAsync<long>("SELECT coalesce(sum(net_cents), 0)::bigint FROM jobs WHERE merchant_id = $1 AND state = 'charged'", merchant));
        }
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
