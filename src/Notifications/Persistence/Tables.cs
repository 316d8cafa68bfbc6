using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.ServiceDefaults.Idempotency;

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
        // Serves what is erased after its time.
        builder.HasIndex(e => e.ToldAt).HasFilter("told_at IS NOT NULL");
    }
}

internal sealed class WebhookEndpointTable : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints").HasKey(e => e.Id);
        builder.Property(e => e.State).HasDefaultValue(EndpointState.Enabled).HasSentinel(EndpointState.Enabled);
        builder.Property(e => e.Version).IsConcurrencyToken();
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
        // What the sender looks for every time: endpoints that have something, and of each what is due.
        builder.HasIndex(d => new { d.EndpointId, d.DueAt, d.Id }).HasFilter("state = 'waiting'");
        // Serves the list of an endpoint's deliveries.
        builder.HasIndex(d => new { d.EndpointId, d.CreatedAt, d.Id });
        builder.HasIndex(d => d.EventId);
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
        builder.Property(m => m.Details).HasColumnType("jsonb").HasConversion(
            details => JsonSerializer.Serialize(details, Compact), text => JsonSerializer.Deserialize<MailDetails>(text, Compact)!);
        // One mail about a thing, however often it is told.
        builder.HasIndex(m => m.Key).IsUnique();
        builder.HasIndex(m => m.DueAt).HasFilter("state = 'waiting'");
        builder.HasIndex(m => new { m.RecipientId, m.DigestAt }).HasFilter("state = 'collected'");
        builder.HasIndex(m => m.DoneAt).HasFilter("done_at IS NOT NULL");
    }

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}

internal sealed class PreferencesTable : IEntityTypeConfiguration<Preferences>
{
    public void Configure(EntityTypeBuilder<Preferences> builder)
    {
        builder.ToTable("preferences").HasKey(p => p.RecipientId);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Property(p => p.Choices).HasColumnType("jsonb").HasConversion(
            choices => JsonSerializer.Serialize(choices, Names),
            text => JsonSerializer.Deserialize<Dictionary<string, MailChoice>>(text, Names)!,
            new ValueComparer<Dictionary<string, MailChoice>>(
                (one, other) => one!.Count == other!.Count && !one.Except(other).Any(),
                choices => choices.Count,
                choices => choices.ToDictionary()));
    }

    private static readonly JsonSerializerOptions Names = new() { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
}

internal sealed class SuppressionTable : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder) => builder.ToTable("suppressions").HasKey(s => s.Address);
}

internal sealed class QuestionTable : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder) => builder.ToTable("questions").HasKey(q => q.Id);
}

internal sealed class VerdictTable : IEntityTypeConfiguration<Verdict>
{
    public void Configure(EntityTypeBuilder<Verdict> builder) => builder.ToTable("verdicts").HasKey(v => v.DeliveryId);
}

internal sealed class StoredAnswerTable : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("idempotency_keys").HasKey(a => new { a.MerchantId, a.Mode, a.Key });
        builder.Property(a => a.Mode).HasMaxLength(4);
        builder.Property(a => a.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(a => a.ETag).HasColumnName("etag");
        builder.HasIndex(a => a.ExpiresAt);
    }
}

internal sealed class InboundMailTable : IEntityTypeConfiguration<InboundMail>
{
    public void Configure(EntityTypeBuilder<InboundMail> builder) => builder.ToTable("inbound_mails").HasKey(m => m.Key);
}
