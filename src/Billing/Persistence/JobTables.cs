using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Domain;

namespace Zweizeiler.Billing.Persistence;

internal sealed class JobTables :
    IEntityTypeConfiguration<Job>, IEntityTypeConfiguration<Acceptance>, IEntityTypeConfiguration<InvoiceLine>, IEntityTypeConfiguration<StoredPriceList>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Mode).HasMaxLength(4);
        builder.Property(j => j.Kind).HasMaxLength(20);
        builder.Property(j => j.Source).HasMaxLength(3);
        builder.Property(j => j.Target).HasMaxLength(3);
        builder.Property(j => j.State).HasMaxLength(20);
        builder.Property(j => j.DeclineReason).HasMaxLength(40);
        builder.ComplexProperty(j => j.Price, price =>
        {
            price.Property(p => p.PriceList).HasColumnName("price_list").HasMaxLength(32);
            price.Property(p => p.BilledLines).HasColumnName("billed_lines");
            price.Property(p => p.RatePerLine).HasColumnName("rate_per_line");
            price.Property(p => p.UrgencyFactor).HasColumnName("urgency_factor").HasPrecision(6, 3);
            price.Property(p => p.NetCents).HasColumnName("net_cents");
            price.Property(p => p.Currency).HasColumnName("currency").HasMaxLength(3);
            price.Property(p => p.TaxCategory).HasColumnName("tax_category").HasMaxLength(3);
            price.Property(p => p.TaxRate).HasColumnName("tax_rate").HasPrecision(5, 2);
            price.Property(p => p.TaxCents).HasColumnName("tax_cents");
            price.Property(p => p.TranslatorFeeCents).HasColumnName("translator_fee_cents");
        });
        builder.Ignore(j => j.IsLive);
        builder.HasIndex(j => new { j.MerchantId, j.PlacedAt });
    }

    public void Configure(EntityTypeBuilder<Acceptance> builder)
    {
        builder.ToTable("acceptances");
        builder.HasKey(a => a.JobId);
        builder.Property(a => a.JobId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.ToTable("invoice_lines");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Kind).HasMaxLength(20);
        builder.Property(l => l.Currency).HasMaxLength(3);
        builder.Property(l => l.TaxCategory).HasMaxLength(3);
        builder.Property(l => l.TaxRate).HasPrecision(5, 2);
        // The business key: a job is invoiced once.
        builder.HasIndex(l => new { l.JobId, l.Kind }).IsUnique();
        builder.HasIndex(l => new { l.MerchantId, l.Month, l.CreatedAt, l.Id });
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
