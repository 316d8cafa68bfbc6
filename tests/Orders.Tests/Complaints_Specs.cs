using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Complaints;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Complaints_Specs(SharedApp shared)
{
    private const string Complaint = """{"reason":"terminology","note":"Das Produkt heißt anders.","passages":[{"start":23,"end":34}]}""";

    [Fact]
    public async Task A_complaint_is_acknowledged_at_once_and_a_corrected_delivery_comes_first()
    {
        var (merchant, job) = await AcceptedAsync();

        var response = await job.PostAsync("complaint", Complaint);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe($"/v1/jobs/{job.PublicId}/complaint");
        var complaint = await TestMerchant.BodyOf(response);
        ((string)complaint["state"]!).ShouldBe("open");
        (complaint["correctionDueAt"]!.GetValue<DateTimeOffset>() - complaint["receivedAt"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromHours(24));
        (await ComplaintAsync(job)).ToJsonString().ShouldBe(complaint.ToJsonString());
        var inJob = (await job.JobAsync())["complaint"]!;
        new[] { "id", "state", "receivedAt", "correctionDueAt" }.ShouldAllBe(name => inJob[name]!.ToJsonString() == complaint[name]!.ToJsonString());
        var received = await job.HeardAsync<ComplaintReceived>(m => m.JobId == job.JobId);
        job.Open(received.DeliveryId, received.Objection).Passages.ShouldBe([new Passage(23, 34, null)]);
        (received.CorrectionDueAt - received.ReceivedAt).ShouldBe(TimeSpan.FromHours(24));
        (await job.RefusedAsync("complaint", Complaint))["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(["complaint/close"]);

        await job.DeliverAsync(new DeliveryContent("Madame, votre flacon est en route.", null), isCorrection: true);
        await BecomesAsync(job, "corrected");
        ((string)(await job.JobAsync())["state"]!).ShouldBe("accepted");
        (await merchant.GetAsync($"/v1/jobs/{job.PublicId}/deliveries"))["data"]!.AsArray().Count.ShouldBe(2);

        var closed = await job.CommandAsync("complaint/close", """{"satisfied":true}""");
        ((string)closed["state"]!).ShouldBe("satisfied");
        closed["decidedAt"].ShouldNotBeNull();
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "accepted", "complaint", "corrected", "complaint_satisfied");
        // The next one is about the corrected text, which is shorter.
        (await job.PostAsync("complaint", """{"reason":"tone","passages":[{"start":0,"end":48}]}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await job.CommandAsync("complaint", """{"reason":"tone","passages":[{"start":0,"end":34}]}""");
        ((string)(await ComplaintAsync(job))["reason"]!).ShouldBe("tone");
    }

    [Theory]
    [InlineData(true, "dismissed", "complaint_dismissed")]
    [InlineData(false, "credited", "credited")]
    public async Task Who_is_not_satisfied_by_the_correction_gets_a_ruling(bool stands, string state, string step)
    {
        var (_, job) = await CorrectedAsync();
        var tag = (await job.Merchant.Live.GetAsync(new Uri($"/v1/jobs/{job.PublicId}", UriKind.Relative), TestContext.Current.CancellationToken)).Headers.ETag;

        await job.CommandAsync("complaint/close", """{"satisfied":false,"note":"Immer noch falsch."}""");

        var contested = await job.HeardAsync<ComplaintContested>(m => m.JobId == job.JobId);
        var objection = job.Open(contested.DeliveryId, contested.Objection);
        (objection.Reason, objection.Note, objection.Passages.Count).ShouldBe(("terminology", "Immer noch falsch.", 0));
        ((string)(await job.JobAsync())["complaint"]!["state"]!).ShouldBe("contested");
        (await job.Merchant.Live.GetAsync(new Uri($"/v1/jobs/{job.PublicId}", UriKind.Relative), TestContext.Current.CancellationToken)).Headers.ETag.ShouldNotBe(tag);

        await Task.WhenAll(job.RuleAsync(stands, contested.ComplaintId), job.RuleAsync(stands, contested.ComplaintId));

        await BecomesAsync(job, state);
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "accepted", "complaint", "corrected", step);
        if (stands)
        {
            shared.App.Messages.Heard<ComplaintCredited>().ShouldNotContain(m => m.JobId == job.JobId);
        }
        else
        {
            (await job.HeardAsync<ComplaintCredited>(m => m.JobId == job.JobId)).ByRuling.ShouldBeTrue();
            shared.App.Messages.Heard<ComplaintCredited>().Count(m => m.JobId == job.JobId).ShouldBe(1);
            // What was credited whole cannot be credited again.
            (await job.RefusedAsync("complaint", Complaint))["possible"]!.AsArray().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Until_the_correction_is_there_a_complaint_can_only_be_closed_as_satisfied()
    {
        var (_, job) = await AcceptedAsync();
        (await job.RefusedAsync("complaint/close", """{"satisfied":true}"""))["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(["complaint"]);
        (await job.Merchant.Live.GetAsync(new Uri($"/v1/jobs/{job.PublicId}/complaint", UriKind.Relative), TestContext.Current.CancellationToken))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await job.JobAsync())["complaint"].ShouldBeNull();
        await job.CommandAsync("complaint", Complaint);

        var problem = await job.RefusedAsync("complaint/close", """{"satisfied":false}""");

        ((string)problem["detail"]!).ShouldContain("corrected delivery");
        ((string)(await job.CommandAsync("complaint/close", """{"satisfied":true}"""))["state"]!).ShouldBe("satisfied");
        shared.App.Messages.Heard<ComplaintContested>().ShouldNotContain(m => m.JobId == job.JobId);
    }

    [Fact]
    public async Task Twenty_who_close_at_once_make_one_message()
    {
        var (_, job) = await CorrectedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => job.PostAsync("complaint/close", """{"satisfied":false}""")));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(19);
        var contested = await job.HeardAsync<ComplaintContested>(m => m.JobId == job.JobId);
        // Told after everything before it, so nothing more is under way.
        await job.RuleAsync(stands: true, contested.ComplaintId);
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "accepted", "complaint", "corrected", "complaint_dismissed");
        shared.App.Messages.Heard<ComplaintContested>().Count(m => m.JobId == job.JobId).ShouldBe(1);
    }

    [Fact]
    public async Task If_no_correction_comes_in_time_credit_is_given_once_though_two_replicas_look()
    {
        await using var app = await OrdersApp.StartAsync(shared.Servers);
        var merchant = await app.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "accepted");
        await job.CommandAsync("complaint", Complaint);
        var corrected = await Marketplace.BringAsync(merchant, "accepted");
        await corrected.CommandAsync("complaint", Complaint);
        await corrected.DeliverAsync(isCorrection: true);
        await BecomesAsync(corrected, "corrected");
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(23));
        OverdueCorrections Replica() => new(app.Services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<OverdueCorrections>.Instance);
        using var one = Replica();
        using var other = Replica();
        (await one.RunAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        clock.Advance(TimeSpan.FromHours(2));

        var credited = await Task.WhenAll(one.RunAsync(TestContext.Current.CancellationToken), other.RunAsync(TestContext.Current.CancellationToken));

        credited.Sum().ShouldBe(1);
        ((string)(await ComplaintAsync(job))["state"]!).ShouldBe("credited");
        ((string)(await ComplaintAsync(corrected))["state"]!).ShouldBe("corrected");
        var message = await job.HeardAsync<ComplaintCredited>(m => m.JobId == job.JobId);
        (message.ByRuling, message.TranslatorId).ShouldBe((false, Marketplace.Anna));
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "accepted", "complaint", "credited");
        // A correction that comes too late is kept, and changes nothing.
        await job.DeliverAsync(isCorrection: true);
        await Eventually.Passes(TestMerchant.Soon, async () =>
            (await merchant.GetAsync($"/v1/jobs/{job.PublicId}/deliveries"))["data"]!.AsArray().Count.ShouldBe(2));
        ((string)(await ComplaintAsync(job))["state"]!).ShouldBe("credited");
        (await one.RunAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public void A_complaint_is_possible_for_30_days()
    {
        var accepted = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var job = Job.Place(
            Guid.CreateVersion7(accepted), Guid.CreateVersion7(accepted), "live",
            new JobTerms("translation", "de", "fr", "standard",
                new Contracts.PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168), accepted, null, null, new Dictionary<string, string>()),
            accepted.AddHours(-1));
        job.Delivered(1, Marketplace.Anna, Marketplace.Anna, accepted);
        job.Accept(Acceptance.ByTime, accepted);

        Should.Throw<JobStateException>(() => job.Complain(Marketplace.Anna, accepted.AddDays(30).AddSeconds(1))).Reason!.ShouldContain("30 days");
        job.Complain(Marketplace.Anna, accepted.AddDays(30)).CorrectionDueAt.ShouldBe(accepted.AddDays(31));
    }

    [Theory]
    [InlineData("complaint", "{}", "/reason")]
    [InlineData("complaint", """{"reason":"tone","note":"\u0000"}""", "/note")]
    [InlineData("complaint/close", "{}", "/satisfied")]
    [InlineData("complaint/close", """{"satisfied":"yes"}""", "/satisfied")]
    public async Task Faults_are_named(string command, string body, string pointer)
    {
        var (_, job) = await AcceptedAsync();
        var response = await job.PostAsync(command, body);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await TestMerchant.BodyOf(response))["errors"]!.AsArray().ShouldHaveSingleItem()!["pointer"]!).ShouldBe(pointer);
    }

    [Fact]
    public async Task What_is_said_in_a_complaint_rests_sealed()
    {
        var (_, job) = await AcceptedAsync();
        await job.CommandAsync("complaint", Complaint);
        (await shared.App.ScalarAsync<bool>(
            "SELECT position(convert_to('Produkt', 'UTF8') IN content) > 0 FROM complaint_texts JOIN complaints ON id = complaint_id WHERE job_id = $1", job.JobId)).ShouldBeFalse();
    }

    private async Task<(TestMerchant Merchant, Marketplace Job)> AcceptedAsync()
    {
        var merchant = await shared.App.NewMerchantAsync();
        return (merchant, await Marketplace.BringAsync(merchant, "accepted"));
    }

    private async Task<(TestMerchant Merchant, Marketplace Job)> CorrectedAsync()
    {
        var (merchant, job) = await AcceptedAsync();
        await job.CommandAsync("complaint", Complaint);
        await job.DeliverAsync(isCorrection: true);
        await BecomesAsync(job, "corrected");
        return (merchant, job);
    }

    private static Task<System.Text.Json.Nodes.JsonObject> ComplaintAsync(Marketplace job) => job.Merchant.GetAsync($"/v1/jobs/{job.PublicId}/complaint");

    private static Task BecomesAsync(Marketplace job, string state) =>
        Eventually.Passes(TestMerchant.Soon, async () => ((string)(await ComplaintAsync(job))["state"]!).ShouldBe(state));
}
