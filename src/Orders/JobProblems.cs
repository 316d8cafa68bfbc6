using Zweizeiler.Orders.Domain;
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
}
