using Microsoft.EntityFrameworkCore;
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
        var found = await db.Deliveries.AsNoTracking()
            .Where(d => d.JobId == jobId)
            .Join(db.DeliveryTexts, d => d.Id, t => t.DeliveryId, (delivery, text) => new { delivery, text.Content })
            .OrderBy(d => d.delivery.Version)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new DataList<DeliveryView>([.. found.Select(d => DeliveryView.Of(
            d.delivery, vault.Open<DeliveryContent>(merchant.DataKey, d.delivery.Id, TextPurpose.DeliveryContent, d.Content)))]));
    }
}

/// <summary>A finished text.</summary>
public sealed record DeliveryView(string Id, int Version, string Text, string? Note, DateTimeOffset DeliveredAt)
{
    public static DeliveryView Of(Delivery delivery, DeliveryContent content) =>
        new(PublicId.Format(Ids.Delivery, delivery.Id), delivery.Version, content.Text, content.Note, delivery.DeliveredAt);
}
