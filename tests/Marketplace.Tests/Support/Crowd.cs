using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Portal;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>A market with many people and jobs.</summary>
internal static class Crowd
{
    public static async Task<ManyJobs> FillAsync(this Market market, int translators, int jobs)
    {
        var source = new JobContent("Guten Tag.", Orders.Brief);
        var many = new ManyJobs(market.Database, Market.TranslatorId(1), Market.Id(await market.OfferAsync()));
        await many.FillAsync(
            translators, jobs, id => market.Vault.Seal(market.DataKey, id, TextPurpose.JobContent, source),
            id => market.Vault.Seal(market.DataKey, id, TextPurpose.DeliveryContent, new DeliveryContent("Bonjour.", null)));
        return many;
    }
}
