using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary><c>POST /v1/cases</c>: a thread to one customer, with what is the same for all of its jobs.</summary>
internal sealed class CreateCase(OrdersDbContext db, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, TimeProvider time)
{
    public const string Example = """
        {
          "reference": "ORDER-4711",
          "customer": { "name": "Mme Martin", "greeting": "Bonjour Madame Martin,", "language": "fr" },
          "language": "de",
          "metadata": { "shop": "fr" }
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/cases", (Body<CaseItem> body, CreateCase create, CancellationToken cancellationToken) => create.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("createCase")
        .ShowsTag()
        .ShowsLocation()
        .WithTags("Cases")
        .WithSummary("Create a case")
        .WithDescription("""
            A case strings jobs together: their mail, our summary, your reply, the call. Reference, customer and languages are given once: a job placed with `caseId` takes from its case
            what it does not say itself. Without `source` and `target` a summary goes from the customer's language into yours, everything else the other way; with one of the two, the other side is the case's other language.
            Whoever did the last job of a case is asked first for the next one. The answer has an `ETag`.
            """)
        .WithRequestExample("case", "A French customer of a German shop", Example)
        .Produces<CaseView>(StatusCodes.Status201Created)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<CaseItem> body, CancellationToken cancellationToken)
    {
        var item = body.Value;
        CaseRules.Check(item, body.Faults, (await priceLists.ActiveAsync(cancellationToken)).Languages);
        CaseRules.CheckPair(item.Language, item.Customer?.Language, body.Faults);
        body.Faults.ThrowIfAny();

        var now = time.Now();
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var created = new Case { Id = Guid.CreateVersion7(now), MerchantId = caller.MerchantId, Mode = caller.Mode, CreatedAt = now };
        CaseEdit.Apply(created, item, vault, merchant.DataKey);
        created.Changed(now);
        db.Cases.Add(created);
        var answer = Answer.Created($"/v1/cases/{PublicId.Format(Ids.Case, created.Id)}", CaseView.Of(created, vault, merchant.DataKey));
        return answer with { ETag = Preconditions.Tag(created.Version) };
    }
}

internal static class CaseEdit
{
    /// <summary>What is not given stays; an empty text takes away what was there.</summary>
    public static void Apply(Case target, CaseItem item, TextVault vault, WrappedDataKey dataKey)
    {
        target.Reference = Edited(target.Reference, item.Reference);
        target.Language = Edited(target.Language, item.Language);
        target.CustomerLanguage = Edited(target.CustomerLanguage, item.Customer?.Language);
        target.Metadata = item.Metadata ?? target.Metadata;
        if (item.Customer is { Name: not null } or { Greeting: not null })
        {
            var before = CaseView.CustomerOf(target, vault, dataKey);
            var customer = new CaseCustomer(Edited(before?.Name, item.Customer.Name), Edited(before?.Greeting, item.Customer.Greeting));
            target.Customer = customer is { Name: null, Greeting: null } ? null : vault.Seal(dataKey, target.Id, TextPurpose.Customer, customer);
        }
    }

    private static string? Edited(string? before, string? given) => given switch
    {
        null => before,
        "" => null,
        _ => given,
    };
}
