using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Messaging;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>Everything the marketplace owns: people, jobs on offer and who holds them, drafts, deliveries, earnings.</summary>
public sealed class MarketplaceDbContext(DbContextOptions<MarketplaceDbContext> options)
    : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Translator> Translators => Set<Translator>();

    public DbSet<TranslatorPair> TranslatorPairs => Set<TranslatorPair>();

    public DbSet<WorkingHours> WorkingHours => Set<WorkingHours>();

    public DbSet<Application> Applications => Set<Application>();

    public DbSet<MailedLink> MailedLinks => Set<MailedLink>();

    public DbSet<PairTest> PairTests => Set<PairTest>();

    public DbSet<MerchantKey> MerchantKeys => Set<MerchantKey>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobText> JobTexts => Set<JobText>();

    public DbSet<EarlyFunding> EarlyFundings => Set<EarlyFunding>();

    public DbSet<EarlyCancellation> EarlyCancellations => Set<EarlyCancellation>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Dispute> Disputes => Set<Dispute>();

    public DbSet<Complaint> Complaints => Set<Complaint>();

    public DbSet<Offer> Offers => Set<Offer>();

    public DbSet<Standing> Standings => Set<Standing>();

    public DbSet<Claim> Claims => Set<Claim>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryText> DeliveryTexts => Set<DeliveryText>();

    public DbSet<Earning> Earnings => Set<Earning>();

    public DbSet<TaxDetailsNote> TaxDetailsNotes => Set<TaxDetailsNote>();

    public DbSet<MemoryEntry> Memory => Set<MemoryEntry>();

    public DbSet<AddedTerm> AddedTerms => Set<AddedTerm>();

    public DbSet<DeskAction> DeskActions => Set<DeskAction>();

    public DbSet<DueTimer> Timers => Set<DueTimer>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The first with passkeys; for whoever makes a context without the service's options.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddMessagingTables();
        IdentityTables.Map(builder);
        JobTables.Map(builder);
        ReviewTables.Map(builder);
        TranslatorTables.Map(builder);
        PeopleTables.Map(builder);
        OfferTables.Map(builder);
        MemoryTables.Map(builder);
        MoneyTables.Map(builder);
    }
}
