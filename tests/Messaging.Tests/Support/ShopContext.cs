using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>A service's context as services have it: snake_case by convention, and in a schema of its own so that raw SQL must look it up.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("shop");
        modelBuilder.AddMessagingTables();
        modelBuilder.Entity<Effect>().HasKey(x => x.Id);
    }
}

/// <summary>What a consumer did. Its key is the database's, so a second effect of the same message is a second row.</summary>
internal sealed class Effect
{
    public long Id { get; set; }

    public required string Consumer { get; init; }

    public Guid Group { get; init; }

    public int Number { get; init; }
}
