using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Architecture.Tests;

/// <summary>A migration run does not compare the model itself, which takes a second of each start. Marketplace's model needs its services and is compared in Marketplace's tests.</summary>
public sealed class Migrations_Specs
{
    [Fact]
    public void The_migrations_of_each_service_make_what_its_model_says()
    {
        ShouldMake(new OrdersDbContext(Options<OrdersDbContext>()));
        ShouldMake(new BillingDbContext(Options<BillingDbContext>()));
        ShouldMake(new NotificationsDbContext(Options<NotificationsDbContext>()));
    }

    private static DbContextOptions<TContext> Options<TContext>()
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseNpgsql("Host=unused").UseSnakeCaseNamingConvention().Options;

    private static void ShouldMake(DbContext database)
    {
        using (database)
        {
            database.Database.HasPendingModelChanges().ShouldBeFalse($"add a migration for {database.GetType().Name}");
        }
    }
}
