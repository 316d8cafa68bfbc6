using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.ServiceDefaults.Idempotency;

namespace Zweizeiler.Billing.Persistence;

internal sealed class AnswerTable : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("idempotency_keys").HasKey(a => new { a.OperatorId, a.Key });
        builder.Property(a => a.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.HasIndex(a => a.ExpiresAt);
    }
}
