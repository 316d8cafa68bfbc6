using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zweizeiler.Contracts;
using Zweizeiler.Messaging;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Persistence;

/// <summary>Notifications' own database. What a merchant may see is filtered by the caller's merchant and mode, whoever writes the query.</summary>
public sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options), ILentContext
{
    private Caller? _caller;

    public DbSet<Recipient> Recipients => Set<Recipient>();

    public DbSet<EventLog> EventLogs => Set<EventLog>();

    public DbSet<JobEvent> Events => Set<JobEvent>();

    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<Mail> Mails => Set<Mail>();

    public DbSet<Preferences> Preferences => Set<Preferences>();

    public DbSet<Suppression> Suppressions => Set<Suppression>();

    public DbSet<Question> Questions => Set<Question>();

    public DbSet<Verdict> Verdicts => Set<Verdict>();

    public DbSet<InboundMail> InboundMails => Set<InboundMail>();

    public DbSet<StoredAnswer> Answers => Set<StoredAnswer>();

    /// <summary>Null outside requests, where nothing passes the filter: consumers and workers say that they mean everybody's.</summary>
    internal Guid? Tenant => _caller?.MerchantIdOrNull;

    internal string? Mode => Tenant is null ? null : _caller!.Mode;

    void ILentContext.LendTo(Caller caller) => _caller = caller;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<RecipientKind>().HaveConversion<SnakeCase<RecipientKind>>();
        configurationBuilder.Properties<SendState>().HaveConversion<SnakeCase<SendState>>();
        configurationBuilder.Properties<EndpointState>().HaveConversion<SnakeCase<EndpointState>>();
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedTexts>();
        configurationBuilder.Properties<WrappedDataKey>().HaveConversion<WrappedKeys>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationsDbContext).Assembly);
        modelBuilder.Entity<JobEvent>().HasQueryFilter(e => e.MerchantId == Tenant && e.Mode == Mode);
        modelBuilder.Entity<WebhookEndpoint>().HasQueryFilter(e => e.MerchantId == Tenant && e.Mode == Mode);
        modelBuilder.Entity<StoredAnswer>().HasQueryFilter(a => a.MerchantId == Tenant && a.Mode == Mode);
        modelBuilder.AddMessagingTables();
    }
}

internal sealed class SealedTexts() : ValueConverter<SealedText, byte[]>(text => text.Bytes, bytes => new SealedText(bytes));

internal sealed class WrappedKeys() : ValueConverter<WrappedDataKey, byte[]>(key => key.Bytes, bytes => new WrappedDataKey(bytes));

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<NotificationsDbContext>
{
    public NotificationsDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql("Host=unused").UseSnakeCaseNamingConvention().Options);
}
