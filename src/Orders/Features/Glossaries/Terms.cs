using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>All terms of a glossary.</summary>
public sealed record TermsItem
{
    [Description("All of them, in the order in which they are shown."), Required, MaxLength(Glossary.MaxTerms)]
    public IReadOnlyList<TermItem>? Terms { get; init; }
}

/// <summary><c>GET</c> and <c>PUT /v1/glossaries/{id}/terms</c>: the terms as a whole, in the format of the request's choice.</summary>
internal static class Terms
{
    private const string Json = "application/json";

    private const string Example = """
        { "terms": [ { "source": "Gutschein", "target": "bon d'achat" }, { "source": "Gutschein", "target": "coupon", "forbidden": true } ] }
        """;

    /// <summary>There is no registered media type for TBX, so programs send all of these.</summary>
    private static readonly string[] TbxTypes = [Tbx.MediaType, "application/x-tbx+xml", "application/x-tbx", "application/xml", "text/xml"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/glossaries/{id}/terms", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getTerms")
            .ShowsTag()
            .WithTags("Glossaries")
            .WithSummary("Get or export the terms of a glossary")
            .WithDescription("""
                By `Accept`: JSON, CSV (`text/csv`, RFC 4180 with a header row) or TBX (`application/tbx+xml`, ISO 30042:2019, TBX-Basic). In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe,
                which the import takes off again. The answer has the glossary's `ETag`.
                """)
            .Produces<TermsView>(StatusCodes.Status200OK, Json, GlossaryCsv.MediaType, Tbx.MediaType)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status406NotAcceptable, ApiProblem.ContentType);
        app.MapPut("/v1/glossaries/{id}/terms", PutAsync)
            .RequireScope(Scope.Order)
            .WithName("replaceTerms")
            .ShowsTag()
            .WithTags("Glossaries")
            .WithSummary("Replace or import the terms of a glossary")
            .WithDescription("""
                By `Content-Type`: JSON, CSV (`text/csv`; the first line names the columns `source`, `target` and, if there are any, `note` and `forbidden`) or TBX (`application/tbx+xml`, ISO 30042:2019; the concepts' terms in the
                glossary's two languages). All terms are replaced, or none: whatever is wrong is a fault, in CSV and TBX with its line as `/lines/12/target`. Jobs that were placed keep the terms that they had.
                """)
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("terms", "Two terms", Example)
            .Accepts<TermsItem>(Json, [GlossaryCsv.MediaType, .. TbxTypes])
            .Produces<GlossaryView>()
            .Produces<ProblemBody>(StatusCodes.Status400BadRequest, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status415UnsupportedMediaType, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
        // What is in none of these formats: the routing would answer for it, in words that fit everywhere else.
        app.MapPut("/v1/glossaries/{id}/terms", Unsupported).RequireScope(Scope.Order).ExcludeFromDescription();
    }

    private static ApiProblem Unsupported() => new(
        StatusCodes.Status415UnsupportedMediaType, "body.unsupported", "Unsupported media type", $"Send the terms as {Json}, {GlossaryCsv.MediaType} in UTF-8, or {Tbx.MediaType}.");

    private static async Task<IResult> GetAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, HttpContext http, CancellationToken cancellationToken)
    {
        var glossary = await db.FindGlossaryAsync(id, cancellationToken);
        if (Wanted(http.Request) is not { } wanted)
        {
            return new ApiProblem(
                StatusCodes.Status406NotAcceptable, "accept.unsupported", "Not available in this format", $"One of: {Json}, {GlossaryCsv.MediaType}, {Tbx.MediaType}.");
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var stored = await db.GlossaryTerms.AsNoTracking().SingleAsync(t => t.GlossaryId == glossary.Id, cancellationToken);
        var terms = vault.Open<List<GlossaryTerm>>(merchant.DataKey, glossary.Id, TextPurpose.Glossary, stored.Content);
        http.ShowTag(glossary.Version);
        http.Response.Headers.Vary = HeaderNames.Accept;
        return wanted switch
        {
            Json => TypedResults.Ok(TermsView.Of(terms)),
            GlossaryCsv.MediaType => TypedResults.Text(GlossaryCsv.Write(terms), "text/csv; header=present", Encoding.UTF8),
            _ => TypedResults.Text(GlossaryTbx.Write(glossary, terms), wanted, Encoding.UTF8),
        };
    }

    private static async Task<IResult> PutAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, KnownGlossaries known, TextVault vault, IOptions<JsonOptions> json, TimeProvider time,
        HttpContext http, CancellationToken cancellationToken)
    {
        var glossary = await db.FindGlossaryAsync(id, cancellationToken);
        http.Request.RequireMatch(glossary.Version);
        CommonProblems.RefuseEncoded(http.Request);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellationToken);
        var faults = new Faults();
        var terms = Read(http.Request, body.ToArray(), glossary, json.Value, faults);
        faults.ThrowIfAny();

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var stored = await db.GlossaryTerms.SingleAsync(t => t.GlossaryId == glossary.Id, cancellationToken);
        stored.Content = vault.Seal(merchant.DataKey, glossary.Id, TextPurpose.Glossary, terms);
        glossary.TermCount = terms.Count;
        glossary.Changed(time.Now());
        await db.SaveEditAsync(cancellationToken);
        known.Forget(caller, glossary.Id);
        http.ShowTag(glossary.Version);
        return TypedResults.Ok(GlossaryView.Of(glossary));
    }

    private static List<GlossaryTerm> Read(HttpRequest request, byte[] body, Glossary glossary, JsonOptions json, Faults faults)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (type == GlossaryCsv.MediaType && IsUtf8(parsed!.Charset.Value))
        {
            return TermRules.Check(GlossaryCsv.Read(body, faults), "/lines", faults);
        }

        if (TbxTypes.Contains(type))
        {
            return TermRules.Check(GlossaryTbx.Read(body, glossary.Source, glossary.Target, faults), "/lines", faults);
        }

        if (type != Json)
        {
            throw new ApiException(Unsupported());
        }

        var item = StrictJson.Read<TermsItem>(body, json.SerializerOptions, faults);
        if (item.Terms is null)
        {
            faults.Add("/terms", "field.required", "This field is required; an empty list takes all terms away.");
        }

        return TermRules.Check(TermRules.Raw(item.Terms, faults), "/terms", faults);
    }

    private static bool IsUtf8(string? charset) => charset is null || charset.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";

    /// <summary>What the client likes best of what there is; JSON if it does not say. Null if it likes none of it.</summary>
    private static string? Wanted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return Json;
        }

        string[] offered = [Json, GlossaryCsv.MediaType, .. TbxTypes];
        return accepted
            .Where(a => a.Quality is not 0)
            .OrderByDescending(a => a.Quality ?? 1)
            .Select(a => offered.FirstOrDefault(o => new MediaTypeHeaderValue(o).IsSubsetOf(WithoutQuality(a))))
            .FirstOrDefault(o => o is not null);
    }

    private static MediaTypeHeaderValue WithoutQuality(MediaTypeHeaderValue range) => new(range.MediaType);
}
