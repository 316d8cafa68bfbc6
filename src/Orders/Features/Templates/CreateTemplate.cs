using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
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

namespace Zweizeiler.Orders.Features.Templates;

/// <summary><c>POST /v1/templates</c></summary>
internal sealed class CreateTemplate(OrdersDbContext db, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, TimeProvider time)
{
    private const string Example = """
        {
          "name": "Late parcel",
          "language": "de",
          "text": "Guten Tag {{customer}}, Ihr Paket zu Bestellung {{orderNumber}} ist liegen geblieben. Es kommt am {{day}}."
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/templates", (Body<TemplateItem> body, CreateTemplate create, CancellationToken cancellationToken) => create.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("createTemplate")
        .ShowsTag()
        .ShowsLocation()
        .WithTags("Templates")
        .WithSummary("Create a reply template")
        .WithDescription("A placeholder is a name in double braces, `{{orderNumber}}`. Name the template as `templateId` in a translation, with its `values` instead of a `text`; or render it first and look at it. The answer has an `ETag`.")
        .WithRequestExample("template", "A parcel is late", Example)
        .Produces<TemplateView>(StatusCodes.Status201Created)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<TemplateItem> body, CancellationToken cancellationToken)
    {
        var item = body.Value;
        body.Faults.Required("/name", item.Name);
        body.Faults.Required("/text", item.Text);
        TemplateRules.Check(item, body.Faults, (await priceLists.ActiveAsync(cancellationToken)).Languages);
        body.Faults.ThrowIfAny();

        var now = time.Now();
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var id = Guid.CreateVersion7(now);
        var template = new Template
        {
            Id = id,
            MerchantId = caller.MerchantId,
            Mode = caller.Mode,
            Name = item.Name!,
            Language = string.IsNullOrEmpty(item.Language) ? null : item.Language,
            Text = vault.Seal(merchant.DataKey, id, TextPurpose.Template, item.Text!),
            CreatedAt = now,
        };
        template.Changed(now);
        db.Templates.Add(template);
        var answer = Answer.Created($"/v1/templates/{PublicId.Format(Ids.Template, id)}", TemplateView.Of(template, vault, merchant.DataKey));
        return answer with { ETag = Preconditions.Tag(template.Version) };
    }
}
