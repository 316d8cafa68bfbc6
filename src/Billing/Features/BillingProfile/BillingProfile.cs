using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.KeepMerchants;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.BillingProfile;

/// <summary>Where invoices go. Country, VAT id and e-mail address are the account's own.</summary>
public sealed record BillingProfileItem(
    [property: Description("Name on invoices; the account's name if it is not given.")] string? LegalName,
    [property: Description("Street and house number."), Required] string? Street,
    [property: Required] string? PostCode,
    [property: Required] string? City,
    [property: Description("What you want to find on every invoice, for example a routing id (Leitweg-ID); otherwise your customer number.")] string? BuyerReference);

/// <summary>What invoices say of you.</summary>
public sealed record BillingProfileView(
    [property: Description("Name on invoices.")] string LegalName,
    string Street,
    string PostCode,
    string City,
    [property: Description("ISO 3166-1 alpha-2; the account's.")] string Country,
    [property: Description("The account's VAT id.")] string? VatId,
    string? BuyerReference,
    [property: Description("Under which we keep you.")] string CustomerNumber,
    [property: Description("Whether invoices can be made out; without an address they wait.")] bool Complete);

/// <summary><c>GET</c> and <c>PUT /v1/billing-profile</c></summary>
internal static class BillingProfile
{
    private const int LongestName = 200;
    private const string Example = """{"legalName": "Muster Handels GmbH", "street": "Hohe Straße 1", "postCode": "50667", "city": "Köln", "buyerReference": "EK-2026"}""";
    private const string AnswerExample = """
        {"legalName": "Muster Handels GmbH", "street": "Hohe Straße 1", "postCode": "50667", "city": "Köln", "country": "DE", "vatId": "DE136695976",
         "buyerReference": "EK-2026", "customerNumber": "10001", "complete": true}
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/billing-profile", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getBillingProfile")
            .ShowsTag()
            .WithTags("Billing")
            .WithSummary("Get your billing profile")
            .WithDescription("Name and address as they stand on invoices. The answer has an `ETag`, also before anything was saved.")
            .Produces<BillingProfileView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .WithResponseExample(200, "profile", "A complete profile", AnswerExample);
        app.MapPut("/v1/billing-profile", PutAsync)
            .RequireScope(Scope.Admin)
            .WithName("replaceBillingProfile")
            .ShowsTag()
            .WithTags("Billing")
            .WithSummary("Replace your billing profile")
            .WithDescription("Invoices that are issued from now on have it; those that waited for an address are issued within minutes. Needs a live key.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("profile", "A company in Cologne", Example)
            .Produces<BillingProfileView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType)
            .WithResponseExample(200, "profile", "A complete profile", AnswerExample);
    }

    private static async Task<IResult> GetAsync(HttpContext http, BillingDbContext db, CancellationToken cancellationToken)
    {
        var merchant = await db.Merchants.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (merchant is null)
        {
            return CommonProblems.NotFound("billing_profile");
        }

        // Name, country and VAT id are kept elsewhere and change without an edit of the profile.
        var view = View(merchant);
        return http.OkUnlessKnown(view, Preconditions.Tag(merchant.ProfileVersion, view));
    }

    private static async Task<IResult> PutAsync(Body<BillingProfileItem> body, HttpContext http, BillingDbContext db, CancellationToken cancellationToken)
    {
        var merchant = await db.Merchants.SingleOrDefaultAsync(cancellationToken);
        if (merchant is null)
        {
            return CommonProblems.NotFound("billing_profile");
        }

        http.Request.RequireMatch(merchant.ProfileVersion);
        var (item, faults) = (body.Value, body.Faults);
        merchant.LegalName = Text("/legalName", item.LegalName, required: false, faults);
        merchant.Street = Text("/street", item.Street, required: true, faults) ?? "";
        merchant.PostCode = Text("/postCode", item.PostCode, required: true, faults) ?? "";
        merchant.City = Text("/city", item.City, required: true, faults) ?? "";
        merchant.BuyerReference = Text("/buyerReference", item.BuyerReference, required: false, faults);
        faults.ThrowIfAny();

        merchant.ProfileVersion++;
        await db.SaveEditAsync(cancellationToken);
        await MerchantBook.RetryMonthsAsync(db, merchant.Id, cancellationToken);
        var view = View(merchant);
        http.Response.Headers.ETag = Preconditions.Tag(merchant.ProfileVersion, view);
        return TypedResults.Ok(view);
    }

    private static string? Text(string at, string? given, bool required, Faults faults)
    {
        var text = given?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (required)
            {
                faults.Add(at, "field.required", "Invoices must name the full address; give this as it stands on letters.");
            }

            return null;
        }

        if (text.Length > LongestName || text.Any(char.IsControl))
        {
            faults.Add(at, "field.invalid", $"Give 1 to {LongestName} characters on one line.");
        }

        return text;
    }

    private static BillingProfileView View(Merchant merchant) => new(
        merchant.LegalName ?? merchant.Name, merchant.Street, merchant.PostCode, merchant.City, merchant.Country, merchant.VatId, merchant.BuyerReference,
        merchant.CustomerNo, merchant.Street.Length > 0 && merchant.PostCode.Length > 0 && merchant.City.Length > 0);
}
