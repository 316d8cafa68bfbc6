using System.Net;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Reviewing_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_revision_goes_back_to_the_one_who_wrote_it_and_comes_back_as_a_new_version()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_review");

        var view = await job.CommandAsync("revision", """{"note":"Bitte förmlicher.","passages":[{"start":0,"end":7,"note":"Bonjour"},{"start":8,"end":48}]}""");

        ((string)view["state"]!).ShouldBe("in_revision");
        var requested = await job.HeardAsync<RevisionRequested>(m => m.JobId == job.JobId);
        requested.TranslatorId.ShouldBe(Marketplace.Anna);
        var objection = job.Open(requested.DeliveryId, requested.Objection);
        (objection.Reason, objection.Note).ShouldBe(("other", "Bitte förmlicher."));
        objection.Passages.ShouldBe([new Passage(0, 7, "Bonjour"), new Passage(8, 48, null)]);
        (await ScalarAsync<bool>(job, "SELECT acceptance_due_at IS NULL AND review_left IS NOT NULL FROM jobs WHERE id = $1")).ShouldBeTrue();

        await job.DeliverAsync(new DeliveryContent("Madame, votre colis est en route.", null));
        await merchant.StateBecomesAsync(job.PublicId, "in_review");
        (await merchant.GetAsync($"/v1/jobs/{job.PublicId}/deliveries"))["data"]!.AsArray().Select(d => (int)d!["version"]!).ShouldBe([1, 2]);
        (await ScalarAsync<bool>(job, "SELECT acceptance_due_at IS NOT NULL AND review_left IS NULL FROM jobs WHERE id = $1")).ShouldBeTrue();
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "revision_requested", "delivered");
    }

    [Fact]
    public async Task An_overdue_revision_can_be_rejected_once_that_was_told()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_revision");
        const string rejection = """{"reason":"meaning","passages":[{"start":0,"end":7}]}""";
        (await job.RefusedAsync("reject", rejection))["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(["messages"]);
        await DelayAsync(job);

        ((string)(await job.CommandAsync("reject", rejection))["state"]!).ShouldBe("disputed");
        await job.HeardAsync<DeliveryRejected>(m => m.JobId == job.JobId);
        await job.RuleAsync(stands: false);

        await merchant.StateBecomesAsync(job.PublicId, "refunded");
        await job.HeardAsync<JobRefunded>(m => m.JobId == job.JobId);
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "revision_requested", "delayed", "rejected", "refunded");
    }

    [Fact]
    public async Task A_revision_that_crosses_the_rejection_is_under_review_again()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_revision");
        await DelayAsync(job);
        await job.CommandAsync("reject", """{"reason":"meaning","passages":[{"start":0,"end":7}]}""");

        await job.DeliverAsync(new DeliveryContent("Madame, votre colis est en route.", null));

        await merchant.StateBecomesAsync(job.PublicId, "in_review");
        await job.CommandAsync("accept", "{}");
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "revision_requested", "delayed", "rejected", "delivered", "accepted");
    }

    [Fact]
    public async Task A_question_about_a_revision_can_be_answered_but_the_job_not_be_cancelled()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_revision");
        await job.AskAsync();
        await merchant.StateBecomesAsync(job.PublicId, "on_hold");

        (await job.RefusedAsync("cancel", "{}"))["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(["messages"]);
    }

    [Fact]
    public async Task A_job_in_hand_that_does_not_come_in_time_is_told_once_and_stays_in_hand()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        var late = new JobDelayed(job.JobId, merchant.Id, job.Next(), Marketplace.Anna, null, TimeProvider.System.GetUtcNow());
        await Task.WhenAll(job.TellAsync(late), job.TellAsync(late));

        await job.ToldAsync("placed", "funded", "open", "claimed", "delayed");
        ((string)(await job.JobAsync())["state"]!).ShouldBe("in_progress");
    }

    [Fact]
    public async Task A_rejection_that_the_ruling_confirms_is_refunded()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_review");
        await job.CommandAsync("reject", """{"reason":"meaning","note":"Falsch.","passages":[{"start":0,"end":7}]}""");
        var rejected = await job.HeardAsync<DeliveryRejected>(m => m.JobId == job.JobId);
        job.Open(rejected.DeliveryId, rejected.Objection).Reason.ShouldBe("meaning");

        await Task.WhenAll(job.RuleAsync(stands: false), job.RuleAsync(stands: false));

        await merchant.StateBecomesAsync(job.PublicId, "refunded");
        await job.HeardAsync<JobRefunded>(m => m.JobId == job.JobId);
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "rejected", "refunded");
        shared.App.Messages.Heard<JobRefunded>().Count(m => m.JobId == job.JobId).ShouldBe(1);
        shared.App.Messages.Heard<DeliveryAccepted>().ShouldNotContain(m => m.JobId == job.JobId);
    }

    [Fact]
    public async Task A_rejection_that_the_ruling_does_not_confirm_is_accepted_and_says_by_whom()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "disputed");
        await job.RuleAsync(stands: true);
        await merchant.StateBecomesAsync(job.PublicId, "accepted");
        var accepted = await job.HeardAsync<DeliveryAccepted>(m => m.JobId == job.JobId);
        (accepted.ByRuling, accepted.Automatic, accepted.Lines, accepted.Rating).ShouldBe((true, false, 7, null));
        await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", "rejected", "accepted");
    }

    [Fact]
    public async Task Of_accepting_and_rejecting_at_once_one_wins()
    {
        var merchant = await shared.App.NewMerchantAsync();
        for (var round = 0; round < 5; round++)
        {
            var job = await Marketplace.BringAsync(merchant, "in_review");
            var answers = await Task.WhenAll(
                job.PostAsync("accept", "{}"),
                job.PostAsync("reject", """{"reason":"tone","passages":[{"start":0,"end":1}]}"""));
            answers.Select(a => a.StatusCode).ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict], ignoreOrder: true);
            var won = answers[0].StatusCode == HttpStatusCode.OK ? "accepted" : "rejected";
            await job.ToldAsync("placed", "funded", "open", "claimed", "delivered", won);
            shared.App.Messages.Heard<DeliveryAccepted>().Count(m => m.JobId == job.JobId).ShouldBe(won == "accepted" ? 1 : 0);
        }
    }

    [Theory]
    [InlineData("revision", "{}", "/note field.required")]
    [InlineData("reject", "{}", "/passages field.required", "/reason field.required")]
    [InlineData("reject", """{"reason":"meaning"}""", "/passages field.required")]
    [InlineData("reject", """{"passages":[{"start":0,"end":1}]}""", "/reason field.required")]
    [InlineData("revision", """{"reason":"ugly"}""", "/reason reason.unknown")]
    [InlineData("revision", """{"passages":[{"start":0,"end":48},{"start":0,"end":49}]}""", "/passages/1/end passage.beyond_text")]
    [InlineData("revision", """{"passages":[{"start":3,"end":3},{"start":-1,"end":1},{"end":1},{"start":1}]}""",
        "/passages/0/end passage.empty", "/passages/1/start field.range", "/passages/2/start field.required", "/passages/3/end field.required")]
    [InlineData("revision", """{"passages":[7,{"start":5,"end":4}],"notes":1}""", "/notes field.unknown", "/passages/0 field.type", "/passages/1/end passage.empty")]
    public async Task Faults_in_an_objection_are_all_named(string command, string body, params string[] faults)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_review");
        var response = await job.PostAsync(command, body);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestMerchant.BodyOf(response))["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").ShouldBe(faults, ignoreOrder: true);
        ((string)(await job.JobAsync())["state"]!).ShouldBe("in_review");
    }

    [Fact]
    public async Task A_note_has_at_most_2000_characters()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_review");
        (await job.PostAsync("revision", $$"""{"note":"{{new string('a', 2001)}}"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await job.PostAsync("revision", $$"""{"note":"{{new string('a', 2000)}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_kind_is_delivered_with_the_parts_that_it_has_and_passages_lie_in_what_was_written()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await DeliveredAsync(
            new DeliveryContent("Bonjour!", "Kurz.", "Guten Tag!"), null,
            """{"text":"Bonjour!","backGloss":"Guten Tag!","note":"Kurz."}""", length: 8);
        await DeliveredAsync(
            new DeliveryContent("", null, Summary: new SummaryContent("Sie fragt.", "verärgert", "Antworten.")), null,
            """{"note":null,"summary":{"gist":"Sie fragt.","mood":"verärgert","nextStep":"Antworten."}}""", length: 10);
        await DeliveredAsync(
            new DeliveryContent("", null, CallReport: "Sie kommt morgen."), new CallFacts(CallOutcome.Reached, 4, 1),
            """{"note":null,"call":{"outcome":"reached","minutes":4,"attempts":1,"report":"Sie kommt morgen."}}""", length: 17);

        async Task DeliveredAsync(DeliveryContent content, CallFacts? call, string expected, int length)
        {
            var job = await Marketplace.BringAsync(merchant, "in_progress");
            await job.DeliverAsync(content, call);
            await merchant.StateBecomesAsync(job.PublicId, "in_review");
            var delivery = (await merchant.GetAsync($"/v1/jobs/{job.PublicId}/deliveries"))["data"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
            foreach (var name in new[] { "id", "version", "deliveredAt" })
            {
                delivery.Remove(name).ShouldBeTrue();
            }

            System.Text.Json.Nodes.JsonNode.DeepEquals(delivery, System.Text.Json.Nodes.JsonNode.Parse(expected)).ShouldBeTrue(delivery.ToJsonString());
            (await job.PostAsync("reject", $$"""{"reason":"other","passages":[{"start":0,"end":{{length + 1}}}]}""")).StatusCode
                .ShouldBe(HttpStatusCode.UnprocessableEntity);
            await job.CommandAsync("accept", "{}");
            (await job.HeardAsync<DeliveryAccepted>(m => m.JobId == job.JobId)).Call.ShouldBe(call);
        }
    }

    private Task<T> ScalarAsync<T>(Marketplace job, string sql) => shared.App.ScalarAsync<T>(sql, job.JobId);

    private static async Task DelayAsync(Marketplace job)
    {
        var requested = await job.HeardAsync<RevisionRequested>(m => m.JobId == job.JobId);
        await job.TellAsync(new JobDelayed(job.JobId, job.Merchant.Id, job.Next(), Marketplace.Anna, requested.DeliveryId, TimeProvider.System.GetUtcNow()));
        await job.HeardAsync<JobStateChanged>(m => m.JobId == job.JobId && m.Type == "job.delayed");
    }
}
