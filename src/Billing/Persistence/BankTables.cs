using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Domain.Bank;

namespace Zweizeiler.Billing.Persistence;

/// <summary>What comes from the bank and what goes there, and what operators did.</summary>
internal sealed class BankTables :
    IEntityTypeConfiguration<BankFile>, IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<Translator>, IEntityTypeConfiguration<Payout>,
    IEntityTypeConfiguration<PayoutBatch>, IEntityTypeConfiguration<OperatorAction>, IEntityTypeConfiguration<VatAnswer>
{
    public void Configure(EntityTypeBuilder<BankFile> builder)
    {
        builder.ToTable("bank_files");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Form).HasMaxLength(20);
        builder.Property(f => f.Result).HasColumnType("jsonb");
        builder.HasIndex(f => f.Sha256).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments", table => table.HasCheckConstraint("ck_payments_amount", "cents > 0"));
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.State).HasMaxLength(20);
        // The business key: the bank's booking, in whichever file and however often it is told.
        builder.HasIndex(p => p.BankKey).IsUnique();
        builder.HasIndex(p => p.ImportedAt).HasFilter("state = 'unmatched'");
        builder.HasIndex(p => p.InvoiceId);
    }

    public void Configure(EntityTypeBuilder<Translator> builder)
    {
        builder.ToTable("translators");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.SupplierNumber).UseIdentityAlwaysColumn();
        builder.HasIndex(t => t.SupplierNumber).IsUnique();
        builder.Ignore(t => t.SupplierNo);
        builder.Ignore(t => t.CanBePaid);
    }

    public void Configure(EntityTypeBuilder<Payout> builder)
    {
        builder.ToTable("payouts", table => table.HasCheckConstraint("ck_payouts_amount", "cents > 0"));
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.State).HasMaxLength(20);
        builder.Property(p => p.EndToEndId).HasMaxLength(35);
        builder.HasIndex(p => p.EndToEndId).IsUnique();
        builder.HasIndex(p => new { p.TranslatorId, p.SentAt, p.Id });
        // One a week: a round that runs twice pays once.
        builder.HasIndex(p => new { p.TranslatorId, p.Week }).IsUnique();
        builder.HasIndex(p => p.BatchId);
    }

    public void Configure(EntityTypeBuilder<PayoutBatch> builder)
    {
        builder.ToTable("payout_batches");
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.MessageId).HasMaxLength(35);
        builder.HasIndex(b => new { b.Week, b.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OperatorAction> builder)
    {
        builder.ToTable("operator_actions");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Action).HasMaxLength(40);
        builder.HasIndex(a => a.SubjectId);
        builder.HasIndex(a => new { a.DoneAt, a.Id });
    }

    public void Configure(EntityTypeBuilder<VatAnswer> builder)
    {
        builder.ToTable("vat_answers");
        builder.HasKey(a => a.VatId);
        builder.Property(a => a.VatId).HasMaxLength(20);
    }
}
