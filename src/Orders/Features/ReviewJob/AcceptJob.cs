using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Preferences;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>What may be said on accepting; all of it optional.</summary>
public sealed record AcceptItem : IMayBeEmpty
{
    [Description("1 (poor) to 5 (excellent)."), Range(1, 5)]
    public int? Rating { get; init; }

    [Description("A word of thanks; the translator reads it."), MaxLength(AcceptJob.ThanksLength)]
    public string? Thanks { get; init; }

    [Description("Whether this translator is to be asked first from now on.")]
    public bool? PreferTranslator { get; init; }
}

/// <summary><c>POST /v1/jobs/{id}/accept</c>: the delivery is good; money moves now.</summary>
internal sealed class AcceptJob(
    OrdersDbContext db, IPublishEndpoint publish, Merchants merchants, PreferredTranslators preferred, TextVault vault, TimeProvider time)
{
    public const int ThanksLength = 1000;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/accept", (string id, Body<AcceptItem> body, AcceptJob accept, CancellationToken cancellationToken) =>
            accept.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("acceptJob")
        .WithTags("Jobs")
        .WithSummary("Accept a delivery")
        .WithDescription("Possible while the job is `in_review`. A delivery to which nobody objects for 48 hours is accepted by itself.")
        .WithRequestExample("thanks", "A delivery that pleased", ReviewExamples.Acceptance)
        .Produces<JobView>()
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<AcceptItem> body, CancellationToken cancellationToken)
    {
        var item = body.Value;
        if (item.Rating is < 1 or > 5)
        {
            body.Faults.Add("/rating", "field.range", "A rating is a whole number from 1 to 5.");
        }

        body.Faults.Text("/thanks", item.Thanks, ThanksLength);
        body.Faults.ThrowIfAny();

        var job = await db.LockOwnAsync(id, cancellationToken);
        var now = time.Now();
        job.Accept(new Acceptance(item.Rating, item.PreferTranslator ?? false, Automatic: false), now);
        if (job is { PreferTranslator: true, TranslatorId: { } translator })
        {
            await preferred.AddAsync(translator, now, cancellationToken);
        }

        SealedText? thanks = null;
        if (!string.IsNullOrWhiteSpace(item.Thanks))
        {
            var merchant = await merchants.GetAsync(job.MerchantId, cancellationToken);
            thanks = vault.Seal(merchant.DataKey, job.DeliveryId!.Value, TextPurpose.Thanks, item.Thanks);
        }

        var delivery = await db.Deliveries.SingleAsync(d => d.Id == job.DeliveryId, cancellationToken);
        await publish.PublishAcceptedAsync(job, delivery, thanks, AcceptedHow.ByMerchant, now, cancellationToken);
        return Answer.Ok(JobView.Of(job));
    }
}
