using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Messaging;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.Quotes;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary><c>POST /v1/jobs</c>: counts, prices, promises and stores one job or up to 50, all or none.</summary>
internal sealed class PlaceJob(
    NewRows<OrdersDbContext> rows, IPublishEndpoint publish, Caller caller, Intake intake, QuoteBook quotes, TextVault vault, SpendingLimits spending, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs", (Body<JobOrderItem> body, PlaceJob placeJob, CancellationToken cancellationToken) => placeJob.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("placeJob")
        .ShowsLocation()
        .WithTags("Jobs")
        .WithSummary("Place a job")
        .WithDescription("Takes one job, or up to 50 under `jobs`, of which all are placed or none. The answer says the price, which binds, and the promised time of delivery. Several jobs are answered as `{\"data\": [ … ]}`. With a `quoteId` a job costs what was quoted, and must be what was quoted; a quote is for one order (`quote.used`).")
        .WithRequestExample("one", "A two-liner into French", Examples.One)
        .WithRequestExample("formulation", "A reply in French, written from points", Examples.Formulation)
        .WithRequestExample("summary", "What an Italian customer wants", Examples.Summary)
        .WithRequestExample("call", "A call to a customer in France", Examples.Call)
        .WithRequestExample("quoted", "A job at the price of a quote", Examples.Quoted)
        .WithRequestExample("several", "Two jobs that share one minimum charge", Examples.Several)
        .WithMetadata(OrderItems.Forms with { Answer = "Job" })
        .Produces<JobView>(StatusCodes.Status201Created)
        .WithResponseExample(StatusCodes.Status201Created, "placed", "The job is placed", Examples.Placed)
        .WithResponseExample(StatusCodes.Status201Created, "several", "Several jobs are placed", Examples.PlacedSeveral)
        .WithResponseExample(StatusCodes.Status422UnprocessableEntity, "faults", "Every fault at once", Examples.Faults)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status402PaymentRequired, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<JobOrderItem> body, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var order = await intake.ReadAsync(body, now, cancellationToken);
        if (order.Quote is { } quote)
        {
            await quotes.UseAsync(quote, now, cancellationToken);
        }

        var jobs = new List<Job>(order.Jobs.Count);
        foreach (var priced in order.Jobs)
        {
            jobs.Add(await PlaceAsync(priced, order, now, cancellationToken));
        }

        await spending.CountAsync(jobs, cancellationToken);
        return body.Value.Jobs is null
            ? Answer.Created($"/v1/jobs/{PublicId.Format(Ids.Job, jobs[0].Id)}", JobView.Of(jobs[0]))
            : new Answer(StatusCodes.Status201Created, new DataList<JobView>([.. jobs.Select(JobView.Of)]));
    }

    private async Task<Job> PlaceAsync(PricedJob priced, PricedOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (draft, item, merchant, supply) = (priced.Draft, priced.Draft.Item, order.Merchant, order.Supply);
        var terms = new JobTerms(
            draft.Kind.Name(), draft.Pair.Source, draft.Pair.Target, draft.Urgency.Name(), priced.Price, priced.DeliverBy,
            item.Reference, item.CostCentre, item.Metadata ?? [], priced.RepetitionKey, draft.Given.CaseId);
        var job = Job.Place(Guid.CreateVersion7(now), merchant.Id, caller.Mode, terms, now);
        var content = vault.Seal(merchant.DataKey, job.Id, TextPurpose.JobContent, draft.Content);

        rows.Add(job);
        rows.Add(new JobText { JobId = job.Id, Content = content });
        await publish.Publish(
            new JobPlaced(
                job.Id, merchant.Id, job.Facts, job.Filing, job.Price,
                supply.Country, supply.IsBusiness, supply.VatIdValid, content, merchant.DataKey, now, draft.Given.Preferences),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return job;
    }
}
