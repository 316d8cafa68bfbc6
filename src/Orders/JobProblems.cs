using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders;

/// <summary>How refusals of the domain read as problem details.</summary>
internal static class JobProblems
{
    public static ApiProblem State(JobStateException refusal) => new(
        StatusCodes.Status409Conflict,
        "job.state",
        "The job's state does not permit this",
        $"The job is '{refusal.State.Name()}', which does not permit '{refusal.Command}'. "
            + (refusal.Possible.Count > 0 ? $"Possible now: {string.Join(", ", refusal.Possible)}." : "Nothing can be done with it now.")
            + (refusal.Reason is { } reason ? $" {reason}" : ""))
    {
        Extensions = new Dictionary<string, object?> { ["state"] = refusal.State.Name(), ["possible"] = refusal.Possible },
    };

    /// <summary>Describes how a command about a job can be refused.</summary>
    public static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
        .WithResponseExample(StatusCodes.Status409Conflict, "state", "The job's state does not permit it", StateExample);

    private const string StateExample = """
        {
          "type": "urn:zweizeiler:problem:job.state",
          "title": "The job's state does not permit this",
          "status": 409,
          "detail": "The job is 'in_review', which does not permit 'cancel'. Possible now: accept, revision, reject, messages.",
          "instance": "/v1/jobs/job_01jdc9f4xyz7m8n9p0q1r2s3t4/cancel",
          "code": "job.state",
          "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
          "state": "in_review",
          "possible": ["accept", "revision", "reject", "messages"]
        }
        """;
}
