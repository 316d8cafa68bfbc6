using System.Net;
using System.Text.Json.Nodes;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Tests;

public class Conversation_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_question_holds_the_job_and_its_answer_lets_it_go_on_with_a_later_promise()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        var promised = DeliverBy(await job.JobAsync());
        var question = await job.AskAsync();
        await merchant.StateBecomesAsync(job.PublicId, "on_hold");
        ((int)(await job.JobAsync())["openQuestions"]!).ShouldBe(1);

        var answer = await job.CommandAsync("messages", $$"""{"text":"Claire Martin.","answers":"{{question}}"}""");

        ((string)answer["from"]!).ShouldBe("merchant");
        ((string)answer["answers"]!).ShouldBe(question);
        var view = await job.JobAsync();
        ((string)view["state"]!).ShouldBe("in_progress");
        ((int)view["openQuestions"]!).ShouldBe(0);
        DeliverBy(view).ShouldBeGreaterThan(promised);
        var messages = await job.MessagesAsync();
        messages.Select(m => (string)m!["text"]!).ShouldBe(["Wie heißt die Kundin?", "Claire Martin."]);
        messages.Select(m => (bool)m!["question"]!).ShouldBe([true, false]);
        ((string)messages[0]!["from"]!).ShouldBe("translator");
        ((string)messages[0]!["translator"]!["displayName"]!).ShouldBe("Anna");
        messages[1]!["translator"].ShouldBeNull();
        messages[1]!.ToJsonString().ShouldBe(answer.ToJsonString());

        var wrote = await job.HeardAsync<MerchantWrote>(m => m.JobId == job.JobId);
        PublicId.Format("msg", wrote.QuestionId).ShouldBe(question);
        job.OpenMessage(wrote.MessageId, wrote.Content).ShouldBe("Claire Martin.");
        wrote.DeliverBy.ShouldBe(DeliverBy(view));
        await job.ToldAsync("placed", "funded", "open", "claimed", "question", "answered");
    }

    [Fact]
    public async Task A_question_before_a_claim_leaves_the_job_open()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "open");
        var question = await job.AskAsync(beforeClaim: true);
        var view = await job.JobAsync();
        ((string)view["state"]!).ShouldBe("open");
        ((int)view["openQuestions"]!).ShouldBe(1);
        var tag = await TagAsync(job);

        await job.CommandAsync("messages", $$"""{"text":"Ja.","answers":"{{question}}"}""");

        ((int)(await job.JobAsync())["openQuestions"]!).ShouldBe(0);
        (await TagAsync(job)).ShouldNotBe(tag);
        (await job.HeardAsync<MerchantWrote>(m => m.JobId == job.JobId)).DeliverBy.ShouldBe(DeliverBy(view));
        await job.ToldAsync("placed", "funded", "open", "question");
    }

    [Fact]
    public async Task A_mailed_answer_is_the_merchants_message_once_however_often_it_comes()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        var question = await job.AskAsync();
        await merchant.StateBecomesAsync(job.PublicId, "on_hold");
        PublicId.TryParse("msg", question, out var questionId).ShouldBeTrue();
        var mail = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var answer = new Contracts.Notifications.AnswerReceived(
            mail, job.JobId, merchant.Id, questionId, job.SealMessage(mail, "Claire Martin."), TimeProvider.System.GetUtcNow());
        await Task.WhenAll(job.TellAsync(answer), job.TellAsync(answer), job.TellAsync(answer));

        await merchant.StateBecomesAsync(job.PublicId, "in_progress");
        var messages = await job.MessagesAsync();
        messages.Select(m => (string)m!["text"]!).ShouldBe(["Wie heißt die Kundin?", "Claire Martin."]);
        ((string)messages[1]!["answers"]!).ShouldBe(question);
        ((string)messages[1]!["id"]!).ShouldBe(PublicId.Format("msg", mail));
        var wrote = await job.HeardAsync<MerchantWrote>(m => m.JobId == job.JobId);
        wrote.QuestionId.ShouldBe(questionId);
        job.OpenMessage(wrote.MessageId, wrote.Content).ShouldBe("Claire Martin.");
        await job.ToldAsync("placed", "funded", "open", "claimed", "question", "answered");

        // What was taken three times would show now: the next step follows without another answer before it.
        await job.DeliverAsync();
        await job.ToldAsync("placed", "funded", "open", "claimed", "question", "answered", "delivered");
        (await job.MessagesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_question_told_twice_is_asked_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var text = new Contracts.SealedText([1]);
        var asked = new Contracts.Marketplace.QuestionAsked(
            job.JobId, merchant.Id, job.Next(), id, Marketplace.Anna, "Anna", false, text, TimeProvider.System.GetUtcNow());
        await Task.WhenAll(job.TellAsync(asked), job.TellAsync(asked), job.TellAsync(asked));
        await merchant.StateBecomesAsync(job.PublicId, "on_hold");
        await job.TellAsync(new Contracts.Marketplace.JobReleased(job.JobId, merchant.Id, job.Next(), "handed_back", TimeProvider.System.GetUtcNow()));
        await job.ToldAsync("placed", "funded", "open", "claimed", "question", "released");
        ((int)(await job.JobAsync())["openQuestions"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_question_about_a_revision_leads_back_to_the_revision()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "in_revision");
        var question = await job.AskAsync();
        await merchant.StateBecomesAsync(job.PublicId, "on_hold");
        await job.CommandAsync("messages", $$"""{"text":"So ist es.","answers":"{{question}}"}""");
        await merchant.StateBecomesAsync(job.PublicId, "in_revision");
    }

    [Fact]
    public async Task Who_delivers_while_a_question_is_open_has_delivered()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "on_hold");
        await job.DeliverAsync();
        await merchant.StateBecomesAsync(job.PublicId, "in_review");
        ((int)(await job.JobAsync())["openQuestions"]!).ShouldBe(0);
    }

    [Theory]
    [InlineData("{}", "/text", "field.required")]
    [InlineData("""{"text":""}""", "/text", "field.empty")]
    [InlineData("""{"text":"a","answers":"msg_1"}""", "/answers", "question.not_found")]
    [InlineData("""{"text":"a","to":"Anna"}""", "/to", "field.unknown")]
    public async Task Faults_in_a_message_are_named(string body, string pointer, string code)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, "placed");
        var response = await job.PostAsync("messages", body);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var fault = (await TestMerchant.BodyOf(response))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)fault["pointer"]!).ShouldBe(pointer);
        ((string)fault["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task A_question_of_another_job_cannot_be_answered_here_and_a_text_may_not_be_too_long()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var other = await Marketplace.BringAsync(merchant, "in_progress");
        var question = await other.AskAsync();
        var job = await Marketplace.BringAsync(merchant, "in_progress");
        var response = await job.PostAsync("messages", new JsonObject { ["text"] = new string('a', 4001), ["answers"] = question }.ToJsonString());
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestMerchant.BodyOf(response))["errors"]!.AsArray().Select(e => (string)e!["pointer"]!).ShouldBe(["/text", "/answers"], ignoreOrder: true);
    }

    private static DateTimeOffset DeliverBy(JsonObject job) => job["promise"]!["deliverBy"]!.GetValue<DateTimeOffset>();

    private static async Task<string> TagAsync(Marketplace job) =>
        (await job.Merchant.Live.GetAsync(new Uri($"/v1/jobs/{job.PublicId}", UriKind.Relative), TestContext.Current.CancellationToken)).Headers.ETag!.Tag;
}
