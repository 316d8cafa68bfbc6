using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Cases;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary>What <c>expand</c> embeds in a job, so that one call answers what would be several.</summary>
internal sealed record Expansion(bool Deliveries, bool Case)
{
    public const string Name = "expand";

    public static readonly QueryParameter Parameter = new(
        Name, "What is embedded, separated by commas: `deliveries`, `case`. `price` is always there.");

    public static Expansion Read(QueryReader reader)
    {
        var names = reader.Text(Name)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (names.Any(n => n is not ("deliveries" or "price" or "case")))
        {
            reader.Faults.Add($"?{Name}", "expand.unknown", "Separated by commas: deliveries, price, case.");
        }

        return new Expansion(names.Contains("deliveries"), names.Contains("case"));
    }
}

/// <summary>Embeds what was asked for: a query for each kind of thing, however many jobs there are.</summary>
internal sealed class Expander(OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault)
{
    /// <summary>The views of the jobs, and of each job's case the version (for the job's tag).</summary>
    public async Task<IReadOnlyList<JobView>> ViewsAsync(IReadOnlyList<Job> jobs, Expansion expansion, CancellationToken cancellationToken)
    {
        if (expansion is { Deliveries: false, Case: false })
        {
            return [.. jobs.Select(JobView.Of)];
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var deliveries = expansion.Deliveries
            ? await db.DeliveriesOfAsync([.. jobs.Select(j => j.Id)], merchant, vault, cancellationToken)
            : null;
        var cases = expansion.Case ? await CasesOfAsync(jobs, cancellationToken) : [];
        return [.. jobs.Select(j => JobView.Of(j) with
        {
            Deliveries = deliveries is null ? null : [.. deliveries[j.Id]],
            Case = j.CaseId is { } id && cases.TryGetValue(id, out var found) ? CaseView.Of(found, vault, merchant.DataKey) : null,
        })];
    }

    private async Task<Dictionary<Guid, Case>> CasesOfAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Where(j => j.CaseId is not null).Select(j => j.CaseId!.Value).Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
    }
}

internal static class DeliveryQueries
{
    /// <summary>What was delivered for some jobs of the caller, opened; in one query.</summary>
    public static async Task<ILookup<Guid, DeliveryView>> DeliveriesOfAsync(
        this OrdersDbContext db, IReadOnlyList<Guid> jobs, Merchant merchant, TextVault vault, CancellationToken cancellationToken)
    {
        var found = jobs.Count == 0 ? [] : await db.Deliveries.AsNoTracking()
            .Where(d => jobs.Contains(d.JobId))
            .Join(db.DeliveryTexts, d => d.Id, t => t.DeliveryId, (delivery, text) => new { delivery, text.Content })
            .OrderBy(d => d.delivery.JobId).ThenBy(d => d.delivery.Version)
            .ToListAsync(cancellationToken);
        return found.ToLookup(d => d.delivery.JobId, d => DeliveryView.Of(
            d.delivery, vault.Open<DeliveryContent>(merchant.DataKey, d.delivery.Id, TextPurpose.DeliveryContent, d.Content)));
    }
}
