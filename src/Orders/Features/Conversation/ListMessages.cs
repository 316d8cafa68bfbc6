using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Conversation;

/// <summary><c>GET /v1/jobs/{id}/messages</c>: the conversation about a job.</summary>
internal static class ListMessages
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/jobs/{id}/messages", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listMessages")
        .WithTags("Jobs")
        .WithSummary("Get questions and answers")
        .WithDescription("Everything that was asked and written about the job, the oldest first.")
        .Produces<DataList<MessageView>>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(Ids.Job, id, out var jobId) || !await db.Jobs.AnyAsync(j => j.Id == jobId, cancellationToken))
        {
            return CommonProblems.NotFound("job");
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return TypedResults.Ok(new DataList<MessageView>([.. (await db.MessagesOfAsync([jobId], merchant, vault, cancellationToken))[jobId]]));
    }

    /// <summary>What was written about each of the jobs, the oldest first.</summary>
    public static async Task<ILookup<Guid, MessageView>> MessagesOfAsync(
        this OrdersDbContext db, IReadOnlyList<Guid> jobs, Merchant merchant, TextVault vault, CancellationToken cancellationToken)
    {
        var found = await db.Messages.AsNoTracking()
            .Where(m => jobs.Contains(m.JobId))
            .OrderBy(m => m.SentAt).ThenBy(m => m.Id)
            .Join(db.MessageTexts, m => m.Id, t => t.MessageId, (message, text) => new { message, text.Content })
            .ToListAsync(cancellationToken);
        return found.ToLookup(
            m => m.message.JobId,
            m => MessageView.Of(m.message, vault.Open<string>(merchant.DataKey, m.message.Id, TextPurpose.Message, m.Content)));
    }
}

/// <summary>A word between you and a translator.</summary>
public sealed record MessageView(
    string Id,
    [property: AllowedValues("merchant", "translator")] string From,
    string Text,
    [property: Description("Whether it asks for an answer.")] bool Question,
    [property: Description("The question that it answers.")] string? Answers,
    [property: Description("Who wrote it; null if you did.")] TranslatorView? Translator,
    DateTimeOffset SentAt)
{
    public static MessageView Of(Message message, string text) => new(
        PublicId.Format(Ids.Message, message.Id),
        message.TranslatorId is null ? "merchant" : "translator",
        text,
        message.IsQuestion,
        PublicId.Format(Ids.Message, message.AnswersId),
        message.TranslatorId is { } translator ? new TranslatorView(PublicId.Format(Ids.Translator, translator), message.TranslatorName) : null,
        message.SentAt);
}
