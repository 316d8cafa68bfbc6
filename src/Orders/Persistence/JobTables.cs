using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    /// <summary>Whether the job's state is final; the database works it out.</summary>
    public const string Finished = "Finished";

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
            // The default is for rows that were there before the column; new ones always say it.
            price.Property(p => p.RepetitionFactor).HasPrecision(5, 4).HasDefaultValue(1m).Metadata.ValueGenerated = ValueGenerated.Never;
            // Without the prefix that a complex type gets by convention.
            foreach (var property in typeof(PriceFacts).GetProperties())
            {
                price.Property(property.PropertyType, property.Name).HasColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }
        });
        job.Property(j => j.ComplaintState).HasMaxLength(16);
        job.Ignore(j => j.Steps).Ignore(j => j.Facts).Ignore(j => j.Filing);

        // The order of every list; also serves a list by state or kind, which is a filter on the way.
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.CreatedAt, j.Id }).IsDescending(false, false, true, true);
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.Reference }).HasFilter("reference IS NOT NULL");
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.CostCentre, j.CreatedAt, j.Id })
            .IsDescending(false, false, false, true, true).HasFilter("cost_centre IS NOT NULL");
        job.HasOne<Case>().WithMany().HasForeignKey(j => j.CaseId).OnDelete(DeleteBehavior.Restrict);
        job.HasIndex(j => new { j.CaseId, j.CreatedAt, j.Id }).HasFilter("case_id IS NOT NULL");
        // The pending list is walked by every search and emptied by whoever fills it: short, so that neither takes long.
        job.HasIndex(j => j.Metadata).HasMethod("gin").HasOperators("jsonb_path_ops").HasFilter("metadata <> '{}'::jsonb")
            .HasStorageParameter("gin_pending_list_limit", 256);
        // What is going on is asked for all day and little among much that is done. A column of its own, because it changes once in a job's life:
        // an index on the state would have to be written at each of its steps.
        job.Property<bool>(Finished).HasComputedColumnSql("state IN ('accepted', 'refunded', 'cancelled', 'expired')", stored: true)
            .ValueGeneratedNever().Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        job.Property<bool>(Finished).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.CreatedAt, j.Id }, "ix_jobs_unfinished")
            .IsDescending(false, false, true, true).HasFilter("NOT finished").HasDatabaseName("ix_jobs_unfinished");
        // Only what was accepted, and so is finished, was delivered before. Placing a job does not touch it: a new job is not in it yet.
        job.HasIndex(j => new { j.MerchantId, j.Mode, j.RepetitionKey }).HasFilter("finished AND repetition_key IS NOT NULL");
        job.HasIndex(j => j.AcceptanceDueAt).HasFilter("acceptance_due_at IS NOT NULL");
        job.HasIndex(j => j.CorrectionDueAt).HasFilter("complaint_state = 'open'");
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
        delivery.ComplexProperty(d => d.Call, call => call.Property(c => c!.Outcome).HasMaxLength(16));
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
