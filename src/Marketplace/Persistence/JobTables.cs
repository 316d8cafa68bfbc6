using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

internal static class JobTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Job>(MapJob);
        builder.Entity<JobText>(text =>
        {
            text.HasKey(t => t.JobId);
            text.HasOne<Job>().WithOne().HasForeignKey<JobText>(t => t.JobId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<MerchantKey>().HasKey(k => k.MerchantId);
        builder.Entity<EarlyFunding>().HasKey(f => f.JobId);
        builder.Entity<EarlyCancellation>().HasKey(c => c.JobId);
        builder.Entity<Claim>(MapClaim);
        builder.Entity<Draft>(draft =>
        {
            draft.HasKey(d => new { d.JobId, d.TranslatorId });
            draft.HasOne<Job>().WithMany().HasForeignKey(d => d.JobId).OnDelete(DeleteBehavior.Cascade);
            draft.Property(d => d.Version).IsConcurrencyToken();
        });
        builder.Entity<Delivery>(delivery =>
        {
            delivery.Property(d => d.Id).ValueGeneratedNever();
            delivery.Property(d => d.CallOutcome).HasMaxLength(16);
            delivery.HasOne<Job>().WithMany().HasForeignKey(d => d.JobId).OnDelete(DeleteBehavior.Restrict);
            delivery.HasIndex(d => new { d.JobId, d.Version }).IsUnique();
            delivery.HasIndex(d => new { d.TranslatorId, d.DeliveredAt });
        });
        builder.Entity<DeliveryText>(text =>
        {
            text.HasKey(t => t.DeliveryId);
            text.HasOne<Delivery>().WithOne().HasForeignKey<DeliveryText>(t => t.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Earning>(earning =>
        {
            // One earning a job, whatever is repeated.
            earning.HasKey(e => e.JobId);
            earning.Property(e => e.Currency).HasMaxLength(3);
            earning.HasIndex(e => new { e.TranslatorId, e.CreditedAt });
        });
        builder.Entity<DueTimer>(timer =>
        {
            timer.ToTable("timers");
            timer.Property(t => t.Id).ValueGeneratedNever();
            timer.Property(t => t.Kind).HasMaxLength(16);
            timer.HasIndex(t => t.DueAt);
        });
    }

    private static void MapJob(EntityTypeBuilder<Job> job)
    {
        job.Property(j => j.Id).ValueGeneratedNever();
        job.Property(j => j.Kind).HasMaxLength(16);
        job.Property(j => j.Mode).HasMaxLength(4);
        job.Property(j => j.Source).HasMaxLength(3);
        job.Property(j => j.Target).HasMaxLength(3);
        job.Property(j => j.Urgency).HasMaxLength(16);
        job.Property(j => j.Currency).HasMaxLength(3);
        job.Property(j => j.State).HasMaxLength(16).HasConversion(new ValueConverter<JobState, string>(s => StateNames.Of(s), s => StateNames.Parse(s)));
        job.Property(j => j.PreferredIds).HasDefaultValueSql("'{}'");
        job.Property(j => j.BlockedIds).HasDefaultValueSql("'{}'");
        // What the Jobs page walks: the pool of a pair, who has waited longest first.
        job.HasIndex(j => new { j.Source, j.Target, j.OfferedAt, j.Id }).HasFilter("state = 'open'").HasDatabaseName("ix_jobs_pool");
        // When the last one of a pair came, for a page that has none.
        job.HasIndex(j => new { j.Source, j.Target, j.OfferedAt }).HasFilter("mode = 'live' AND offered_at IS NOT NULL").HasDatabaseName("ix_jobs_latest");
        // What a translator holds, to keep to the limit, and her work.
        job.HasIndex(j => new { j.HolderId, j.State });
        job.HasIndex(j => j.ChangedAt);
        // The thread of a case.
        job.HasIndex(j => new { j.CaseId, j.PlacedAt }).HasFilter("case_id IS NOT NULL").HasDatabaseName("ix_jobs_case");
        // Who is being asked about a job is not asked about a second one.
        job.HasIndex(j => j.OfferedToId).HasFilter("state = 'open' AND offered_to_id IS NOT NULL").HasDatabaseName("ix_jobs_offered_to");
        // A revision has a due time, but no claim that could end; a question keeps what is left of either.
        job.ToTable(t => t.HasCheckConstraint(
            "ck_jobs_holder",
            """
            CASE state
              WHEN 'in_progress' THEN claim_id IS NOT NULL AND holder_id IS NOT NULL AND lease_until IS NOT NULL AND lease_left IS NULL
              WHEN 'in_revision' THEN claim_id IS NULL AND holder_id IS NOT NULL AND lease_until IS NOT NULL AND lease_left IS NULL
              WHEN 'on_hold' THEN holder_id IS NOT NULL AND lease_until IS NULL AND lease_left IS NOT NULL
              ELSE claim_id IS NULL AND lease_until IS NULL AND lease_left IS NULL
            END
            """));
    }

    private static void MapClaim(EntityTypeBuilder<Claim> claim)
    {
        claim.Property(c => c.Id).ValueGeneratedNever();
        claim.Property(c => c.Outcome).HasMaxLength(16);
        claim.Property(c => c.Reason).HasMaxLength(16);
        claim.HasOne<Job>().WithMany().HasForeignKey(c => c.JobId).OnDelete(DeleteBehavior.Restrict);
        // Two people can never hold one job, whatever the code does.
        claim.HasIndex(c => c.JobId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ix_claims_one_holder");
        claim.HasIndex(c => new { c.TranslatorId, c.ClaimedAt });
        // Who had a job before: the desk asks for each job that waits.
        claim.HasIndex(c => new { c.JobId, c.ClaimedAt }).HasDatabaseName("ix_claims_job");
        claim.HasIndex(c => c.EndedAt).HasFilter("outcome = 'lease_expired'").HasDatabaseName("ix_claims_expired");
    }
}
