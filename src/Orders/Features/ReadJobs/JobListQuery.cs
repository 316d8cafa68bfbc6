using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary>What may follow the question mark of a list of jobs.</summary>
internal sealed record JobListQuery(
    // Name of the list with its filters, for cursors.
    string List,
    int Limit,
    Cursor? After,
    IReadOnlyList<JobState> States,
    JobKind? Kind,
    Guid? Case,
    string? Reference,
    string? CostCentre,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset? From,
    DateTimeOffset? To,
    Expansion Expansion)
{
    public static readonly QueryParameters Parameters = new(
        QueryParameters.Limit,
        QueryParameters.Cursor,
        new("state", "Only jobs in this state; given several times, in one of these.", QueryParameter.Array) { Values = JobStates.All },
        new("kind", "Only jobs of this kind.") { Values = ApiNames.Kinds },
        new("case", "Only jobs of this case."),
        new("reference", "Only jobs with exactly this reference."),
        new("costCentre", "Only jobs with exactly this cost centre."),
        new("metadata", "Only jobs with this pair, for example `metadata[shop]=fr`; several must all be there.", QueryParameter.Object),
        new("created[from]", "Only jobs placed at this time or later (ISO 8601)."),
        new("created[to]", "Only jobs placed before this time (ISO 8601)."),
        Expansion.Parameter);

    /// <exception cref="ApiException">A parameter is unknown or not valid (422).</exception>
    public static JobListQuery Read(IQueryCollection query, Cursors cursors, string list, Guid tenant)
    {
        var reader = new QueryReader(query, Parameters);
        var filtered = reader.Filtered(list, Expansion.Name);
        var result = new JobListQuery(
            filtered,
            reader.Limit(),
            reader.Cursor(cursors, filtered, tenant),
            reader.Values("state", $"One of: {string.Join(", ", JobStates.All)}.", s => JobStates.TryParse(s, out var state) ? state : (JobState?)null),
            reader.Value("kind", "One of: translation, formulation, summary, call.", s => ApiNames.TryParse(s, out JobKind kind) ? kind : (JobKind?)null),
            reader.Value("case", "A case's id, which begins with case_.", s => PublicId.TryParse(Ids.Case, s, out var id) ? id : (Guid?)null),
            reader.Text("reference"),
            reader.Text("costCentre"),
            reader.Pairs("metadata"),
            reader.Time("created[from]"),
            reader.Time("created[to]"),
            Expansion.Read(reader));
        reader.Faults.ThrowIfAny();
        return result;
    }

    public IQueryable<Job> Filter(IQueryable<Job> jobs)
    {
        jobs = FilterByState(jobs);
        if (Kind?.Name() is { } kind)
        {
            jobs = jobs.Where(j => j.Kind == kind);
        }

        if (Case is { } id)
        {
            jobs = jobs.Where(j => j.CaseId == id);
        }

        if (Reference is { } reference)
        {
            jobs = jobs.Where(j => j.Reference == reference);
        }

        if (CostCentre is { } costCentre)
        {
            jobs = jobs.Where(j => j.CostCentre == costCentre);
        }

        if (Metadata.Count > 0)
        {
            // The second condition follows from the first; said out loud, it lets the planner use the index, which has only jobs with pairs.
            var pairs = JsonSerializer.Serialize(Metadata, JsonSerializerOptions.Web);
            jobs = jobs.Where(j => EF.Functions.JsonContains(j.Metadata, pairs) && j.Metadata != EF.Constant(NoPairs));
        }

        if (From is { } from)
        {
            jobs = jobs.Where(j => j.CreatedAt >= from);
        }

        if (To is { } to)
        {
            jobs = jobs.Where(j => j.CreatedAt < to);
        }

        return jobs;
    }

    private IQueryable<Job> FilterByState(IQueryable<Job> jobs)
    {
        if (States.Count == 0)
        {
            return jobs;
        }

        jobs = States is [var state] ? jobs.Where(j => j.State == state) : jobs.Where(j => States.Contains(j.State));
        // Follows from the first; said out loud, it lets the planner walk through what is going on instead of everything.
        return States.Any(s => s.IsFinal()) ? jobs : jobs.Where(j => !EF.Property<bool>(j, JobTable.Finished));
    }

    private static readonly IReadOnlyDictionary<string, string> NoPairs = new Dictionary<string, string>();
}
