using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

internal static class MoneyTables
{
    public static void Map(ModelBuilder builder) => builder.Entity<TaxDetailsNote>(note =>
    {
        note.ToTable("tax_details_notes");
        note.HasKey(n => n.TranslatorId);
        note.HasOne<Translator>().WithOne().HasForeignKey<TaxDetailsNote>(n => n.TranslatorId).OnDelete(DeleteBehavior.Cascade);
    });
}
