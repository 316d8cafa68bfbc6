using System.Net;

namespace Zweizeiler.Client;

/// <summary>The gateway answered with an error; <see cref="Problem"/> says which and what to do about it.</summary>
public sealed class ApiException : Exception
{
    /// <summary>An error answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="problem">The problem details (RFC 9457); made up from the status if the answer carried none.</param>
    /// <param name="retryAfter">How long the server asks to wait, if it does.</param>
    public ApiException(HttpStatusCode status, Problem problem, TimeSpan? retryAfter = null)
        : base(Describe(problem))
    {
        Status = status;
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What went wrong.</summary>
    public Problem Problem { get; }

    /// <summary>The stable, dotted code to branch on, for example <c>request.invalid</c>.</summary>
    public string Code => Problem.Code;

    /// <summary>How long the server asks to wait before another attempt.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var faults = string.Join("; ", problem.Errors.Select(e => $"{e.Pointer}: {e.Detail}"));
        return string.Join(" ", new[]
        {
            $"{problem.Status} {problem.Code}: {problem.Title}.",
            problem.Detail,
            faults,
            problem.TraceId is { } id ? $"(trace {id})" : null,
        }.Where(part => !string.IsNullOrEmpty(part)));
    }
}

/// <summary>Problem details as the API sends them (RFC 9457).</summary>
public sealed record Problem
{
    // Defaults stand in the getters: generated deserialization sets every init-only property, also one that the JSON lacks.

    /// <summary>A URN that names the kind of problem.</summary>
    public string Type { get => field ?? "about:blank"; init; }

    /// <summary>What went wrong, in a few words.</summary>
    public string Title { get => field ?? ""; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What went wrong this time.</summary>
    public string? Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    public string? Instance { get; init; }

    /// <summary>The stable, dotted code to branch on.</summary>
    public string Code { get => field ?? "unknown"; init; }

    /// <summary>Quote this when asking for help.</summary>
    public string? TraceId { get; init; }

    /// <summary>With the code <c>job.state</c>: the job's state, which does not permit what was asked for.</summary>
    public string? State { get; init; }

    /// <summary>With the code <c>job.state</c>: what is possible now, for example <c>accept</c>.</summary>
    public IReadOnlyList<string> Possible { get => field ?? []; init; }

    /// <summary>All faults of the request at once; empty unless the request was invalid.</summary>
    public IReadOnlyList<ProblemFault> Errors { get => field ?? []; init; }
}

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the request's body, or <c>?name</c> for a query parameter.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record ProblemFault(string Pointer, string Code, string Detail);
