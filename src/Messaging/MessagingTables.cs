using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Zweizeiler.Messaging;

/// <summary>The tables of outbox and inbox in a service's own model, created by its own migrations.</summary>
public static class MessagingTables
{
    internal const string Outbox = "outbox_message";
    internal const string Inbox = "inbox";

    /// <summary>
    /// Adds <c>outbox_message</c> and <c>inbox</c>. Names are set one by one, because the relay's SQL uses them whatever naming convention the
    /// service has; only the schema is the model's.
    /// </summary>
    /// <param name="modelBuilder">The service's model.</param>
    /// <returns>The same builder.</returns>
    public static ModelBuilder AddMessagingTables(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<OutboxMessage>(MapOutbox);
        modelBuilder.Entity<InboxMessage>(MapInbox);
        return modelBuilder;
    }

    private static void MapOutbox(EntityTypeBuilder<OutboxMessage> row)
    {
        row.ToTable(Outbox);
        row.HasKey(x => new { x.BatchId, x.Position }).HasName("pk_outbox_message");
        row.Property(x => x.BatchId).HasColumnName("batch_id").ValueGeneratedNever();
        row.Property(x => x.Position).HasColumnName("position").ValueGeneratedNever();
        row.Property(x => x.MessageId).HasColumnName("message_id");
        row.Property(x => x.DestinationAddress).HasColumnName("destination_address");
        row.Property(x => x.MessageTypes).HasColumnName("message_types");
        row.Property(x => x.ContentType).HasColumnName("content_type");
        row.Property(x => x.Headers).HasColumnName("headers");
        row.Property(x => x.TraceParent).HasColumnName("trace_parent");
        row.Property(x => x.EnqueuedAt).HasColumnName("enqueued_at");
        row.Property(x => x.LeaseId).HasColumnName("lease_id");
        row.Property(x => x.LeaseUntil).HasColumnName("lease_until");
        row.Property(x => x.Attempts).HasColumnName("attempts");
        row.Property(x => x.NextAttemptAt).HasColumnName("next_attempt_at");
        row.Property(x => x.ParkedAt).HasColumnName("parked_at");
        row.Property(x => x.LastError).HasColumnName("last_error");

        // The body never changes: comparing and copying it byte by byte in every SaveChanges of the scope would be for nothing.
        row.Property(x => x.Body).HasColumnName("body")
            .Metadata.SetValueComparer(new ValueComparer<byte[]>((a, b) => ReferenceEquals(a, b), body => body.Length, body => body));

        // What the relay walks: parked rows, however many, are not in its way.
        row.HasIndex(x => new { x.BatchId, x.Position }, "ix_outbox_message_waiting").HasFilter("parked_at IS NULL");

        // A queue: nearly every row dies young, so vacuum must not wait for a share of the table's largest size.
        row.HasStorageParameter("autovacuum_vacuum_scale_factor", "0.0");
        row.HasStorageParameter("autovacuum_vacuum_threshold", "2000");
    }

    private static void MapInbox(EntityTypeBuilder<InboxMessage> row)
    {
        row.ToTable(Inbox);
        row.HasKey(x => new { x.MessageId, x.Consumer }).HasName("pk_inbox");
        row.Property(x => x.MessageId).HasColumnName("message_id").ValueGeneratedNever();
        row.Property(x => x.Consumer).HasColumnName("consumer");
        row.Property(x => x.ReceivedAt).HasColumnName("received_at").HasDefaultValueSql("now()");
        row.HasIndex(x => x.ReceivedAt, "ix_inbox_received_at");
    }
}
