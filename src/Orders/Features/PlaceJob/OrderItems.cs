using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>An item of an order and where it stands in the request: <c>""</c> for a single one, <c>/jobs/0</c>, … for several.</summary>
internal readonly record struct OrderItem(string At, JobItem Job);

internal static class OrderItems
{
    /// <summary>For the description.</summary>
    public static readonly OneOrSeveral Forms = new("JobOrderInput", "JobInput", "JobsInput", ["jobs", "maxPrice"]);

    public static List<OrderItem> Of(Body<JobOrderItem> body)
    {
        if (body.Value.Jobs is not { } jobs)
        {
            // An unreadable `jobs` is a fault already; faults of a single job that nobody sent would only confuse.
            return body.Faults.Has("/jobs") ? [] : [new("", body.Value)];
        }

        if (body.Value with { Jobs = null, MaxPrice = null } != new JobOrderItem())
        {
            body.Faults.Add("/jobs", "jobs.mixed", "Send either one job or 'jobs', not both: next to 'jobs' there may be 'maxPrice' only, for all of them together.");
        }

        var items = new List<OrderItem>(jobs.Count);
        var count = 0;
        foreach (var (index, at, job) in body.Faults.Placed("/jobs", jobs))
        {
            items.Add(new(at, job));
            count = index + 1;
        }

        if (count is 0 or > Limits.JobsAtOnce)
        {
            body.Faults.Add("/jobs", "jobs.count", $"1 to {Limits.JobsAtOnce} jobs can be placed at once; these are {count}.");
        }

        return items;
    }
}
