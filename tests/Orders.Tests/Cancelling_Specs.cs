using System.Net;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Cancelling_Specs(SharedApp shared)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task The_wish_is_passed_on_once_and_the_marketplace_decides()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");

        var response = await merchant.Live.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"/v1/jobs/{job.PublicId}/cancel"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var first = await TestMerchant.BodyOf(response);
        ((string)first["state"]!).ShouldBe("in_progress");
        first["cancellationRequestedAt"].ShouldNotBeNull();
        (await job.CommandAsync("cancel", "{}")).ToJsonString().ShouldBe(first.ToJsonString());
        (await job.JobAsync()).ToJsonString().ShouldBe(first.ToJsonString());
        await job.HeardAsync<CancellationRequested>(m => m.JobId == job.JobId);

        await job.TellAsync(new JobCancelled(job.JobId, merchant.Id, job.Next(), Marketplace.Anna, Now));
        await merchant.StateBecomesAsync(job.PublicId, "cancelled");
        await job.ToldAsync("placed", "funded", "open", "claimed", "cancellation_requested", "cancelled");
        shared.App.Messages.Heard<CancellationRequested>().Count(m => m.JobId == job.JobId).ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_waits_for_payment_can_be_cancelled()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "payment_required");
        await job.CommandAsync("cancel", "{}");
        await job.TellAsync(new JobCancelled(job.JobId, merchant.Id, job.Next(), null, Now));
        await merchant.StateBecomesAsync(job.PublicId, "cancelled");
        await job.ToldAsync("placed", "payment_required", "cancellation_requested", "cancelled");
    }

    [Fact]
    public async Task A_job_that_turns_out_not_to_be_paid_for_after_the_wish_is_cancelled_all_the_same()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "placed");
        await job.CommandAsync("cancel", "{}");
        await job.TellAsync(new JobFundingDeclined(job.JobId, merchant.Id, "balance.insufficient", Now));
        await merchant.StateBecomesAsync(job.PublicId, "payment_required");
        (await job.JobAsync())["cancellationRequestedAt"].ShouldNotBeNull();
        await job.TellAsync(new JobCancelled(job.JobId, merchant.Id, job.Next(), null, Now));
        await merchant.StateBecomesAsync(job.PublicId, "cancelled");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_that_came_first_wins_in_whichever_order_it_is_told(bool refusedFirst)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        await job.CommandAsync("cancel", "{}");
        if (refusedFirst)
        {
            await job.TellAsync(new CancellationRefused(job.JobId, merchant.Id, 9, Now));
            await Eventually.Passes(TestMerchant.Soon, async () => (await job.JobAsync())["cancellationRequestedAt"].ShouldBeNull());
            await job.DeliverAsync();
        }
        else
        {
            await job.DeliverAsync();
            await merchant.StateBecomesAsync(job.PublicId, "in_review");
            (await job.JobAsync())["cancellationRequestedAt"].ShouldNotBeNull();
            await job.TellAsync(new CancellationRefused(job.JobId, merchant.Id, 9, Now));
        }

        await job.ToldAsync(refusedFirst
            ? ["placed", "funded", "open", "claimed", "cancellation_requested", "cancellation_refused", "delivered"]
            : ["placed", "funded", "open", "claimed", "cancellation_requested", "delivered", "cancellation_refused"]);
        var view = await job.JobAsync();
        ((string)view["state"]!).ShouldBe("in_review");
        view["cancellationRequestedAt"].ShouldBeNull();
    }

    [Fact]
    public async Task A_wish_and_a_delivery_that_cross_end_in_a_review_without_a_wish()
    {
        var merchant = await shared.App.NewMerchantAsync();
        for (var round = 0; round < 5; round++)
        {
            var job = await Marketplace.BringAsync(merchant, "in_progress");
            var wish = job.PostAsync("cancel", "{}");
            await Task.WhenAll(wish, job.DeliverAsync());
            await merchant.StateBecomesAsync(job.PublicId, "in_review");
            var asked = (await wish).StatusCode == HttpStatusCode.Accepted;
            if (asked)
            {
                await job.HeardAsync<CancellationRequested>(m => m.JobId == job.JobId);
                await job.TellAsync(new CancellationRefused(job.JobId, merchant.Id, 9, Now));
            }
            else
            {
                (await wish).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            }

            await job.ToldAsync(asked
                ? ["placed", "funded", "open", "claimed", "cancellation_requested", "delivered", "cancellation_refused"]
                : ["placed", "funded", "open", "claimed", "delivered"]);
            (await job.JobAsync())["cancellationRequestedAt"].ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_job_that_nobody_takes_is_escalated_and_then_over_each_step_told()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "open");
        await job.TellAsync(new JobEscalated(job.JobId, merchant.Id, 2, "widened", 0, Now));
        await Eventually.Within(TestMerchant.Soon, () => shared.App.Messages.Heard<JobStateChanged>().Any(m => m.JobId == job.JobId && m.Type == "job.escalated"));
        await job.TellAsync(new JobEscalated(job.JobId, merchant.Id, 3, "fee_raised", 40, Now));
        await Eventually.Within(TestMerchant.Soon, () => shared.App.Messages.Heard<JobStateChanged>().Count(m => m.JobId == job.JobId && m.Type == "job.escalated") == 2);
        await job.TellAsync(new JobExpired(job.JobId, merchant.Id, 4, Now));
        await job.ToldAsync("placed", "funded", "open", "escalated", "escalated", "expired");
        await merchant.StateBecomesAsync(job.PublicId, "expired");
        shared.App.Messages.Heard<JobStateChanged>().Where(m => m.JobId == job.JobId && m.Type is ("job.escalated" or "job.expired"))
            .OrderBy(m => m.Sequence).Select(m => m.Step).ShouldBe(["widened", "fee_raised", null]);
    }
}
