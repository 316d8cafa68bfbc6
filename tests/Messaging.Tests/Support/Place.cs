using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>A database with the tables, and a virtual host, of one test alone.</summary>
internal sealed record Place(string Database, string Broker)
{
    public static async Task<Place> CreateAsync(TestServers servers)
    {
        // As services connect: a small pool, and statements that stay prepared.
        var database = await servers.CreateDatabaseAsync("messaging") + ";Maximum Pool Size=20;Max Auto Prepare=64";
        var options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(database).UseSnakeCaseNamingConvention().Options;
        await using var context = new ShopContext(options);
        await context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return new Place(database, (await servers.CreateVirtualHostAsync()).ToString());
    }

    public Place Through(BrokerProxy proxy) => this with { Broker = proxy.Address };
}
