using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Conversation;

/// <summary>A word to the translator.</summary>
public sealed record MessageItem
{
    [Description("What you want to say; the translator reads it."), Required, MaxLength(WriteMessage.TextLength)]
    public string? Text { get; init; }

    [Description("The id of the question that it answers, if it answers one.")]
    public string? Answers { get; init; }
}

/// <summary><c>POST /v1/jobs/{id}/messages</c>: answers a question, or says something unasked.</summary>
internal sealed class WriteMessage(OrdersDbContext db, IPublishEndpoint publish, Merchants merchants, TextVault vault, TimeProvider time)
{
    public const int TextLength = 4000;

    private const string Example = """{ "text": "The customer's name is Claire Martin.", "answers": "msg_01jdc9f4xyz7m8n9p0q1r2s3t4" }""";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/messages", (string id, Body<MessageItem> body, WriteMessage write, CancellationToken cancellationToken) =>
            write.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("writeMessage")
        .WithTags("Jobs")
        .WithSummary("Write to the translator")
        .WithDescription("Possible until the job is over. With `answers` it answers a question; once the last question of the one who works on it is answered, a job that was `on_hold` goes on, and its promise is later by the time that she waited.")
        .WithRequestExample("answer", "An answer to a question", Example)
        .Produces<MessageView>(StatusCodes.Status201Created)
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string jobId, Body<MessageItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(jobId, cancellationToken);
        var unanswered = new List<Message>();
        var question = body.Value.Answers is { } answers ? await FindQuestionAsync(job, answers, unanswered, body.Faults, cancellationToken) : null;
        if (body.Faults.Required("/text", body.Value.Text))
        {
            body.Faults.Text("/text", body.Value.Text, TextLength, mayBeEmpty: false);
        }

        body.Faults.ThrowIfAny();

        var now = time.Now();
        job.Write(question, unanswered, now);
        var merchant = await merchants.GetAsync(job.MerchantId, cancellationToken);
        var id = Guid.CreateVersion7(now);
        var content = vault.Seal(merchant.DataKey, id, TextPurpose.Message, body.Value.Text!);
        var message = await db.AddMerchantMessageAsync(publish, job, id, question, content, now, cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return new Answer(StatusCodes.Status201Created, MessageView.Of(message, body.Value.Text!));
    }

    private async Task<Message?> FindQuestionAsync(Job job, string id, List<Message> unanswered, Faults faults, CancellationToken cancellationToken)
    {
        var questions = await db.Messages.Where(m => m.JobId == job.Id && m.IsQuestion).ToListAsync(cancellationToken);
        unanswered.AddRange(questions.Where(q => q.AnsweredAt is null));
        var question = PublicId.TryParse(Ids.Message, id, out var questionId) ? questions.SingleOrDefault(q => q.Id == questionId) : null;
        if (question is null)
        {
            faults.Add("/answers", "question.not_found", "No such question was asked about this job.");
        }

        return question;
    }
}
