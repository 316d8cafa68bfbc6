using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary><c>GET /v1/jobs/{id}</c></summary>
internal static class GetJob
{
    private static readonly QueryParameters Parameters = new(Expansion.Parameter);

    private static readonly HeaderParameter IfNoneMatch = new(
        HeaderNames.IfNoneMatch, "The `ETag` of the job as you know it: if it is still the same, the answer is 304 without a body.");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/jobs/{id}", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getJob")
        .ShowsTag()
        .WithTags("Jobs")
        .WithSummary("Get a job")
        .WithMetadata(Parameters, IfNoneMatch)
        .WithDescription("The answer has an `ETag`; sent back as `If-None-Match`, an unchanged job is answered with 304.")
        .Produces<JobView>()
        .Produces(StatusCodes.Status304NotModified)
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(string id, OrdersDbContext db, Expander expander, HttpContext http, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(http.Request.Query, Parameters);
        var expansion = Expansion.Read(reader);
        reader.Faults.ThrowIfAny();
        var job = PublicId.TryParse(Ids.Job, id, out var jobId)
            ? await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken)
            : null;
        if (job is null)
        {
            return CommonProblems.NotFound("job");
        }

        var view = (await expander.ViewsAsync([job], expansion, cancellationToken))[0];
        return http.OkUnlessKnown(view, TagOf(view));
    }

    /// <summary>By what the view shows: an answered question or a contested complaint changes it without a step of the job.</summary>
    private static string TagOf(JobView view) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view)).AsSpan(0, 12))}\"";
}
