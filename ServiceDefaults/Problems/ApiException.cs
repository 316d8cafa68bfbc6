namespace Zweizeiler.ServiceDefaults.Problems;

/// <summary>Ends a request with a problem from deep inside, where returning a result would only be passed along.</summary>
public sealed class ApiException(ApiProblem problem) : Exception(problem.Code)
{
    public ApiProblem Problem { get; } = problem;
}
