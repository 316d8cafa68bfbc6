using System.Net.Http.Json;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests;

public sealed class A_placed_job(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    [Fact]
    public async Task is_funded_out_of_the_balance_gross()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.Messages.PublishAsync(job);

        var funded = await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId);
        (funded.MerchantId, funded.ReservedCents, funded.TranslatorFeeCents).ShouldBe((merchant, 286, 168));
        (await _app.BalanceAsync(merchant)).ShouldBe((714, 286));
        (await _app.PostingsAsync(job.JobId)).ShouldBe([("reservation", "merchant_balance", -286), ("reservation", "merchant_reserved", 286)]);
    }

    [Theory]
    [InlineData(286, true)]
    [InlineData(285, false)]
    public async Task is_paid_for_to_the_last_cent_and_not_a_cent_beyond(long balance, bool funded)
    {
        var merchant = await _app.MerchantWithAsync(balance);
        var job = Jobs.Placed(merchant);
        await _app.Messages.PublishAsync(job);
        if (funded)
        {
            await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId);
            (await _app.BalanceAsync(merchant)).ShouldBe((0, 286));
        }
        else
        {
            (await _app.Messages.NextAsync<JobFundingDeclined>(d => d.JobId == job.JobId)).Reason.ShouldBe("balance.insufficient");
            (await _app.BalanceAsync(merchant)).ShouldBe((285, 0));
            (await _app.PostingsAsync(job.JobId)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task of_a_merchant_never_heard_of_is_declined_for_want_of_money_and_her_account_is_there_afterwards()
    {
        var job = Jobs.Placed(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await _app.Messages.PublishAsync(job);
        (await _app.Messages.NextAsync<JobFundingDeclined>(d => d.JobId == job.JobId)).Reason.ShouldBe("balance.insufficient");
        (await _app.ScalarAsync<long>("SELECT count(*) FROM accounts WHERE owner_id = $1", job.MerchantId)).ShouldBe(2);
    }

    [Fact]
    public async Task in_test_mode_is_funded_without_money_and_without_a_trace_in_the_ledger()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant, mode: "test");
        await _app.Messages.PublishAsync(job);
        (await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId)).ReservedCents.ShouldBe(0);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        await Eventually.Within(
            MessageTap.Soon, async () => await _app.ScalarAsync<long>("SELECT count(*) FROM acceptances WHERE job_id = $1", job.JobId) == 1);
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await _app.PostingsAsync(job.JobId)).ShouldBeEmpty();
        _app.Messages.Heard<JobCharged>().ShouldNotContain(c => c.JobId == job.JobId);
    }

    [Fact]
    public async Task whose_price_differs_by_a_cent_is_not_funded()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var right = Jobs.Placed(merchant);
        var job = right with { Price = right.Price with { NetCents = right.Price.NetCents - 1 } };
        await _app.Messages.PublishAsync(job);
        (await _app.Messages.NextAsync<JobFundingDeclined>(d => d.JobId == job.JobId)).Reason.ShouldBe("price.mismatch");
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
    }

    [Fact]
    public async Task told_five_times_under_one_id_and_five_times_under_others_is_reserved_for_once()
    {
        var merchant = await _app.MerchantWithAsync(10_000);
        var job = Jobs.Placed(merchant);
        var same = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _app.Messages.PublishAsync(job, i % 2 == 0 ? same : null)));
        // A job placed after them all has been worked off: so have they, or they never will be.
        await _app.DrainAsync(merchant);
        _app.Messages.Heard<JobFunded>().Count(f => f.JobId == job.JobId).ShouldBe(1);
        (await _app.PostingsAsync(job.JobId)).Count.ShouldBe(2);
    }

    /// <summary>The database refuses an overdraft as well, and a refused order is tried again: without its refusal only the lock is left to see to it.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(5000, true)]
    [InlineData(0, false)]
    [InlineData(5000, false)]
    public async Task is_one_of_64_at_once_and_the_balance_never_falls_below_its_limit_by_a_cent(long limit, bool databaseRefuses)
    {
        await using var app = await BillingApp.StartAsync(shared.Servers, concurrency: 64);
        if (!databaseRefuses)
        {
            await app.AsAdministratorAsync("ALTER TABLE balances DROP CONSTRAINT ck_balances_floor");
        }

        const int enoughFor = 20;
        var merchant = await app.RegisteredAsync((enoughFor * 286) + 285 - limit);
        if (limit > 0)
        {
            (await app.AsOperator().PutAsJsonAsync($"/operations/merchants/{merchant}/credit-limit", new { cents = limit, reason = "Monthly account" }, TestContext.Current.CancellationToken))
                .StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        }

        var jobs = Enumerable.Range(0, 64).Select(_ => Jobs.Placed(merchant)).ToList();
        await Task.WhenAll(jobs.Select(job => app.Messages.PublishAsync(job)));

        await Eventually.Within(
            TimeSpan.FromSeconds(60), () => app.Messages.Heard<JobFunded>().Count + app.Messages.Heard<JobFundingDeclined>().Count >= 64, "An answer for each job");
        app.Messages.Heard<JobFunded>().Count.ShouldBe(enoughFor);
        app.Messages.Heard<JobFundingDeclined>().Count.ShouldBe(64 - enoughFor);
        app.Messages.Heard<JobFundingDeclined>().ShouldAllBe(d => d.Reason == "balance.insufficient");
        (await app.BalanceAsync(merchant)).ShouldBe((285 - limit, enoughFor * 286));
        (await app.ReconcileAsync()).Count.ShouldBe(0);
    }
}

