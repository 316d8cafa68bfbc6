using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary><c>POST /v1/jobs</c>: counts, prices, promises and stores one job or up to 50, all or none.</summary>
internal sealed class PlaceJob(
    OrdersDbContext db, IPublishEndpoint publish, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, SpendingLimits spending, TimeProvider time)
{
    /// <summary>Where the platform's day and night are.</summary>
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs", (Body<JobOrderItem> body, PlaceJob placeJob, CancellationToken cancellationToken) => placeJob.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("placeJob")
        .WithTags("Jobs")
        .WithSummary("Place a job")
        .WithDescription("Takes one job, or up to 50 under `jobs`, of which all are placed or none. The answer says the price, which binds, and the promised time of delivery. Several jobs are answered as `{\"data\": [ … ]}`.")
        .WithRequestExample("one", "A two-liner into French", Examples.One)
        .WithRequestExample("several", "Two jobs that share one minimum charge", Examples.Several)
        .Produces<JobView>(StatusCodes.Status201Created)
        .WithResponseExample(StatusCodes.Status201Created, "placed", "The job is placed", Examples.Placed)
        .WithResponseExample(StatusCodes.Status422UnprocessableEntity, "faults", "Every fault at once", Examples.Faults)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status402PaymentRequired, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<JobOrderItem> body, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var list = await priceLists.ActiveAsync(cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var items = ItemsOf(body);
        var prices = CheckAndPrice(items, list, merchant, now, body.Faults);
        body.Faults.ThrowIfAny();

        var jobs = new List<Job>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            jobs.Add(await PlaceAsync(items[i].Item, prices[i], merchant, list, now, cancellationToken));
        }

        await spending.CountAsync(jobs, cancellationToken);
        return body.Value.Jobs is null
            ? Answer.Created($"/v1/jobs/{PublicId.Format(Ids.Job, jobs[0].Id)}", JobView.Of(jobs[0]))
            : new Answer(StatusCodes.Status201Created, new DataList<JobView>([.. jobs.Select(JobView.Of)]));
    }

    private static List<(string At, JobItem Item)> ItemsOf(Body<JobOrderItem> body)
    {
        if (body.Value.Jobs is not { } jobs)
        {
            // An unreadable `jobs` is a fault already; faults of a single job that nobody sent would only confuse.
            return body.Faults.Has("/jobs") ? [] : [("", body.Value)];
        }

        if (body.Value with { Jobs = null } != new JobOrderItem())
        {
            body.Faults.Add("/jobs", "jobs.mixed", "Send either one job or 'jobs', not both: next to 'jobs' there may be no other field.");
        }

        var items = new List<(string, JobItem)>(jobs.Count);
        var index = 0;
        foreach (var job in jobs)
        {
            // Elements that were no objects have their faults and are gone from the list; the others keep their places.
            while (body.Faults.Has($"/jobs/{index}"))
            {
                index++;
            }

            items.Add(($"/jobs/{index++}", job));
        }

        if (index is 0 or > Limits.JobsAtOnce)
        {
            body.Faults.Add("/jobs", "jobs.count", $"1 to {Limits.JobsAtOnce} jobs can be placed at once; these are {index}.");
        }

        return items;
    }

    private static IReadOnlyList<JobPrice> CheckAndPrice(
        List<(string At, JobItem Item)> items, PriceList list, Merchant merchant, DateTimeOffset now, Faults faults)
    {
        var rules = new JobRules(list, now, Zone, faults);
        var orders = items.Select(i => rules.Check(i.At, i.Item)).ToList();
        if (orders.Any(o => o is null))
        {
            // Without all of its jobs the price of a bundle is not known.
            return [];
        }

        var tax = TaxRules.Germany.For(merchant.Country, merchant.IsBusiness, merchant.VatIdValid);
        var prices = JobPricer.PriceBundle(list, orders!, tax);
        for (var i = 0; i < items.Count; i++)
        {
            rules.CheckPrice(items[i].At, items[i].Item, prices[i]);
        }

        return prices;
    }

    private async Task<Job> PlaceAsync(
        JobItem item, JobPrice price, Merchant merchant, PriceList list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _ = ApiNames.TryParse(item.Urgency ?? Urgency.Standard.Name(), out Urgency urgency);
        var terms = new JobTerms(
            item.Kind!, item.Source!, item.Target!, urgency.Name(), price.ToFacts(), list.DeliverBy(urgency, now, Zone),
            item.Reference, item.CostCentre, item.Metadata ?? []);
        var job = Job.Place(Guid.CreateVersion7(now), merchant.Id, caller.Mode, terms, now);
        var content = vault.Seal(merchant.DataKey, job.Id, TextPurpose.JobContent, new JobContent(item.Text!, BriefRules.ToContract(item.Brief)));

        db.Jobs.Add(job);
        db.JobTexts.Add(new JobText { JobId = job.Id, Content = content });
        await publish.Publish(
            new JobPlaced(
                job.Id, merchant.Id, job.Facts, job.Filing, job.Price,
                merchant.Country, merchant.IsBusiness, merchant.VatIdValid, content, merchant.DataKey, now),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return job;
    }
}
