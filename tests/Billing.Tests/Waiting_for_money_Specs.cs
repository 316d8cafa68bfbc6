using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Features.FundJob;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Billing.Tests;

/// <summary>A service of these tests' own: a round looks at the jobs of all merchants.</summary>
public sealed class BillingWithRounds(SharedApp shared) : IAsyncLifetime
{
    public BillingApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await BillingApp.StartAsync(shared.Servers);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class A_job_declined_for_want_of_money(BillingWithRounds billing) : IClassFixture<BillingWithRounds>
{
    private const long Gross = 286;

    private readonly BillingApp _app = billing.App;

    [Fact]
    public async Task is_funded_by_itself_once_a_released_reservation_leaves_enough_for_it()
    {
        var merchant = await _app.MerchantWithAsync(300);
        var first = Jobs.Placed(merchant);
        (await _app.ConsumeAsync(first)).ShouldHaveSingleItem().ShouldBeOfType<JobFunded>();
        var (waiting, declined) = await DeclinedAsync(Jobs.Placed(merchant));

        await RoundAsync();
        (await _app.PostingsAsync(waiting.JobId)).ShouldBeEmpty();

        await _app.ConsumeAsync(Jobs.Cancelled(first));
        await RoundAsync();
        await RoundAsync();
        var funded = await _app.Messages.NextAsync<JobFunded>(f => f.JobId == waiting.JobId);
        (funded.MerchantId, funded.ReservedCents, funded.TranslatorFeeCents).ShouldBe((merchant, Gross, 168));
        funded.FundedAt.ShouldBeGreaterThan(declined.DeclinedAt);
        (await _app.BalanceAsync(merchant)).ShouldBe((14, Gross));
        (await _app.PostingsAsync(waiting.JobId)).ShouldBe([("reservation", "merchant_balance", -Gross), ("reservation", "merchant_reserved", Gross)]);

        // From here on it is a job like every other.
        (await _app.ConsumeAsync(Jobs.Accepted(waiting))).OfType<JobCharged>().ShouldHaveSingleItem();
        (await _app.BalanceAsync(merchant)).ShouldBe((14, 0));
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task is_funded_in_the_order_of_placing_and_one_that_does_not_fit_yet_goes_on_waiting()
    {
        var merchant = await _app.RegisteredAsync(1);
        var now = TimeProvider.System.GetUtcNow();
        var (big, _) = await DeclinedAsync(Jobs.Placed(merchant, characters: 1650) with { PlacedAt = now.AddMinutes(-3) });
        // Told in another order than they were placed.
        var (last, _) = await DeclinedAsync(Jobs.Placed(merchant) with { PlacedAt = now.AddMinutes(-1) });
        var (small, _) = await DeclinedAsync(Jobs.Placed(merchant) with { PlacedAt = now.AddMinutes(-2) });

        await LimitAsync(merchant, Gross);
        await RoundAsync();
        (await FundedAsync(big, small, last)).ShouldBe([false, true, false]);

        await LimitAsync(merchant, Gross + Jobs.Gross(big));
        await RoundAsync();
        (await FundedAsync(big, small, last)).ShouldBe([true, true, false]);

        await LimitAsync(merchant, Gross + Jobs.Gross(big) + Gross);
        await RoundAsync();
        (await FundedAsync(big, small, last)).ShouldBe([true, true, true]);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("expired")]
    [InlineData("accepted")]
    public async Task is_never_funded_when_it_ended_meanwhile(string how)
    {
        var merchant = await _app.RegisteredAsync(1);
        var (job, _) = await DeclinedAsync(Jobs.Placed(merchant));
        object end = how switch { "cancelled" => Jobs.Cancelled(job), "expired" => Jobs.Expired(job), _ => Jobs.Accepted(job) };
        await _app.ConsumeAsync(end);
        await LimitAsync(merchant, 10 * Gross);
        await RoundAsync();
        (await _app.BalanceAsync(merchant)).ShouldBe((1, 0));
        (await _app.ScalarAsync<bool>("SELECT waits_since IS NULL FROM jobs WHERE id = $1", job.JobId)).ShouldBeTrue();
    }

    [Fact]
    public async Task ends_for_nothing_when_its_end_is_told_after_it_was_funded()
    {
        var merchant = await _app.RegisteredAsync(1);
        var (job, _) = await DeclinedAsync(Jobs.Placed(merchant));
        await LimitAsync(merchant, Gross);
        await RoundAsync();
        (await _app.BalanceAsync(merchant)).ShouldBe((1 - Gross, Gross));
        await _app.ConsumeAsync(Jobs.Expired(job));
        (await _app.BalanceAsync(merchant)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task for_its_price_stays_declined_however_much_there_is()
    {
        var merchant = await _app.RegisteredAsync(10_000);
        var right = Jobs.Placed(merchant);
        var wrong = right with { Price = right.Price with { NetCents = right.Price.NetCents - 1 } };
        (await _app.ConsumeAsync(wrong)).ShouldHaveSingleItem().ShouldBeOfType<JobFundingDeclined>().Reason.ShouldBe("price.mismatch");
        await RoundAsync();
        (await _app.PostingsAsync(wrong.JobId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task is_funded_once_by_however_many_rounds_and_never_beyond_the_balance()
    {
        const int enoughFor = 7;
        var merchant = await _app.RegisteredAsync(1);
        var now = TimeProvider.System.GetUtcNow();
        var jobs = new List<JobPlaced>();
        for (var i = 0; i < 20; i++)
        {
            jobs.Add((await DeclinedAsync(Jobs.Placed(merchant) with { PlacedAt = now.AddSeconds(i) })).Job);
        }

        await LimitAsync(merchant, (enoughFor * Gross) + Gross - 2);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RoundAsync()));
        await RoundAsync();
        (await FundedAsync([.. jobs])).ShouldBe([.. Enumerable.Repeat(true, enoughFor), .. Enumerable.Repeat(false, 20 - enoughFor)]);
        (await _app.BalanceAsync(merchant)).ShouldBe((1 - (enoughFor * Gross), enoughFor * Gross));
        await _app.DrainAsync(merchant);
        _app.Messages.Heard<JobFunded>().Count(f => jobs.Any(j => j.JobId == f.JobId)).ShouldBe(enoughFor);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    private async Task<(JobPlaced Job, JobFundingDeclined Declined)> DeclinedAsync(JobPlaced job)
    {
        var declined = (await _app.ConsumeAsync(job)).ShouldHaveSingleItem().ShouldBeOfType<JobFundingDeclined>();
        declined.Reason.ShouldBe("balance.insufficient");
        return (job, declined);
    }

    private async Task<IReadOnlyList<bool>> FundedAsync(params JobPlaced[] jobs)
    {
        List<bool> funded = [];
        foreach (var job in jobs)
        {
            funded.Add((await _app.PostingsAsync(job.JobId)).Count == 2);
        }

        return funded;
    }

    /// <summary>What a merchant can spend without a balance.</summary>
    private async Task LimitAsync(Guid merchant, long cents) => (await _app.AsOperator().PutAsJsonAsync(
        $"/operations/merchants/{merchant}/credit-limit", new { cents, reason = "Monthly account" }, TestContext.Current.CancellationToken)).StatusCode
        .ShouldBe(HttpStatusCode.NoContent);

    private Task RoundAsync() => _app.Services.GetRequiredService<FundWaitingJobs>().RunAsync(TestContext.Current.CancellationToken);
}
