using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

public class Price_lists_Specs(SharedApp shared)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_list_that_was_activated_is_kept_once_as_it_is_and_priced_with_from_its_day_on()
    {
        var now = TimeProvider.System.GetUtcNow();
        var list = JsonNode.Parse(PriceList.Initial.ToJson())!;
        (list["version"], list["minimumLines"]) = ("2999-1", 7);
        var terms = list.ToJsonString();
        await shared.App.Messages.PublishAsync(new PriceListActivated("2999-1", now.AddYears(900), terms, now));
        await Eventually.Within(Soon, async () => await CountAsync() == 1, "The list is kept");

        // Told again, and otherwise: what jobs were sold by stays.
        list["minimumLines"] = 8;
        await shared.App.Messages.PublishAsync(new PriceListActivated("2999-1", now, list.ToJsonString(), now));
        await shared.App.Messages.PublishAsync(new PriceListActivated("2999-2", now.AddYears(901), terms.Replace("2999-1", "2999-2", StringComparison.Ordinal), now));
        await Eventually.Within(
            Soon, async () => await shared.App.ScalarAsync<long>("SELECT count(*) FROM price_lists WHERE version = '2999-2'") == 1, "The next list is kept");
        var lists = shared.App.Services.GetRequiredService<PriceLists>();
        (await lists.GetAsync("2999-1", TestContext.Current.CancellationToken)).MinimumLines.ShouldBe(7);
        (await lists.ActiveAsync(TestContext.Current.CancellationToken)).Version.ShouldBe(PriceList.Initial.Version);
    }

    private Task<long> CountAsync() => shared.App.ScalarAsync<long>("SELECT count(*) FROM price_lists WHERE version = '2999-1'");
}
