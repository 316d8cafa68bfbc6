using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence.Migrations;

namespace Zweizeiler.Billing.Persistence;

/// <summary>The ledger's tables. What the database itself refuses beyond these constraints is in <see cref="LedgerGuards"/>.</summary>
internal sealed class LedgerTables :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<AccountBalance>, IEntityTypeConfiguration<Entry>, IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts", table => table.HasCheckConstraint("ck_accounts_currency", "currency = 'EUR'"));
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasMaxLength(40);
        builder.Property(a => a.Currency).HasMaxLength(3);
        builder.Ignore(a => a.Key);
        // One account of a kind for each owner, and one where there is no owner.
        builder.HasIndex(a => new { a.Kind, a.OwnerId }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(a => a.OwnerId);
    }

    public void Configure(EntityTypeBuilder<AccountBalance> builder)
    {
        builder.ToTable("balances", table => table.HasCheckConstraint("ck_balances_floor", "balance_cents >= floor_cents"));
        builder.HasKey(b => b.AccountId);
        builder.Property(b => b.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithOne().HasForeignKey<AccountBalance>(b => b.AccountId).OnDelete(DeleteBehavior.Restrict);
        // Updated with every posting: room in the page keeps the new version beside the old one, and the index untouched.
        builder.HasStorageParameter("fillfactor", 50);
    }

    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.ToTable("entries", table =>
        {
            table.HasCheckConstraint(
                "ck_entries_subject",
                "kind NOT IN ('reservation', 'charge', 'release', 'earning', 'credit', 'credit_share') OR (job_id IS NOT NULL AND subject_id = job_id)");
            // Its subject is the step, since a fee can be raised more than once.
            table.HasCheckConstraint("ck_entries_fee_raise", "kind <> 'fee_raise' OR job_id IS NOT NULL");
        });
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Event).HasMaxLength(100);
        builder.Property(e => e.Reason).HasMaxLength(200);
        // Which transaction wrote the entry: postings cannot be added to it by a later one.
        builder.Property<ulong>("TransactionId").HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        // The business key: one reservation, charge, release, earning and credit a job, one raise a step.
        builder.HasIndex(e => new { e.SubjectId, e.Kind }).IsUnique();
        builder.HasIndex(e => new { e.MerchantId, e.CreatedAt, e.Id }).IsDescending(false, true, true);
        builder.HasIndex(e => e.JobId);
        builder.HasMany(e => e.Postings).WithOne().HasForeignKey(p => p.EntryId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Posting> builder)
    {
        builder.ToTable("postings", table => table.HasCheckConstraint("ck_postings_amount", "amount_cents <> 0"));
        builder.HasKey(p => new { p.EntryId, p.Position });
        builder.Property(p => p.Position).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => p.AccountId);
    }
}
