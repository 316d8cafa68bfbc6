using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Idempotency;

namespace Zweizeiler.Orders.Persistence;

internal sealed class MerchantTable : IEntityTypeConfiguration<Merchant>
{
    public void Configure(EntityTypeBuilder<Merchant> merchant)
    {
        merchant.ToTable("merchants");
        merchant.Property(m => m.Id).ValueGeneratedNever();
        merchant.Property(m => m.Version).IsConcurrencyToken();
        merchant.Property(m => m.Country).HasMaxLength(2);
        merchant.Property(m => m.Locale).HasMaxLength(2);
    }
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Mode).HasMaxLength(4);
        key.Property(k => k.Prefix).HasMaxLength(16);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.SpendingLimit).HasMaxLength(32).HasConversion<SpendingLimitConverter>();
        key.HasOne<Merchant>().WithMany().HasForeignKey(k => k.MerchantId);
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => new { k.MerchantId, k.Mode, k.CreatedAt, k.Id });
    }
}

internal sealed class KeySpendingTable : IEntityTypeConfiguration<KeySpending>
{
    public void Configure(EntityTypeBuilder<KeySpending> spending)
    {
        spending.ToTable("key_spending");
        spending.HasKey(s => new { s.KeyId, s.SpentIn });
        spending.Property(s => s.SpentIn).HasMaxLength(10);
        spending.HasOne<ApiKey>().WithMany().HasForeignKey(s => s.KeyId);
    }
}

internal sealed class PriceListTable : IEntityTypeConfiguration<StoredPriceList>
{
    public void Configure(EntityTypeBuilder<StoredPriceList> list)
    {
        list.ToTable("price_lists");
        list.HasKey(p => p.Version);
        list.Property(p => p.Version).HasMaxLength(32);
        list.Property(p => p.Document).HasColumnType("jsonb");
    }
}

internal sealed class StoredAnswerTable : IEntityTypeConfiguration<StoredAnswer>
{
    public const string PrimaryKey = "pk_idempotency_keys";

    public void Configure(EntityTypeBuilder<StoredAnswer> answer)
    {
        answer.ToTable("idempotency_keys");
        // This is what makes two requests with one key one: the second one's transaction cannot commit.
        answer.HasKey(a => new { a.MerchantId, a.Mode, a.Key }).HasName(PrimaryKey);
        answer.Property(a => a.Mode).HasMaxLength(4);
        answer.Property(a => a.Key).HasMaxLength(255);
        answer.Property(a => a.ETag).HasColumnName("etag");
        answer.HasIndex(a => a.ExpiresAt);
    }
}
