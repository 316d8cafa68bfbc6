using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests;

public sealed class A_job_without_an_accepted_delivery(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    public static TheoryData<string, Func<JobPlaced, object>> Endings { get; } = new()
    {
        { "JobCancelled", job => Jobs.Cancelled(job) },
        { "JobExpired", Jobs.Expired },
        { "JobRefunded", Jobs.Refunded },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task costs_nothing_and_its_reservation_is_released_whole(string what, Func<JobPlaced, object> ending)
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.ConsumeAsync(job);
        (await _app.ConsumeAsync(ending(job))).ShouldBeEmpty();
        (await _app.ConsumeAsync(ending(job))).ShouldBeEmpty("told twice");

        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await _app.PostingsAsync(job.JobId)).ShouldBe(
        [
            ("reservation", "merchant_balance", -286), ("reservation", "merchant_reserved", 286),
            ("release", "merchant_reserved", -286), ("release", "merchant_balance", 286),
        ]);
        (await _app.ScalarAsync<string>("SELECT event FROM entries WHERE job_id = $1 AND kind = 'release'", job.JobId)).ShouldBe(what);
        (await _app.ScalarAsync<long>("SELECT count(*) FROM invoice_lines WHERE job_id = $1", job.JobId)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task that_is_over_before_it_is_heard_of_is_not_even_reserved_for(string what, Func<JobPlaced, object> ending)
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        (await _app.ConsumeAsync(ending(job))).ShouldBeEmpty();
        (await _app.ConsumeAsync(job)).ShouldBeEmpty(what);
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await _app.PostingsAsync(job.JobId)).ShouldBeEmpty();
    }

    /// <summary>2.40 € and 19 %: 1.20 € and 0.23 €; she gets 0.84 € of her 1.68 €.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task that_was_cancelled_after_work_began_costs_half_in_either_order(bool cancelledFirst)
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        object[] messages = [job, Jobs.Cancelled(job, translator)];
        List<object> said = [];
        foreach (var message in cancelledFirst ? messages.Reverse() : messages)
        {
            said.AddRange(await _app.ConsumeAsync(message));
        }

        var charged = said.OfType<JobCharged>().Single();
        (charged.NetCents, charged.TaxCents).ShouldBe((120, 23));
        var earned = said.OfType<EarningCredited>().Single();
        (earned.TranslatorId, earned.FeeCents).ShouldBe((translator, 84));
        (await _app.PostingsAsync(job.JobId)).ShouldBe(
        [
            ("reservation", "merchant_balance", -286), ("reservation", "merchant_reserved", 286),
            ("charge", "merchant_reserved", -143), ("charge", "revenue", 120), ("charge", "tax", 23),
            ("release", "merchant_reserved", -143), ("release", "merchant_balance", 143),
            ("earning", "revenue", -120), ("earning", "translator_payable", 84), ("earning", "platform_share", 36),
        ]);
        (await _app.BalanceAsync(merchant)).ShouldBe((857, 0));
        (await _app.ScalarAsync<string>("SELECT description FROM invoice_lines WHERE job_id = $1", job.JobId))
            .ShouldBe("Cancellation share 50 %: translation de→fr, 2 lines, ORDER-4711");
    }

    /// <summary>A reply of 3 lines at 1.25: 4.50 € and 3.15 €; half of them 2.25 € and 1.575 €, rounded up once.</summary>
    [Fact]
    public async Task that_was_cancelled_after_work_began_rounds_halves_up_once()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant, characters: 150, urgency: Pricing.Urgency.Express);
        await _app.ConsumeAsync(job);
        var said = await _app.ConsumeAsync(Jobs.Cancelled(job, Jobs.NewId()));
        (said.OfType<JobCharged>().Single().NetCents, said.OfType<JobCharged>().Single().TaxCents).ShouldBe((225, 43)); // 42.75
        said.OfType<EarningCredited>().Single().FeeCents.ShouldBe(158);
    }

    [Fact]
    public async Task that_was_declined_is_charged_nothing_when_it_is_cancelled()
    {
        var merchant = await _app.MerchantWithAsync(1);
        var job = Jobs.Placed(merchant);
        (await _app.ConsumeAsync(job)).ShouldHaveSingleItem().ShouldBeOfType<JobFundingDeclined>();
        (await _app.ConsumeAsync(Jobs.Cancelled(job))).ShouldBeEmpty();
        (await _app.ConsumeAsync(Jobs.Refunded(job))).ShouldBeEmpty();
        (await _app.BalanceAsync(merchant)).ShouldBe((1, 0));
        (await _app.ScalarAsync<string>("SELECT state FROM jobs WHERE id = $1", job.JobId)).ShouldBe("declined");
    }

    [Fact]
    public async Task in_test_mode_moves_no_money()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant, mode: "test");
        await _app.ConsumeAsync(job);
        (await _app.ConsumeAsync(Jobs.Cancelled(job, Jobs.NewId()))).ShouldBeEmpty();
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await _app.PostingsAsync(job.JobId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task that_is_also_said_to_be_accepted_keeps_what_came_first()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Cancelled(job));
        (await _app.ConsumeAsync(Jobs.Accepted(job))).ShouldBeEmpty();
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
    }

    /// <summary>Of twenty such jobs, some would be charged before they are reserved for, if the order of entries were left to chance.</summary>
    [Fact]
    public async Task that_is_heard_of_last_is_reserved_for_before_it_is_charged()
    {
        var merchant = await _app.MerchantWithAsync(20 * 286);
        for (var i = 0; i < 20; i++)
        {
            var job = Jobs.Placed(merchant);
            await _app.ConsumeAsync(i % 2 == 0 ? Jobs.Accepted(job) : Jobs.Cancelled(job, Jobs.NewId()));
            (await _app.ConsumeAsync(job)).OfType<JobCharged>().ShouldHaveSingleItem();
        }

        (await _app.BalanceAsync(merchant)).ShouldBe((10 * 143, 0));
    }

    [Fact]
    public async Task is_heard_of_through_the_broker_like_any_other()
    {
        var merchant = await _app.MerchantWithAsync(10_000);
        var jobs = Enumerable.Range(0, 8).Select(_ => Jobs.Placed(merchant)).ToList();
        await Task.WhenAll(jobs.SelectMany((job, i) => (Task[])
        [
            _app.Messages.PublishAsync(job),
            i switch
            {
                0 or 1 => _app.Messages.PublishAsync(Jobs.Cancelled(job)),
                2 or 3 => _app.Messages.PublishAsync(Jobs.Expired(job)),
                4 or 5 => _app.Messages.PublishAsync(Jobs.Refunded(job)),
                _ => _app.Messages.PublishAsync(Jobs.Cancelled(job, Jobs.NewId())),
            },
            _app.Messages.PublishAsync(Jobs.Escalated(job, 30)),
        ]));
        await _app.DrainAsync(merchant);
        // Half of 2.86 € for each of the two on which somebody had begun to work.
        await Eventually.Passes(MessageTap.Soon, async () => (await _app.BalanceAsync(merchant)).ShouldBe((10_000 - (2 * 143), 0)));
        (await _app.ScalarAsync<long>("SELECT count(*) FROM entries WHERE kind = 'fee_raise' AND job_id = ANY ($1)", jobs.Select(j => j.JobId).ToArray())).ShouldBe(2);
    }
}

