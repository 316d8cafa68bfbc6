using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>Who was asked first, and what decides who is asked next.</summary>
internal static class OfferTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Offer>(offer =>
        {
            offer.Property(o => o.Id).ValueGeneratedNever();
            offer.Property(o => o.Outcome).HasMaxLength(16);
            offer.HasOne<Job>().WithMany().HasForeignKey(o => o.JobId).OnDelete(DeleteBehavior.Cascade);
            // Nobody is asked twice in a round, and one at a time.
            offer.HasIndex(o => new { o.JobId, o.Round, o.TranslatorId }).IsUnique();
            offer.HasIndex(o => o.JobId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ix_offers_one_at_a_time");
            offer.HasIndex(o => new { o.TranslatorId, o.MadeAt });
        });
        builder.Entity<DeskAction>(action =>
        {
            action.Property(a => a.Id).ValueGeneratedNever();
            action.Property(a => a.Action).HasMaxLength(16);
            action.Property(a => a.Reason).HasMaxLength(DeskAction.LongestReason);
            action.HasIndex(a => new { a.JobId, a.DoneAt });
            action.HasIndex(a => new { a.PersonId, a.DoneAt });
        });
        builder.Entity<Standing>(standing =>
        {
            standing.HasKey(s => s.TranslatorId);
            standing.HasOne<Translator>().WithOne().HasForeignKey<Standing>(s => s.TranslatorId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
