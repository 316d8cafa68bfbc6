using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Zweizeiler.Orders.Persistence;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<OrdersDbContext>
{
    public OrdersDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<OrdersDbContext>().UseNpgsql("Host=unused").UseSnakeCaseNamingConvention().Options);
}
