using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.ToTable("jobs");
        job.Property(j => j.Id).ValueGeneratedNever();
        job.Property(j => j.Mode).HasMaxLength(4);
        job.Property(j => j.Kind).HasMaxLength(16);
        job.Property(j => j.Source).HasMaxLength(3);
        job.Property(j => j.Target).HasMaxLength(3);
        job.Property(j => j.Urgency).HasMaxLength(16);
        job.Property(j => j.State).HasMaxLength(16);
        job.Property(j => j.SpentIn).HasMaxLength(10);
        // Whoever changes a job without having locked its row must fail, not overwrite a step.
        job.Property(j => j.Sequence).IsConcurrencyToken();
        job.Property(j => j.Metadata).HasColumnType("jsonb").HasConversion<MetadataConverter, MetadataComparer>();
        job.ComplexProperty(j => j.Price, price =>
        {
            price.Property(p => p.PriceList).HasMaxLength(32);
            price.Property(p => p.UrgencyFactor).HasPrecision(5, 2);
            price.Property(p => p.Currency).HasMaxLength(3);
            price.Property(p => p.TaxCategory).HasMaxLength(2);
            price.Property(p => p.TaxRate).HasPrecision(5, 2);
            // Without the prefix that a complex type gets by convention.
            foreach (var property in typeof(PriceFacts).GetProperties())
            {
                price.Property(property.PropertyType, property.Name).HasColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }
        });
        job.Ignore(j => j.Steps).Ignore(j => j.Facts).Ignore(j => j.Filing).Ignore(j => j.Possible);

        // The order of every list; also serves a list by state or kind, which is a filter on the way.
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.CreatedAt, j.Id }).IsDescending(false, false, true, true);
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.Reference }).HasFilter("reference IS NOT NULL");
        job.HasIndex(j => j.AcceptanceDueAt).HasFilter("acceptance_due_at IS NOT NULL");
    }
}

internal sealed class JobTextTable : IEntityTypeConfiguration<JobText>
{
    public void Configure(EntityTypeBuilder<JobText> text)
    {
        text.ToTable("job_texts");
        text.HasKey(t => t.JobId);
        text.Property(t => t.JobId).ValueGeneratedNever();
        text.HasOne<Job>().WithOne().HasForeignKey<JobText>(t => t.JobId);
    }
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Mode).HasMaxLength(4);
        delivery.HasOne<Job>().WithMany().HasForeignKey(d => d.JobId);
        delivery.HasIndex(d => new { d.JobId, d.Version }).IsUnique();
    }
}

internal sealed class DeliveryTextTable : IEntityTypeConfiguration<DeliveryText>
{
    public void Configure(EntityTypeBuilder<DeliveryText> text)
    {
        text.ToTable("delivery_texts");
        text.HasKey(t => t.DeliveryId);
        text.Property(t => t.DeliveryId).ValueGeneratedNever();
        text.HasOne<Delivery>().WithOne().HasForeignKey<DeliveryText>(t => t.DeliveryId);
    }
}
