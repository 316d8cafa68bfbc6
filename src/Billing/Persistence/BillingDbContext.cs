using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Messaging;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Billing.Persistence;

/// <summary>Billing's own database. What belongs to a merchant is filtered by the caller's merchant, whoever writes the query.</summary>
public sealed class BillingDbContext(DbContextOptions<BillingDbContext> options) : DbContext(options), ILentContext
{
    private Caller? _caller;

    public DbSet<StoredPriceList> PriceLists => Set<StoredPriceList>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<Acceptance> Acceptances => Set<Acceptance>();

    public DbSet<Ending> Endings => Set<Ending>();

    public DbSet<FeeRaise> FeeRaises => Set<FeeRaise>();

    public DbSet<Credit> Credits => Set<Credit>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountBalance> Balances => Set<AccountBalance>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<Posting> Postings => Set<Posting>();

    public DbSet<InvoiceLine> InvoiceLines => Set<InvoiceLine>();

    public DbSet<Merchant> Merchants => Set<Merchant>();

    public DbSet<CreditLimit> CreditLimits => Set<CreditLimit>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<PaperEntry> PaperEntries => Set<PaperEntry>();

    public DbSet<StoredDocument> Documents => Set<StoredDocument>();

    public DbSet<MonthTask> MonthTasks => Set<MonthTask>();

    public DbSet<Translator> Translators => Set<Translator>();

    public DbSet<EarningLine> EarningLines => Set<EarningLine>();

    public DbSet<Statement> Statements => Set<Statement>();

    public DbSet<BankFile> BankFiles => Set<BankFile>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Payout> Payouts => Set<Payout>();

    public DbSet<PayoutBatch> PayoutBatches => Set<PayoutBatch>();

    public DbSet<OperatorAction> OperatorActions => Set<OperatorAction>();

    public DbSet<VatAnswer> VatAnswers => Set<VatAnswer>();

    public DbSet<StoredAnswer> Answers => Set<StoredAnswer>();

    /// <summary>
    /// Null outside requests, where nothing passes the filter: consumers name the job themselves. Null for test keys as well: no money
    /// moves in test mode, so they have no ledger, and must not see the live one.
    /// </summary>
    internal Guid? Tenant => _caller?.MerchantIdOrNull is { } merchant && _caller.Mode == "live" ? merchant : null;

    void ILentContext.LendTo(Caller caller) => _caller = caller;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<AccountKind>().HaveConversion<SnakeCase<AccountKind>>();
        configurationBuilder.Properties<EntryKind>().HaveConversion<SnakeCase<EntryKind>>();
        configurationBuilder.Properties<JobState>().HaveConversion<SnakeCase<JobState>>();
        configurationBuilder.Properties<EndingKind>().HaveConversion<SnakeCase<EndingKind>>();
        configurationBuilder.Properties<InvoiceLineKind>().HaveConversion<SnakeCase<InvoiceLineKind>>();
        configurationBuilder.Properties<PriceListStatus>().HaveConversion<SnakeCase<PriceListStatus>>();
        configurationBuilder.Properties<InvoiceKind>().HaveConversion<SnakeCase<InvoiceKind>>();
        configurationBuilder.Properties<InvoiceState>().HaveConversion<SnakeCase<InvoiceState>>();
        configurationBuilder.Properties<DocumentForm>().HaveConversion<SnakeCase<DocumentForm>>();
        configurationBuilder.Properties<PaperOwner>().HaveConversion<SnakeCase<PaperOwner>>();
        configurationBuilder.Properties<EarningKind>().HaveConversion<SnakeCase<EarningKind>>();
        configurationBuilder.Properties<PaymentState>().HaveConversion<SnakeCase<PaymentState>>();
        configurationBuilder.Properties<PayoutState>().HaveConversion<SnakeCase<PayoutState>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BillingDbContext).Assembly);
        modelBuilder.Entity<Job>().HasQueryFilter(j => j.MerchantId == Tenant);
        modelBuilder.Entity<Acceptance>().HasQueryFilter(a => a.MerchantId == Tenant);
        modelBuilder.Entity<Ending>().HasQueryFilter(e => e.MerchantId == Tenant);
        modelBuilder.Entity<FeeRaise>().HasQueryFilter(r => r.MerchantId == Tenant);
        modelBuilder.Entity<Credit>().HasQueryFilter(c => c.MerchantId == Tenant);
        modelBuilder.Entity<Account>().HasQueryFilter(a => a.OwnerId == null || a.OwnerId == Tenant);
        // Entries of the platform have no merchant either: without a tenant, null would equal null and show them.
        modelBuilder.Entity<Entry>().HasQueryFilter(e => Tenant != null && e.MerchantId == Tenant);
        modelBuilder.Entity<InvoiceLine>().HasQueryFilter(l => l.MerchantId == Tenant);
        modelBuilder.Entity<Merchant>().HasQueryFilter(m => m.Id == Tenant);
        modelBuilder.Entity<CreditLimit>().HasQueryFilter(l => l.MerchantId == Tenant);
        modelBuilder.Entity<Invoice>().HasQueryFilter(i => i.MerchantId == Tenant);
        // What nobody can be named for yet has no merchant: without a tenant, null would equal null and show it.
        modelBuilder.Entity<Payment>().HasQueryFilter(p => Tenant != null && p.MerchantId == Tenant);
        modelBuilder.AddMessagingTables();
    }
}
