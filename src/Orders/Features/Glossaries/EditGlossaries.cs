using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>A change of a glossary. Its languages stay: terms of another pair are another glossary.</summary>
public sealed record GlossaryChangeItem : IMergePatch
{
    [Description("What you call it."), MaxLength(CreateGlossary.NameLength)]
    public string? Name { get; init; }
}

/// <summary><c>PATCH</c> and <c>DELETE /v1/glossaries/{id}</c></summary>
internal static class EditGlossaries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPatch("/v1/glossaries/{id}", ChangeAsync)
            .RequireScope(Scope.Order)
            .WithName("updateGlossary")
            .ShowsTag()
            .WithTags("Glossaries")
            .WithSummary("Rename a glossary")
            .WithDescription("Its terms are replaced at `/v1/glossaries/{id}/terms`; its languages stay.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("name", "Another name", """{ "name": "Bikes and parts" }""")
            .Produces<GlossaryView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
        app.MapDelete("/v1/glossaries/{id}", DeleteAsync)
            .RequireScope(Scope.Order)
            .WithName("deleteGlossary")
            .WithTags("Glossaries")
            .WithSummary("Delete a glossary")
            .WithDescription("Jobs that were placed with it keep their terms. Where the preferences name it, they do not any more.")
            .WithMetadata(Preconditions.IfMatch)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
    }

    private static async Task<IResult> ChangeAsync(
        string id, Body<GlossaryChangeItem> body, OrdersDbContext db, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        var glossary = await db.FindGlossaryAsync(id, cancellationToken);
        http.Request.RequireMatch(glossary.Version);
        body.Faults.Text("/name", body.Value.Name, CreateGlossary.NameLength, mayBeEmpty: false);
        if (body.Value.Name?.Any(char.IsControl) == true)
        {
            body.Faults.Add("/name", "text.control", "Control characters are not permitted.");
        }

        body.Faults.ThrowIfAny();
        glossary.Name = body.Value.Name ?? glossary.Name;
        glossary.Changed(time.Now());
        await db.SaveEditAsync(cancellationToken);
        http.ShowTag(glossary.Version);
        return TypedResults.Ok(GlossaryView.Of(glossary));
    }

    private static async Task<IResult> DeleteAsync(
        string id, OrdersDbContext db, Caller caller, KnownPreferences known, KnownGlossaries glossaries, TimeProvider time, HttpContext http,
        CancellationToken cancellationToken)
    {
        var glossary = await db.FindGlossaryAsync(id, cancellationToken);
        http.Request.RequireMatch(glossary.Version);
        db.Glossaries.Remove(glossary);
        var preferences = await db.Preferences.SingleOrDefaultAsync(cancellationToken);
        if (preferences?.Glossaries.Values.Contains(glossary.Id) == true)
        {
            preferences.Glossaries = preferences.Glossaries.Where(g => g.Value != glossary.Id).ToDictionary(g => g.Key, g => g.Value);
            preferences.Changed(time.Now());
        }

        await db.SaveEditAsync(cancellationToken);
        known.Forget(caller);
        glossaries.Forget(caller, glossary.Id);
        return TypedResults.NoContent();
    }
}
