using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>ASP.NET Core Identity under our own names.</summary>
internal static class IdentityTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Property(a => a.DisplayName).HasMaxLength(120);
            account.Property(a => a.Locale).HasMaxLength(2);
            account.Property(a => a.TimeZone).HasMaxLength(64);
            account.HasIndex(a => a.NormalizedUserName).IsUnique().HasDatabaseName("ix_accounts_normalized_user_name");
            account.HasIndex(a => a.NormalizedEmail).IsUnique().HasDatabaseName("ix_accounts_normalized_email");
        });
        builder.Entity<IdentityRole<Guid>>(role =>
        {
            role.ToTable("roles");
            role.HasIndex(r => r.NormalizedName).IsUnique().HasDatabaseName("ix_roles_normalized_name");
        });
        builder.Entity<IdentityUserRole<Guid>>().ToTable("account_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
    }
}
