using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Persistence;

/// <summary>Merchants, invoices, statements and the papers themselves.</summary>
internal sealed class PaperTables :
    IEntityTypeConfiguration<Merchant>, IEntityTypeConfiguration<CreditLimit>, IEntityTypeConfiguration<Invoice>, IEntityTypeConfiguration<PaperEntry>,
    IEntityTypeConfiguration<StoredDocument>, IEntityTypeConfiguration<NumberSeries>, IEntityTypeConfiguration<MonthTask>,
    IEntityTypeConfiguration<EarningLine>, IEntityTypeConfiguration<Statement>
{
    public void Configure(EntityTypeBuilder<Merchant> builder)
    {
        builder.ToTable("merchants");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.CustomerNumber).UseIdentityAlwaysColumn();
        builder.HasIndex(m => m.CustomerNumber).IsUnique();
        builder.Property(m => m.ProfileVersion).IsConcurrencyToken();
        builder.Ignore(m => m.CustomerNo);
    }

    public void Configure(EntityTypeBuilder<CreditLimit> builder)
    {
        builder.ToTable("credit_limits", table => table.HasCheckConstraint("ck_credit_limits_limit", "limit_cents >= 0"));
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => new { l.MerchantId, l.SetAt });
    }

    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("invoices");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Kind).HasMaxLength(20);
        builder.Property(i => i.State).HasMaxLength(20);
        builder.Property(i => i.Number).HasMaxLength(32);
        builder.HasIndex(i => i.Number).IsUnique();
        builder.Ignore(i => i.IsCredit);
        builder.Ignore(i => i.Sums);
        Json(builder, i => i.Seller);
        Json(builder, i => i.Buyer);
        Json(builder, i => i.Taxes);
        Json(builder, i => i.PayTo);
        // The business key: one invoice and one credit note of a month and scope, whoever makes them, and one cancellation of an invoice.
        builder.HasIndex(i => new { i.MerchantId, i.Month, i.Kind, i.OutsideScope }).IsUnique()
            .HasFilter("kind <> 'cancellation' AND state IN ('numbered', 'issued')");
        builder.HasIndex(i => i.OfInvoiceId).IsUnique().HasFilter("kind = 'cancellation' AND state <> 'voided'");
        builder.HasIndex(i => new { i.MerchantId, i.NumberedAt, i.Id });
        builder.HasIndex(i => i.NumberedAt).HasFilter("state = 'numbered'").HasDatabaseName("ix_invoices_to_write");
        builder.HasIndex(i => i.NextReminderAt).HasFilter("next_reminder_at IS NOT NULL");
        builder.HasIndex(i => i.PaymentReference);
    }

    public void Configure(EntityTypeBuilder<PaperEntry> builder)
    {
        builder.ToTable("paper_lines");
        builder.HasKey(e => new { e.PaperId, e.Position });
        builder.HasIndex(e => e.LineId);
    }

    public void Configure(EntityTypeBuilder<StoredDocument> builder)
    {
        builder.ToTable("documents");
        builder.HasKey(d => new { d.PaperId, d.Form });
        builder.Property(d => d.Form).HasMaxLength(20);
        builder.HasIndex(d => d.KeepUntil);
    }

    public void Configure(EntityTypeBuilder<NumberSeries> builder)
    {
        builder.ToTable("number_series");
        builder.HasKey(s => new { s.Series, s.Year });
        builder.Property(s => s.Series).HasMaxLength(8);
    }

    public void Configure(EntityTypeBuilder<MonthTask> builder)
    {
        builder.ToTable("month_tasks");
        builder.HasKey(t => new { t.Owner, t.OwnerId, t.Month });
        builder.Property(t => t.Owner).HasMaxLength(20);
        builder.HasIndex(t => new { t.DueAt }).HasFilter("done_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<EarningLine> builder)
    {
        builder.ToTable("earning_lines");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Kind).HasMaxLength(20);
        builder.HasOne<Entry>().WithMany().HasForeignKey(l => l.Id).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => new { l.TranslatorId, l.Month }).HasFilter("statement_id IS NULL").HasDatabaseName("ix_earning_lines_not_stated");
        builder.HasIndex(l => l.StatementId);
    }

    public void Configure(EntityTypeBuilder<Statement> builder)
    {
        builder.ToTable("statements");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.State).HasMaxLength(20);
        builder.Property(s => s.Number).HasMaxLength(32);
        builder.HasIndex(s => s.Number).IsUnique();
        builder.HasIndex(s => new { s.TranslatorId, s.Month }).IsUnique();
        builder.HasIndex(s => s.NumberedAt).HasFilter("state = 'numbered'").HasDatabaseName("ix_statements_to_write");
        Json(builder, s => s.Buyer);
        Json(builder, s => s.Taxes);
    }

    /// <summary>Kept as it was, in one column: nobody looks for anything in it.</summary>
    private static void Json<TEntity, TValue>(EntityTypeBuilder<TEntity> builder, System.Linq.Expressions.Expression<Func<TEntity, TValue>> property)
        where TEntity : class => builder.Property(property)
        .HasColumnType("jsonb")
        .HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<TValue>(text, JsonSerializerOptions.Web)!,
            // What is kept so never changes: it is the same if it is the same object.
            new ValueComparer<TValue>((one, other) => ReferenceEquals(one, other), value => value == null ? 0 : value.GetHashCode(), value => value));
}
