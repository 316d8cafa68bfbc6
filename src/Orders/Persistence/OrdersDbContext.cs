using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Zweizeiler.Contracts;
using Zweizeiler.Messaging;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Persistence;

/// <summary>Orders' own database. What belongs to a merchant is filtered by the caller's merchant and mode, whoever writes the query.</summary>
public sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options), ILentContext
{
    private Caller? _caller;

    public DbSet<Merchant> Merchants => Set<Merchant>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<KeySpending> KeySpending => Set<KeySpending>();

    public DbSet<StoredPriceList> PriceLists => Set<StoredPriceList>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobText> JobTexts => Set<JobText>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryText> DeliveryTexts => Set<DeliveryText>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageText> MessageTexts => Set<MessageText>();

    public DbSet<Complaint> Complaints => Set<Complaint>();

    public DbSet<ComplaintText> ComplaintTexts => Set<ComplaintText>();
    public DbSet<Case> Cases => Set<Case>();

    public DbSet<Template> Templates => Set<Template>();

    public DbSet<Glossary> Glossaries => Set<Glossary>();

    public DbSet<GlossaryTerms> GlossaryTerms => Set<GlossaryTerms>();

    public DbSet<MerchantPreferences> Preferences => Set<MerchantPreferences>();

    public DbSet<StoredAnswer> Answers => Set<StoredAnswer>();

    public DbSet<Quote> Quotes => Set<Quote>();

    public DbSet<DeliveryTime> DeliveryTimes => Set<DeliveryTime>();

    /// <summary>Null outside requests (consumers, timers), where nothing passes the filter: they name the tenant themselves.</summary>
    internal Guid? Tenant => _caller?.MerchantIdOrNull;

    internal string? TenantMode => _caller?.MerchantIdOrNull is null ? null : _caller.Mode;

    /// <summary>Whether anything was asked of this context: then it may hold changes or a transaction, and what is saved is saved through it.</summary>
    internal bool IsTouched { get; private set; }

    public override DatabaseFacade Database
    {
        get
        {
            IsTouched = true;
            return base.Database;
        }
    }

    public override ChangeTracker ChangeTracker
    {
        get
        {
            IsTouched = true;
            return base.ChangeTracker;
        }
    }

    public override DbSet<TEntity> Set<TEntity>()
    {
        IsTouched = true;
        return base.Set<TEntity>();
    }

    void ILentContext.LendTo(Caller caller) => (_caller, IsTouched) = (caller, false);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<JobState>().HaveConversion<JobStateConverter>();
        configurationBuilder.Properties<ComplaintState>().HaveConversion<ComplaintStateConverter>();
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedTextConverter>();
        configurationBuilder.Properties<WrappedDataKey>().HaveConversion<WrappedDataKeyConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrdersDbContext).Assembly);
        modelBuilder.Entity<Job>().HasQueryFilter(j => j.MerchantId == Tenant && j.Mode == TenantMode);
        modelBuilder.Entity<Delivery>().HasQueryFilter(d => d.MerchantId == Tenant && d.Mode == TenantMode);
        modelBuilder.Entity<Message>().HasQueryFilter(m => m.MerchantId == Tenant && m.Mode == TenantMode);
        modelBuilder.Entity<Complaint>().HasQueryFilter(c => c.MerchantId == Tenant && c.Mode == TenantMode);
        modelBuilder.Entity<ApiKey>().HasQueryFilter(k => k.MerchantId == Tenant && k.Mode == TenantMode);
        modelBuilder.Entity<Case>().HasQueryFilter(c => c.MerchantId == Tenant && c.Mode == TenantMode);
        modelBuilder.Entity<Template>().HasQueryFilter(t => t.MerchantId == Tenant && t.Mode == TenantMode);
        modelBuilder.Entity<Glossary>().HasQueryFilter(g => g.MerchantId == Tenant && g.Mode == TenantMode);
        modelBuilder.Entity<MerchantPreferences>().HasQueryFilter(p => p.MerchantId == Tenant && p.Mode == TenantMode);
        modelBuilder.Entity<StoredAnswer>().HasQueryFilter(a => a.MerchantId == Tenant && a.Mode == TenantMode);
        modelBuilder.Entity<Quote>().HasQueryFilter(q => q.MerchantId == Tenant && q.Mode == TenantMode);
        modelBuilder.AddMessagingTables();
    }
}
