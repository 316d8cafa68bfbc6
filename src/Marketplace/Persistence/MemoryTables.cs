using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>What is known of a merchant's earlier texts: sealed with her key, and hers alone.</summary>
internal static class MemoryTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<MemoryEntry>(entry =>
        {
            entry.ToTable("memory_entries");
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Source).HasMaxLength(3);
            entry.Property(e => e.Target).HasMaxLength(3);
            entry.HasIndex(e => new { e.MerchantId, e.Source, e.Target, e.Fingerprint }).IsUnique();
            entry.HasIndex(e => new { e.MerchantId, e.Source, e.Target, e.AcceptedAt });
        });
        builder.Entity<AddedTerm>(term =>
        {
            term.Property(t => t.Id).ValueGeneratedNever();
            term.Property(t => t.Source).HasMaxLength(3);
            term.Property(t => t.Target).HasMaxLength(3);
            term.HasIndex(t => new { t.MerchantId, t.Source, t.Target, t.Fingerprint }).IsUnique();
        });
    }
}
