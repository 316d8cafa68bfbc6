using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Following_and_accepting_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_job_goes_its_way_and_the_merchant_is_told_each_step_in_order()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var now = TimeProvider.System.GetUtcNow();
        var anna = Guid.CreateVersion7(now);

        await shared.App.Messages.PublishAsync(new JobFunded(id, merchant.Id, 286, 168, now));
        await merchant.StateBecomesAsync(publicId, "open");
        await shared.App.Messages.PublishAsync(new JobOffered(id, merchant.Id, 1, now));
        await shared.App.Messages.PublishAsync(new JobClaimed(id, merchant.Id, 2, anna, "Anna", now.AddMinutes(30), now));
        await merchant.StateBecomesAsync(publicId, "in_progress");
        ((string)(await merchant.GetAsync($"/v1/jobs/{publicId}"))["translator"]!["displayName"]!).ShouldBe("Anna");
        await shared.App.Messages.PublishAsync(new JobReleased(id, merchant.Id, 3, "handed_back", now));
        await merchant.StateBecomesAsync(publicId, "open");
        await merchant.DeliverAsync(id, "Bonjour", version: 5);
        await merchant.StateBecomesAsync(publicId, "in_review");

        var delivery = (await merchant.GetAsync($"/v1/jobs/{publicId}/deliveries"))["data"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)delivery["text"]!).ShouldBe("Bonjour");
        ((string)delivery["note"]!).ShouldBe("Ein Wort zur Anrede.");
        ((int)delivery["version"]!).ShouldBe(1);

        await ToldAsync(id, "job.placed placed, job.funded open, job.open open, job.claimed in_progress, job.released open, job.claimed in_progress, job.delivered in_review");
    }

    [Fact]
    public async Task A_job_that_cannot_be_paid_for_waits_for_payment()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        await shared.App.Messages.PublishAsync(new JobFundingDeclined(id, merchant.Id, "balance.insufficient", TimeProvider.System.GetUtcNow()));
        await merchant.StateBecomesAsync(publicId, "payment_required");
        await ToldAsync(id, "job.placed placed, job.payment_required payment_required");
        ((string?)(await merchant.GetAsync($"/v1/jobs/{publicId}"))["fundingProblem"]).ShouldBe("balance.insufficient");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_is_paid_for_later_opens_and_is_promised_as_much_later(bool declinedFirst)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var job = await merchant.GetAsync($"/v1/jobs/{publicId}");
        job.ContainsKey("fundingProblem").ShouldBeTrue();
        var promised = (DateTimeOffset)job["promise"]!["deliverBy"]!;
        var now = TimeProvider.System.GetUtcNow();
        Task TellAsync(bool declined) => declined
            ? shared.App.Messages.PublishAsync(new JobFundingDeclined(id, merchant.Id, "balance.insufficient", now))
            : shared.App.Messages.PublishAsync(new JobFunded(id, merchant.Id, 286, 168, now.AddHours(30)));
        await TellAsync(declinedFirst);
        await merchant.StateBecomesAsync(publicId, declinedFirst ? "payment_required" : "open");
        await TellAsync(!declinedFirst);
        await Eventually.Passes(TestMerchant.Soon, async () => ((DateTimeOffset)(await merchant.GetAsync($"/v1/jobs/{publicId}"))["promise"]!["deliverBy"]!)
            .ShouldBe(promised.AddHours(30), TimeSpan.FromMilliseconds(1)));
        await TellAsync(true);
        await TellAsync(false);
        await shared.App.Messages.PublishAsync(new JobOffered(id, merchant.Id, 1, now.AddHours(30)));
        await ToldAsync(id, $"job.placed placed, {(declinedFirst ? "job.payment_required payment_required, " : "")}job.funded open, job.open open");
        job = await merchant.GetAsync($"/v1/jobs/{publicId}");
        ((string?)job["fundingProblem"]).ShouldBeNull();
        ((DateTimeOffset)job["promise"]!["deliverBy"]!).ShouldBe(promised.AddHours(30), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_job_that_nobody_pays_for_expires_without_having_been_open()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var now = TimeProvider.System.GetUtcNow();
        await shared.App.Messages.PublishAsync(new JobFundingDeclined(id, merchant.Id, "balance.insufficient", now));
        await merchant.StateBecomesAsync(publicId, "payment_required");
        await shared.App.Messages.PublishAsync(new JobExpired(id, merchant.Id, 1, now.AddDays(7), Unpaid: true));
        await ToldAsync(id, "job.placed placed, job.payment_required payment_required, job.expired expired");
        ((string?)(await merchant.GetAsync($"/v1/jobs/{publicId}"))["fundingProblem"]).ShouldBeNull();
    }

    [Fact]
    public async Task Facts_that_arrive_together_are_all_counted()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var now = TimeProvider.System.GetUtcNow();
        var anna = Guid.CreateVersion7(now);
        await Task.WhenAll(
            shared.App.Messages.PublishAsync(new JobClaimed(id, merchant.Id, 2, anna, "Anna", now, now)),
            shared.App.Messages.PublishAsync(new JobOffered(id, merchant.Id, 1, now)),
            shared.App.Messages.PublishAsync(new JobFunded(id, merchant.Id, 286, 168, now)),
            merchant.DeliverAsync(id, translator: anna));
        await merchant.StateBecomesAsync(publicId, "in_review");
        await ToldAsync(id, "job.placed placed, job.funded open, job.open open, job.claimed in_progress, job.delivered in_review");
    }

    [Fact]
    public async Task Facts_that_come_shuffled_and_twice_end_the_same()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var vault = shared.App.Services.GetRequiredService<TextVault>();
        var (anna, now) = (Marketplace.Anna, TimeProvider.System.GetUtcNow());
        for (var round = 0; round < 8; round++)
        {
            var job = await Marketplace.BringAsync(merchant, "placed");
            var (question, delivery) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
            Func<Task>[] facts =
            [
                () => job.TellAsync(new JobFunded(job.JobId, merchant.Id, 286, 168, now)),
                () => job.TellAsync(new JobOffered(job.JobId, merchant.Id, 1, now)),
                () => job.TellAsync(new JobClaimed(job.JobId, merchant.Id, 3, anna, "Anna", now, now)),
                () => job.TellAsync(new QuestionAsked(
                    job.JobId, merchant.Id, 4, question, anna, "Anna", false, vault.Seal(merchant.DataKey, question, TextPurpose.Message, "Warum?"), now)),
                () => job.TellAsync(new JobDelivered(
                    job.JobId, merchant.Id, 6, delivery, 1, anna,
                    vault.Seal(merchant.DataKey, delivery, TextPurpose.DeliveryContent, new DeliveryContent("Bonjour", null)), 7, 1, now)),
            ];
            var arrival = facts.Concat(facts).ToArray();
            new Random(round).Shuffle(arrival);
            foreach (var fact in arrival)
            {
                await fact();
            }

            await Eventually.Passes(TestMerchant.Soon, () =>
            {
                var told = shared.App.Messages.Heard<JobStateChanged>().Where(m => m.JobId == job.JobId).OrderBy(m => m.Sequence).ToList();
                told.Select(m => m.Type).Order().ShouldBe(["job.claimed", "job.delivered", "job.funded", "job.open", "job.placed", "job.question"]);
                told.Select(m => m.Sequence).ShouldBe(Enumerable.Range(1, 6));
                return Task.CompletedTask;
            });
            // A delivery that overtakes tells all six by itself; the name and the question may still be on their way.
            await Eventually.Passes(TestMerchant.Soon, async () =>
            {
                var view = await job.JobAsync();
                ((string)view["state"]!).ShouldBe("in_review");
                ((string?)view["translator"]!["displayName"]).ShouldBe("Anna");
                ((int)view["openQuestions"]!).ShouldBe(0);
                (await job.MessagesAsync()).Count.ShouldBe(1);
            });
        }
    }

    [Fact]
    public async Task Accepting_tells_the_others_everything_they_need()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var delivery = await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");

        var response = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", """{"rating":5,"thanks":"Merci beaucoup!","preferTranslator":true}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await TestMerchant.BodyOf(response))["state"]!).ShouldBe("accepted");
        var accepted = await shared.App.Messages.NextAsync<DeliveryAccepted>(m => m.JobId == id);
        (accepted.DeliveryId, accepted.Rating, accepted.PreferTranslator, accepted.Automatic).ShouldBe((delivery, 5, true, false));
        (accepted.Lines, accepted.Call, accepted.ByRuling).ShouldBe((1, null, false));
        var key = (await shared.App.Messages.NextAsync<JobPlaced>(m => m.JobId == id)).DataKey;
        shared.App.Services.GetRequiredService<TextVault>().Open<string>(key, delivery, TextPurpose.Thanks, accepted.Thanks!).ShouldBe("Merci beaucoup!");
        await ToldAsync(id, "job.placed placed, job.funded open, job.open open, job.claimed in_progress, job.delivered in_review, job.accepted accepted");
    }

    [Fact]
    public async Task Accepting_needs_no_body_at_all()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        var response = await merchant.Live.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/v1/jobs/{publicId}/accept"), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_job_that_is_not_under_review_cannot_be_accepted_and_says_why()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, _) = await merchant.PlaceAsync();

        var response = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}");

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var body = await TestMerchant.BodyOf(response);
        ((string)body["code"]!).ShouldBe("job.state");
        ((string)body["state"]!).ShouldBe("placed");
        body["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(["cancel", "messages"]);
        ((string)body["detail"]!).ShouldContain("placed");
    }

    [Theory]
    [InlineData("""{"rating":0}""", "/rating")]
    [InlineData("""{"rating":6}""", "/rating")]
    [InlineData("""{"thanks":"\u0000"}""", "/thanks")]
    [InlineData("""{"stars":5}""", "/stars")]
    public async Task Faults_in_an_acceptance_are_named(string body, string pointer)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, _) = await merchant.PlaceAsync();
        var response = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", body);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await TestMerchant.BodyOf(response))["errors"]![0]!["pointer"]!).ShouldBe(pointer);
    }

    [Fact]
    public async Task Two_who_accept_at_once_accept_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}")));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(9);
        await ToldAsync(id, "job.placed placed, job.funded open, job.open open, job.claimed in_progress, job.delivered in_review, job.accepted accepted");
        shared.App.Messages.Heard<DeliveryAccepted>().Count(m => m.JobId == id).ShouldBe(1);
    }

    [Fact]
    public async Task After_48_hours_a_delivery_is_accepted_by_itself_once_though_two_replicas_look()
    {
        await using var app = await OrdersApp.StartAsync(shared.Servers);
        var merchant = await app.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(47));
        AutomaticAcceptance Replica() => new(app.Services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<AutomaticAcceptance>.Instance);
        using var one = Replica();
        using var other = Replica();

        (await one.RunAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        clock.Advance(TimeSpan.FromHours(2));
        var accepted = await Task.WhenAll(one.RunAsync(TestContext.Current.CancellationToken), other.RunAsync(TestContext.Current.CancellationToken));

        accepted.Sum().ShouldBe(1);
        var message = await app.Messages.NextAsync<DeliveryAccepted>(m => m.JobId == id);
        message.Automatic.ShouldBeTrue();
        message.Rating.ShouldBeNull();
        ((string)(await merchant.GetAsync($"/v1/jobs/{publicId}"))["state"]!).ShouldBe("accepted");
    }

    private async Task ToldAsync(Guid jobId, string expected)
    {
        var steps = expected.Split(", ");
        await Eventually.Passes(TestMerchant.Soon, () =>
        {
            var told = shared.App.Messages.Heard<JobStateChanged>().Where(m => m.JobId == jobId).OrderBy(m => m.Sequence).ToList();
            told.Select(m => $"{m.Type} {m.State}").ShouldBe(steps);
            told.Select(m => m.Sequence).ShouldBe(Enumerable.Range(1, steps.Length));
            return Task.CompletedTask;
        });
    }
}
