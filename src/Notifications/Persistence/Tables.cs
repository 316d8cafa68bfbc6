using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Contracts;
using Zweizeiler.Notifications.Domain;

namespace Zweizeiler.Notifications.Persistence;

internal sealed class RecipientTable : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> builder) => builder.ToTable("recipients").HasKey(r => r.Id);
}

internal sealed class EventLogTable : IEntityTypeConfiguration<EventLog>
{
    public void Configure(EntityTypeBuilder<EventLog> builder) => builder.ToTable("event_logs").HasKey(s => new { s.MerchantId, s.Mode });
}

internal sealed class EventTable : IEntityTypeConfiguration<JobEvent>
{
    public void Configure(EntityTypeBuilder<JobEvent> builder)
    {
        builder.ToTable("events").HasKey(e => e.Id);
        builder.HasIndex(e => new { e.JobId, e.Sequence }).IsUnique();
        // Serves the event log's pages.
        builder.HasIndex(e => new { e.MerchantId, e.Mode, e.ToldAt, e.Id }).HasFilter("told_at IS NOT NULL");
    }
}

internal sealed class WebhookEndpointTable : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints").HasKey(e => e.Id);
        builder.Property(e => e.Secret).HasConversion(s => s.Bytes, bytes => new SealedText(bytes));
        builder.Property(e => e.SecretKey).HasConversion(k => k.Bytes, bytes => new WrappedDataKey(bytes));
        builder.HasIndex(e => new { e.MerchantId, e.Mode, e.CreatedAt });
    }
}

internal sealed class WebhookDeliveryTable : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries").HasKey(d => d.Id);
        builder.Property(d => d.LeaseUntil).IsConcurrencyToken();
        builder.HasIndex(d => new { d.EndpointId, d.JobId, d.Sequence }).IsUnique();
        // What the sender looks for every time.
        builder.HasIndex(d => d.DueAt).HasFilter("state = 'waiting'");
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<JobEvent>().WithMany().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookAttemptTable : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("webhook_attempts").HasKey(a => new { a.DeliveryId, a.Number });
        builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailTable : IEntityTypeConfiguration<Mail>
{
    public void Configure(EntityTypeBuilder<Mail> builder)
    {
        builder.ToTable("mails").HasKey(m => m.Id);
        builder.Property(m => m.LeaseUntil).IsConcurrencyToken();
        // One mail of a kind for an event, however often the event is told.
        builder.HasIndex(m => new { m.EventId, m.RecipientId, m.Template }).IsUnique();
        builder.HasIndex(m => m.DueAt).HasFilter("state = 'waiting'");
        builder.HasOne<JobEvent>().WithMany().HasForeignKey(m => m.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}
