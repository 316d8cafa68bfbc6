using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary>What may follow the question mark of a list of jobs.</summary>
internal sealed record JobListQuery(
    int Limit, Cursor? After, JobState? State, JobKind? Kind, string? Reference, DateTimeOffset? From, DateTimeOffset? To)
{
    public static readonly QueryParameters Parameters = new(
        QueryParameters.Limit,
        QueryParameters.Cursor,
        new("state", "Only jobs in this state."),
        new("kind", "Only jobs of this kind."),
        new("reference", "Only jobs with exactly this reference."),
        new("created[from]", "Only jobs placed at this time or later (ISO 8601)."),
        new("created[to]", "Only jobs placed before this time (ISO 8601)."));

    /// <exception cref="ApiException">A parameter is unknown or not valid (422).</exception>
    public static JobListQuery Read(IQueryCollection query, Cursors cursors, string list, Guid tenant)
    {
        var reader = new QueryReader(query, Parameters);
        var result = new JobListQuery(
            reader.Limit(),
            reader.Cursor(cursors, list, tenant),
            reader.Value("state", $"One of: {string.Join(", ", JobStates.All)}.", s => JobStates.TryParse(s, out var state) ? state : (JobState?)null),
            reader.Value("kind", "One of: translation, formulation, summary, call.", s => ApiNames.TryParse(s, out JobKind kind) ? kind : (JobKind?)null),
            reader.Text("reference"),
            reader.Time("created[from]"),
            reader.Time("created[to]"));
        reader.Faults.ThrowIfAny();
        return result;
    }

    public IQueryable<Job> Filter(IQueryable<Job> jobs)
    {
        if (State is { } state)
        {
            jobs = jobs.Where(j => j.State == state);
        }

        if (Kind?.Name() is { } kind)
        {
            jobs = jobs.Where(j => j.Kind == kind);
        }

        if (Reference is { } reference)
        {
            jobs = jobs.Where(j => j.Reference == reference);
        }

        if (From is { } from)
        {
            jobs = jobs.Where(j => j.CreatedAt >= from);
        }

        if (To is { } to)
        {
            jobs = jobs.Where(j => j.CreatedAt < to);
        }

        return After is { } after
            ? jobs.Where(j => EF.Functions.LessThan(ValueTuple.Create(j.CreatedAt, j.Id), ValueTuple.Create(after.CreatedAt, after.Id)))
            : jobs;
    }
}
