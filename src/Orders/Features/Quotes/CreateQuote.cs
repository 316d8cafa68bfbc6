using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Quotes;

/// <summary><c>POST /v1/quotes</c>: what one job or up to 50 would cost; the price binds for a day.</summary>
internal sealed class CreateQuote(OrdersDbContext db, Caller caller, Intake intake, QuoteBook quotes, TimeProvider time)
{
    private const string Example = """
        {
          "id": "quo_01jdc9f4xyz7m8n9p0q1r2s3t4",
          "mode": "live",
          "items": [
            {
              "kind": "translation", "source": "de", "target": "fr", "urgency": "standard",
              "price": {
                "characters": 89, "lines": 2, "billedLines": 2, "ratePerLine": 120, "urgencyFactor": 1.00, "repetitionFactor": 1.00, "net": 240, "currency": "EUR",
                "tax": { "category": "S", "rate": 19.00, "amount": 46 }, "gross": 286, "priceList": "2026-1", "counting": 1
              },
              "promise": { "deliverBy": "2026-11-23T18:00:00Z" }
            }
          ],
          "total": { "net": 240, "tax": 46, "gross": 286, "currency": "EUR" },
          "createdAt": "2026-11-23T14:00:00Z",
          "expiresAt": "2026-11-24T14:00:00Z",
          "usedAt": null
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/quotes", (Body<JobOrderItem> body, CreateQuote create, CancellationToken cancellationToken) => create.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Quote)
        .WithName("createQuote")
        .ShowsLocation()
        .WithTags("Quotes")
        .WithSummary("Ask for a price")
        .WithDescription("Takes the same body as placing jobs, one job or up to 50 under `jobs`, and orders nothing. The price binds for 24 hours: send the same jobs to `POST /v1/jobs`, each with this quote's id as `quoteId`. Your own data (`reference`, `metadata`, …) may differ; everything else must be what was quoted, also the terms of a glossary that you name and what the case says of the customer. Texts are not kept.")
        .WithRequestExample("one", "A two-liner into French", Examples.One)
        .WithRequestExample("formulation", "A reply in French, written from points", Examples.Formulation)
        .WithRequestExample("summary", "What an Italian customer wants", Examples.Summary)
        .WithRequestExample("call", "A call to a customer in France", Examples.Call)
        .WithRequestExample("several", "Two jobs that share one minimum charge", Examples.Several)
        .WithMetadata(OrderItems.Forms)
        .Produces<QuoteView>(StatusCodes.Status201Created)
        .WithResponseExample(StatusCodes.Status201Created, "quoted", "The quote", Example)
        .WithResponseExample(StatusCodes.Status422UnprocessableEntity, "faults", "Every fault at once", Examples.Faults)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<JobOrderItem> body, CancellationToken cancellationToken)
    {
        var now = time.Now();
        RefuseQuoteIds(body);
        var order = await intake.ReadAsync(body, now, cancellationToken);
        var quote = new Quote
        {
            Id = Guid.CreateVersion7(now),
            MerchantId = order.Merchant.Id,
            Mode = caller.Mode,
            PriceList = order.Jobs[0].Price.PriceList,
            Supply = order.Supply,
            Items = [.. order.Jobs.Select(job => ToItem(job, order.Merchant))],
            CreatedAt = now,
            ExpiresAt = now + Quote.Validity,
        };
        db.Quotes.Add(quote);
        return Answer.Created($"/v1/quotes/{PublicId.Format(Ids.Quote, quote.Id)}", QuoteView.Of(quote));
    }

    private static void RefuseQuoteIds(Body<JobOrderItem> body)
    {
        foreach (var (at, job) in OrderItems.Of(body))
        {
            if (job.QuoteId is not null)
            {
                body.Faults.Add($"{at}/quoteId", "field.not_for_quote", "A quote is not made from a quote.");
            }
        }
    }

    private QuotedItem ToItem(PricedJob job, Merchant merchant) => new(
        job.Draft.Kind.Name(),
        job.Draft.Pair.Source,
        job.Draft.Pair.Target,
        job.Draft.Urgency.Name(),
        job.Price,
        job.DeliverBy,
        quotes.FingerprintsOf(job.Draft, merchant.DataKey));
}