public sealed class The_price_check
{
    public static TheoryData<string, Func<PriceFacts, PriceFacts>> Slips { get; } = new()
    {
        { "price list", p => p with { PriceList = "2026-2" } },
        { "counting", p => p with { Counting = p.Counting + 1 } },
        { "characters", p => p with { Characters = p.Characters + 55 } },
        { "no characters", p => p with { Characters = 0 } },
        { "negative characters", p => p with { Characters = -1 } },
        { "lines", p => p with { Lines = p.Lines + 1 } },
        { "billed lines", p => p with { BilledLines = p.BilledLines + 1 } },
        { "fewer billed lines", p => p with { BilledLines = p.BilledLines - 1 } },
        { "rate", p => p with { RatePerLine = p.RatePerLine - 1 } },
        { "urgency", p => p with { UrgencyFactor = 1.25m } },
        { "net", p => p with { NetCents = p.NetCents + 1 } },
        { "currency", p => p with { Currency = "CHF" } },
        { "tax category", p => p with { TaxCategory = "AE" } },
        { "tax rate", p => p with { TaxRate = 7 } },
        { "tax", p => p with { TaxCents = p.TaxCents - 1 } },
        { "repetition", p => p with { RepetitionFactor = 0.25m } },
        { "repetition above", p => p with { RepetitionFactor = 1.1m } },
        { "minimum", p => p with { MinimumLines = 3 } },
        { "negative minimum", p => p with { MinimumLines = -1 } },
        { "no counting", p => p with { Counting = 0 } },
        { "fee", p => p with { TranslatorFeeCents = p.TranslatorFeeCents + 1 } },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void finds_a_slip_in_every_number(string what, Func<PriceFacts, PriceFacts> slip)
    {
        var placed = Jobs.Placed(Guid.Empty);
        IsRight(placed).ShouldBeTrue();
        IsRight(placed with { Price = slip(placed.Price) }).ShouldBeFalse(what);
    }

    [Theory]
    [InlineData(1, Urgency.Standard, "DE", true)]
    [InlineData(1632, Urgency.Express, "DE", false)]
    [InlineData(50_707, Urgency.Night, "AT", true)]
    [InlineData(56, Urgency.Express, "FR", false)]
    [InlineData(93, Urgency.Night, "CH", false)]
    public void agrees_with_intake(int characters, Urgency urgency, string country, bool vatIdValid) =>
        IsRight(Jobs.Placed(Guid.Empty, characters, urgency, country: country, vatIdValid: vatIdValid)).ShouldBeTrue();

    public static TheoryData<string, JobOrder> Kinds { get; } = new()
    {
        { "translation", JobOrder.Translation(Jobs.Pair, LineCount.Restore(93), Urgency.Standard) },
        { "repeated translation", JobOrder.Translation(Jobs.Pair, LineCount.Restore(500), Urgency.Express, isRepetition: true) },
        { "summary", JobOrder.Summary(LanguagePair.Of("fr", "de"), LineCount.Restore(400), Urgency.Night) },
        { "repeated summary", JobOrder.Summary(LanguagePair.Of("fr", "de"), LineCount.Restore(93), Urgency.Standard, isRepetition: true) },
        { "formulation", JobOrder.Formulation(Jobs.Pair, 10, Urgency.Standard) },
        { "short formulation", JobOrder.Formulation(Jobs.Pair, 2, Urgency.Express) },
        { "call", JobOrder.Call(Jobs.Pair, 10, Urgency.Standard) },
        { "short call", JobOrder.Call(Jobs.Pair, 1, Urgency.Night) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void agrees_with_intake_on_every_kind_and_on_no_other_number(string what, JobOrder order)
    {
        foreach (var tells in (bool[])[true, false])
        {
            var placed = Jobs.Ordered(Guid.Empty, order, tellsMinimum: tells);
            IsRight(placed).ShouldBeTrue(what);
            // Some slips of the one kind are the truth of another.
            foreach (var (slip, change) in Slips.Select(row => row.Data).Where(s => s.Item2(placed.Price) != placed.Price))
            {
                IsRight(placed with { Price = change(placed.Price) }).ShouldBeFalse($"{what}: {slip}");
            }
        }
    }

    [Fact]
    public void takes_a_repetitions_share_for_texts_only_and_no_other_factor()
    {
        var repeated = Jobs.Ordered(Guid.Empty, JobOrder.Translation(Jobs.Pair, LineCount.Restore(500), Urgency.Standard, isRepetition: true));
        IsRight(repeated).ShouldBeTrue();
        IsRight(repeated with { Price = repeated.Price with { RepetitionFactor = 1m } }).ShouldBeFalse("priced as a repetition");
        IsRight(repeated with { Price = repeated.Price with { RepetitionFactor = 0.24m, NetCents = 288 } }).ShouldBeFalse();
        var call = Jobs.Call(Guid.Empty);
        var (net, fee) = (call.Price.NetCents / 4, call.Price.TranslatorFeeCents / 4);
        IsRight(call with { Price = call.Price with { RepetitionFactor = 0.25m, NetCents = net, TaxCents = 80, TranslatorFeeCents = fee } }).ShouldBeFalse();
    }

    [Fact]
    public void knows_a_call_by_its_base()
    {
        var call = Jobs.Call(Guid.Empty, maxMinutes: 1);
        IsRight(call with { Price = call.Price with { Lines = 4, BilledLines = 4, NetCents = 480, TaxCents = 91, TranslatorFeeCents = 336 } })
            .ShouldBeFalse("a call of no minutes");
    }

    [Fact]
    public void lets_a_bundled_job_bear_less_than_the_minimum_but_never_less_than_its_lines()
    {
        foreach (var tells in (bool[])[true, false])
        {
            var placed = Jobs.Ordered(Guid.Empty, JobOrder.Translation(Jobs.Pair, LineCount.Restore(10), Urgency.Standard), minimumLines: 0, tellsMinimum: tells);
            IsRight(placed).ShouldBeTrue();
            IsRight(placed with { Price = placed.Price with { BilledLines = 0 } }).ShouldBeFalse();
        }
    }

    [Fact]
    public void refuses_what_is_not_on_offer()
    {
        var placed = Jobs.Placed(Guid.Empty);
        IsRight(placed with { Facts = placed.Facts with { Target = "fi" } }).ShouldBeFalse();
        IsRight(placed with { Facts = placed.Facts with { Target = "de" } }).ShouldBeFalse();
        IsRight(placed with { Facts = placed.Facts with { Kind = "summary" } }).ShouldBeFalse();
        IsRight(placed with { Facts = placed.Facts with { Kind = "poem" } }).ShouldBeFalse();
        IsRight(placed with { Facts = placed.Facts with { Urgency = "someday" } }).ShouldBeFalse();
        IsRight(placed with { Country = "Germany" }).ShouldBeFalse();
        Features.FundJob.PriceCheck.IsRight(placed, null, TaxRules.Germany).ShouldBeFalse();
    }

    private static bool IsRight(JobPlaced placed) => Features.FundJob.PriceCheck.IsRight(placed, PriceList.Initial, TaxRules.Germany);
}
