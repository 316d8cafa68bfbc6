using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Domain;

namespace Zweizeiler.Billing.Persistence;

internal sealed class JobTables :
    IEntityTypeConfiguration<Job>, IEntityTypeConfiguration<Acceptance>, IEntityTypeConfiguration<Ending>, IEntityTypeConfiguration<FeeRaise>,
    IEntityTypeConfiguration<Credit>, IEntityTypeConfiguration<InvoiceLine>, IEntityTypeConfiguration<StoredPriceList>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Mode).HasMaxLength(4);
        builder.Property(j => j.Kind).HasMaxLength(20);
        builder.Property(j => j.Source).HasMaxLength(3);
        builder.Property(j => j.Target).HasMaxLength(3);
        builder.Property(j => j.Urgency).HasMaxLength(20);
        builder.Property(j => j.State).HasMaxLength(20);
        builder.Property(j => j.DeclineReason).HasMaxLength(40);
        builder.ComplexProperty(j => j.Price, price =>
        {
            price.Property(p => p.PriceList).HasColumnName("price_list").HasMaxLength(32);
            price.Property(p => p.Lines).HasColumnName("lines");
            price.Property(p => p.MinimumLines).HasColumnName("minimum_lines");
            price.Property(p => p.BilledLines).HasColumnName("billed_lines");
            price.Property(p => p.RatePerLine).HasColumnName("rate_per_line");
            price.Property(p => p.UrgencyFactor).HasColumnName("urgency_factor").HasPrecision(6, 3);
            price.Property(p => p.RepetitionFactor).HasColumnName("repetition_factor").HasPrecision(6, 3).HasDefaultValue(1m);
            price.Property(p => p.NetCents).HasColumnName("net_cents");
            price.Property(p => p.Currency).HasColumnName("currency").HasMaxLength(3);
            price.Property(p => p.TaxCategory).HasColumnName("tax_category").HasMaxLength(3);
            price.Property(p => p.TaxRate).HasColumnName("tax_rate").HasPrecision(5, 2);
            price.Property(p => p.TaxCents).HasColumnName("tax_cents");
            price.Property(p => p.TranslatorFeeCents).HasColumnName("translator_fee_cents");
        });
        builder.ComplexProperty(j => j.Charged, charged =>
        {
            charged.Property(c => c.BilledLines).HasColumnName("charged_lines");
            charged.Property(c => c.NetCents).HasColumnName("charged_net_cents");
            charged.Property(c => c.TaxCents).HasColumnName("charged_tax_cents");
            charged.Property(c => c.FeeCents).HasColumnName("charged_fee_cents");
            charged.Property(c => c.Share).HasColumnName("charged_share").HasPrecision(6, 3);
        });
        builder.Ignore(j => j.IsLive);
        builder.Ignore(j => j.ChargedAs);
        builder.HasIndex(j => new { j.MerchantId, j.PlacedAt });
        // Looked at every second; mostly nobody waits, and then it is empty.
        builder.HasIndex(j => new { j.PlacedAt, j.Id }).HasFilter("waits_since IS NOT NULL").HasDatabaseName("ix_jobs_waiting");
    }

    public void Configure(EntityTypeBuilder<Acceptance> builder)
    {
        builder.ToTable("acceptances");
        builder.HasKey(a => a.JobId);
        builder.Property(a => a.JobId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Ending> builder)
    {
        builder.ToTable("endings");
        builder.HasKey(e => e.JobId);
        builder.Property(e => e.JobId).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<FeeRaise> builder)
    {
        builder.ToTable("fee_raises");
        builder.Property(r => r.Id).ValueGeneratedNever();
        // One raise a step, however often it is told.
        builder.HasIndex(r => new { r.JobId, r.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Credit> builder)
    {
        builder.ToTable("credits");
        builder.HasKey(c => c.JobId);
        builder.Property(c => c.JobId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.ToTable("invoice_lines");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Kind).HasMaxLength(20);
        builder.Property(l => l.Currency).HasMaxLength(3);
        builder.Property(l => l.TaxCategory).HasMaxLength(3);
        builder.Property(l => l.TaxRate).HasPrecision(5, 2);
        // The business key: a job is charged on one line and credited on one.
        builder.HasIndex(l => new { l.JobId, l.Kind }).IsUnique();
        builder.HasIndex(l => new { l.MerchantId, l.Month, l.CreatedAt, l.Id });
        // What month-end looks for.
        builder.HasIndex(l => new { l.MerchantId, l.Month }).HasFilter("invoice_id IS NULL").HasDatabaseName("ix_invoice_lines_not_invoiced");
    }

    public void Configure(EntityTypeBuilder<StoredPriceList> builder)
    {
        builder.ToTable("price_lists");
        builder.HasKey(p => p.Version);
        builder.Property(p => p.Version).HasMaxLength(32);
        builder.Property(p => p.Document).HasColumnType("jsonb");
        builder.Property(p => p.Status).HasMaxLength(20);
    }
}
