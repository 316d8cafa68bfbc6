using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

internal static class TranslatorTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Translator>(translator =>
        {
            translator.Property(t => t.Id).ValueGeneratedNever();
            translator.HasOne<Account>().WithOne().HasForeignKey<Translator>(t => t.Id).OnDelete(DeleteBehavior.Cascade);
            translator.HasMany(t => t.Pairs).WithOne().HasForeignKey(p => p.TranslatorId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<TranslatorPair>(pair =>
        {
            pair.HasKey(p => new { p.TranslatorId, p.Source, p.Target });
            pair.Property(p => p.Source).HasMaxLength(3);
            pair.Property(p => p.Target).HasMaxLength(3);
            pair.HasIndex(p => new { p.Source, p.Target });
        });
    }
}
