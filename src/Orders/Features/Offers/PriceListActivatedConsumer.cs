using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Orders.Features.Offers;

/// <summary>
/// Keeps a copy of a price list that was activated; new jobs are priced with it from its day on. A list that is here already is what jobs were sold by, and
/// stays as it is.
/// </summary>
internal sealed class PriceListActivatedConsumer(OrdersDbContext db) : IConsumer<PriceListActivated>
{
    public async Task Consume(ConsumeContext<PriceListActivated> context)
    {
        var activated = context.Message;
        // Read before it is kept: a list that nobody can price with would stop every order from its day on.
        var list = PriceList.FromJson(activated.Terms);
        if (list.Version != activated.PriceList)
        {
            throw new InvalidOperationException("The price list is of another version than the message says.");
        }

        if (!await db.PriceLists.AnyAsync(p => p.Version == activated.PriceList, context.CancellationToken))
        {
            db.PriceLists.Add(new StoredPriceList { Version = list.Version, Document = activated.Terms, ActiveFrom = activated.ValidFrom });
        }
    }
}