public sealed class A_raised_fee(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    [Fact]
    public async Task is_paid_by_the_platform_when_the_job_is_charged_and_the_merchants_price_stays()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Escalated(job, 0, version: 2));
        await _app.ConsumeAsync(Jobs.Escalated(job, 40, version: 3));
        await _app.ConsumeAsync(Jobs.Escalated(job, 90, version: 4));
        await _app.ConsumeAsync(Jobs.Escalated(job, 90, version: 4));
        var said = await _app.ConsumeAsync(Jobs.Accepted(job, translator));

        said.OfType<JobCharged>().Single().NetCents.ShouldBe(240);
        said.OfType<EarningCredited>().Single().FeeCents.ShouldBe(168 + 90);
        (await _app.PostingsAsync(job.JobId)).Where(p => p.Kind == "fee_raise").ShouldBe([("fee_raise", "fee_raises", -90), ("fee_raise", "translator_payable", 90)]);
        (await PayableAsync(translator)).ShouldBe(258);
    }

    [Fact]
    public async Task that_is_told_late_and_out_of_order_is_paid_late_and_once()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        await _app.ConsumeAsync(Jobs.Escalated(job, 40, version: 3));
        await _app.ConsumeAsync(job);
        (await _app.ConsumeAsync(Jobs.Accepted(job, translator))).OfType<EarningCredited>().Single().FeeCents.ShouldBe(208);
        (await _app.ConsumeAsync(Jobs.Escalated(job, 90, version: 5))).OfType<EarningCredited>().Single().FeeCents.ShouldBe(258);
        (await _app.ConsumeAsync(Jobs.Escalated(job, 60, version: 4))).ShouldBeEmpty("less than what is paid already");
        (await PayableAsync(translator)).ShouldBe(258);
    }

    [Fact]
    public async Task of_a_cancelled_job_is_paid_by_the_same_share()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Escalated(job, 45));
        (await _app.ConsumeAsync(Jobs.Cancelled(job, translator))).OfType<EarningCredited>().Single().FeeCents.ShouldBe(84 + 23);
        (await PayableAsync(translator)).ShouldBe(107);
    }

    [Fact]
    public async Task of_a_job_that_came_to_nothing_is_paid_to_nobody()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Expired(job));
        (await _app.ConsumeAsync(Jobs.Escalated(job, 45))).ShouldBeEmpty();
        (await _app.PostingsAsync(job.JobId)).ShouldNotContain(p => p.Kind == "fee_raise");
    }

    private Task<long> PayableAsync(Guid translator) => _app.ScalarAsync<long>(
        "SELECT balance_cents FROM balances b JOIN accounts a ON a.id = b.account_id WHERE owner_id = $1", translator);
}
