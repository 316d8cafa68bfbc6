using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Registration;
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

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>A glossary for one pair of languages.</summary>
public sealed record GlossaryItem
{
    [Description("What you call it."), Required, MaxLength(CreateGlossary.NameLength)]
    public string? Name { get; init; }

    [Description("Source language, ISO 639-1."), Required, Length(2, 3)]
    public string? Source { get; init; }

    [Description("Target language, ISO 639-1."), Required, Length(2, 3)]
    public string? Target { get; init; }

    [Description("Its terms; they can also be imported afterwards, as JSON, CSV or TBX."), MaxLength(Glossary.MaxTerms)]
    public IReadOnlyList<TermItem>? Terms { get; init; }
}

/// <summary><c>POST /v1/glossaries</c></summary>
internal sealed class CreateGlossary(OrdersDbContext db, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, TimeProvider time)
{
    public const int NameLength = 120;

    private const string Example = """
        {
          "name": "Bikes",
          "source": "de",
          "target": "fr",
          "terms": [
            { "source": "Gepäckträger", "target": "porte-bagages", "note": "At the back; at the front it is porte-bagages avant." },
            { "source": "Gutschein", "target": "bon d'achat" },
            { "source": "Gutschein", "target": "coupon", "forbidden": true }
          ]
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/glossaries", (Body<GlossaryItem> body, CreateGlossary create, CancellationToken cancellationToken) => create.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("createGlossary")
        .ShowsTag()
        .ShowsLocation()
        .WithTags("Glossaries")
        .WithSummary("Create a glossary")
        .WithDescription("For one pair of languages, with at most 2,000 terms. A job names it as `brief.glossaryId`, or the preferences name it for every job of its pair; the translator sees the terms that occur in the job's text, up to 100. The answer has an `ETag`.")
        .WithRequestExample("glossary", "Three terms, one of them forbidden", Example)
        .Produces<GlossaryView>(StatusCodes.Status201Created)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<GlossaryItem> body, CancellationToken cancellationToken)
    {
        var item = body.Value;
        CheckName(item, body.Faults);
        CheckPair(item, await priceLists.ActiveAsync(cancellationToken), body.Faults);
        var terms = TermRules.Check(TermRules.Raw(item.Terms, body.Faults), "/terms", body.Faults);
        body.Faults.ThrowIfAny();

        var now = time.Now();
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var glossary = new Glossary
        {
            Id = Guid.CreateVersion7(now),
            MerchantId = caller.MerchantId,
            Mode = caller.Mode,
            Name = item.Name!,
            Source = item.Source!,
            Target = item.Target!,
            TermCount = terms.Count,
            CreatedAt = now,
        };
        glossary.Changed(now);
        db.Glossaries.Add(glossary);
        db.GlossaryTerms.Add(new GlossaryTerms { GlossaryId = glossary.Id, Content = vault.Seal(merchant.DataKey, glossary.Id, TextPurpose.Glossary, terms) });
        var answer = Answer.Created($"/v1/glossaries/{PublicId.Format(Ids.Glossary, glossary.Id)}", GlossaryView.Of(glossary));
        return answer with { ETag = Preconditions.Tag(glossary.Version) };
    }

    private static void CheckName(GlossaryItem item, Faults faults)
    {
        if (faults.Required("/name", item.Name))
        {
            faults.Text("/name", item.Name, NameLength, mayBeEmpty: false);
            if (item.Name!.Any(char.IsControl))
            {
                faults.Add("/name", "text.control", "Control characters are not permitted.");
            }
        }
    }

    private static void CheckPair(GlossaryItem item, PriceList list, Faults faults)
    {
        if (!(faults.Required("/source", item.Source) & faults.Required("/target", item.Target)))
        {
            return;
        }

        if (!LanguagePair.TryOf(item.Source, item.Target, out var pair) || !list.Offers(pair))
        {
            faults.Add("/target", "pair.unsupported", "This pair of languages is not offered; GET /v1/languages lists those that are.");
        }
    }
}
