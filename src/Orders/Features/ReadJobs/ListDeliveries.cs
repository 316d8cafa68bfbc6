using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary><c>GET /v1/jobs/{id}/deliveries</c>: delivered texts leave the house here, embedded in their job (<c>expand</c>) and in the thread of their case.</summary>
internal static class ListDeliveries
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/jobs/{id}/deliveries", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listDeliveries")
        .WithTags("Jobs")
        .WithSummary("Get what was delivered")
        .WithDescription("All versions, the first delivery first; the last one counts. Empty until the translator has delivered.")
        .Produces<DataList<DeliveryView>>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(Ids.Job, id, out var jobId) || !await db.Jobs.AnyAsync(j => j.Id == jobId, cancellationToken))
        {
            return CommonProblems.NotFound("job");
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var found = await db.DeliveriesOfAsync([jobId], merchant, vault, cancellationToken);
        return TypedResults.Ok(new DataList<DeliveryView>([.. found[jobId]]));
    }
}

/// <summary>What was delivered, with the parts that the job's kind has; the others are left out.</summary>
public sealed record DeliveryView(
    string Id,
    int Version,
    [property: Description("The finished text: of a `translation` or a `formulation`.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: Description("What the text says, shortly, in your language: of a `formulation`.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BackGloss,
    [property: Description("A note of the translator to you.")] string? Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SummaryView? Summary,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CallView? Call,
    DateTimeOffset DeliveredAt)
{
    public static DeliveryView Of(Delivery delivery, DeliveryContent content) => new(
        PublicId.Format(Ids.Delivery, delivery.Id),
        delivery.Version,
        content.Summary is null && delivery.Call is null ? content.Text : null,
        content.BackGloss,
        content.Note,
        content.Summary is { } summary ? new(summary.Gist, summary.Mood, summary.NextStep) : null,
        delivery.Call is { } call ? new(call.Outcome, call.Minutes, call.Attempts, content.CallReport) : null,
        delivery.DeliveredAt);
}

/// <summary>A foreign message in short, in your language.</summary>
public sealed record SummaryView(
    [property: Description("What it says.")] string Gist,
    [property: Description("Your customer's mood.")] string Mood,
    [property: Description("What the translator suggests to do.")] string NextStep);

/// <summary>How a call went.</summary>
public sealed record CallView(
    [property: AllowedValues(CallOutcome.Reached, CallOutcome.Voicemail, CallOutcome.NotReached, CallOutcome.WrongNumber)] string Outcome,
    [property: Description("Started minutes spoken; 0 if nobody was reached.")] int Minutes,
    [property: Description("How often it was tried.")] int Attempts,
    [property: Description("What was found out.")] string? Report);
