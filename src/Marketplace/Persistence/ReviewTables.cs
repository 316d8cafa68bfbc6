using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>What is said about a job, and what becomes of a delivery that does not please.</summary>
internal static class ReviewTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Message>(message =>
        {
            message.Property(m => m.Id).ValueGeneratedNever();
            // No foreign key: the merchant may write before the job has arrived.
            message.HasIndex(m => new { m.JobId, m.SentAt });
            // One open question a person and job, whatever is pressed at once.
            message.HasIndex(m => new { m.JobId, m.TranslatorId }).IsUnique()
                .HasFilter("translator_id IS NOT NULL AND settled_at IS NULL").HasDatabaseName("ix_messages_one_question");
        });
        builder.Entity<Dispute>(dispute =>
        {
            dispute.HasKey(d => d.DeliveryId);
            dispute.HasOne<Delivery>().WithOne().HasForeignKey<Dispute>(d => d.DeliveryId).OnDelete(DeleteBehavior.Restrict);
            dispute.HasOne<Job>().WithMany().HasForeignKey(d => d.JobId).OnDelete(DeleteBehavior.Restrict);
            dispute.HasIndex(d => d.OpenedAt).HasFilter("ruled_at IS NULL").HasDatabaseName("ix_disputes_open");
            dispute.HasIndex(d => new { d.WriterId, d.OpenedAt });
        });
        builder.Entity<Complaint>(complaint =>
        {
            complaint.Property(c => c.Id).ValueGeneratedNever();
            complaint.HasIndex(c => c.JobId);
            complaint.HasIndex(c => new { c.TranslatorId, c.ReceivedAt });
        });
    }
}
