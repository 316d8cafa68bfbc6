using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Zweizeiler.Billing.Persistence;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<BillingDbContext>
{
    public BillingDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<BillingDbContext>().UseNpgsql("Host=unused").UseSnakeCaseNamingConvention().Options);
}
