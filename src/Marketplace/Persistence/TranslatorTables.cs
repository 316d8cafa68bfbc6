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
            translator.Property(t => t.Kinds).HasDefaultValueSql("'{translation,formulation,summary,call}'");
            translator.Property(t => t.ClaimsLeft).HasDefaultValue((double)ClaimPace.Burst).ValueGeneratedNever();
            translator.Property(t => t.About).HasMaxLength(Translator.LongestAbout).HasDefaultValue("");
            translator.Property(t => t.NativeLanguages).HasDefaultValueSql("'{}'");
            translator.Property(t => t.WorkingLanguages).HasDefaultValueSql("'{}'");
            translator.Property(t => t.Specialities).HasDefaultValueSql("'{}'");
            translator.HasMany(t => t.Hours).WithOne().HasForeignKey(h => h.TranslatorId).OnDelete(DeleteBehavior.Cascade);
            translator.HasMany(t => t.Pairs).WithOne().HasForeignKey(p => p.TranslatorId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<WorkingHours>(hours =>
        {
            hours.ToTable("working_hours", t => t.HasCheckConstraint(
                "ck_working_hours", "day BETWEEN 1 AND 7 AND from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440"));
            hours.HasKey(h => new { h.TranslatorId, h.Day, h.From });
            hours.Property(h => h.From).HasColumnName("from_minute");
            hours.Property(h => h.To).HasColumnName("to_minute");
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
