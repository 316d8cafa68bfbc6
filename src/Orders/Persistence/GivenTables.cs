using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

internal sealed class CaseTable : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> row)
    {
        row.ToTable("cases");
        row.Property(c => c.Id).ValueGeneratedNever();
        row.Property(c => c.Mode).HasMaxLength(4);
        row.Property(c => c.Language).HasMaxLength(3);
        row.Property(c => c.CustomerLanguage).HasMaxLength(3);
        row.Property(c => c.Version).IsConcurrencyToken();
        row.Property(c => c.Metadata).HasColumnType("jsonb").HasConversion<MetadataConverter, MetadataComparer>();
        row.Ignore(c => c.IsOpen);
        // The order of the list; open or closed is a filter on the way.
        row.HasIndex(c => new { c.MerchantId, c.Mode, c.CreatedAt, c.Id }).IsDescending(false, false, true, true);
        row.HasIndex(c => new { c.MerchantId, c.Mode, c.Reference }).HasFilter("reference IS NOT NULL");
    }
}

internal sealed class TemplateTable : IEntityTypeConfiguration<Template>
{
    public void Configure(EntityTypeBuilder<Template> row)
    {
        row.ToTable("templates");
        row.Property(t => t.Id).ValueGeneratedNever();
        row.Property(t => t.Mode).HasMaxLength(4);
        row.Property(t => t.Language).HasMaxLength(3);
        row.Property(t => t.Version).IsConcurrencyToken();
        row.HasIndex(t => new { t.MerchantId, t.Mode, t.CreatedAt, t.Id }).IsDescending(false, false, true, true);
    }
}

internal sealed class GlossaryTable : IEntityTypeConfiguration<Glossary>
{
    public void Configure(EntityTypeBuilder<Glossary> row)
    {
        row.ToTable("glossaries");
        row.Property(g => g.Id).ValueGeneratedNever();
        row.Property(g => g.Mode).HasMaxLength(4);
        row.Property(g => g.Source).HasMaxLength(3);
        row.Property(g => g.Target).HasMaxLength(3);
        row.Property(g => g.Version).IsConcurrencyToken();
        row.HasIndex(g => new { g.MerchantId, g.Mode, g.CreatedAt, g.Id }).IsDescending(false, false, true, true);
    }
}

internal sealed class GlossaryTermsTable : IEntityTypeConfiguration<GlossaryTerms>
{
    public void Configure(EntityTypeBuilder<GlossaryTerms> row)
    {
        row.ToTable("glossary_terms");
        row.HasKey(t => t.GlossaryId);
        row.Property(t => t.GlossaryId).ValueGeneratedNever();
        row.HasOne<Glossary>().WithOne().HasForeignKey<GlossaryTerms>(t => t.GlossaryId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MerchantPreferencesTable : IEntityTypeConfiguration<MerchantPreferences>
{
    public void Configure(EntityTypeBuilder<MerchantPreferences> row)
    {
        row.ToTable("merchant_preferences");
        row.HasKey(p => new { p.MerchantId, p.Mode });
        row.Property(p => p.Mode).HasMaxLength(4);
        row.Property(p => p.Version).IsConcurrencyToken();
        row.Property(p => p.PreferredTranslators).HasColumnType("uuid[]").HasConversion<IdsConverter, IdsComparer>();
        row.Property(p => p.BlockedTranslators).HasColumnType("uuid[]").HasConversion<IdsConverter, IdsComparer>();
        row.Property(p => p.Glossaries).HasColumnType("jsonb").HasConversion<GlossariesConverter, GlossariesComparer>();
    }
}

/// <summary>A glossary's terms, sealed with the merchant's data key; apart from it, so that lists do not drag them along.</summary>
public sealed class GlossaryTerms
{
    public required Guid GlossaryId { get; init; }

    public required SealedText Content { get; set; }
}

internal sealed class IdsConverter() : ValueConverter<IReadOnlyList<Guid>, Guid[]>(ids => ids.ToArray(), ids => ids);

/// <summary>Preferences are replaced, never changed inside: the reference tells.</summary>
internal sealed class IdsComparer() : ValueComparer<IReadOnlyList<Guid>>((a, b) => ReferenceEquals(a, b), ids => ids.Count, ids => ids);

internal sealed class GlossariesConverter() : ValueConverter<IReadOnlyDictionary<string, Guid>, string>(
    pairs => JsonSerializer.Serialize(pairs, JsonSerializerOptions.Web),
    json => JsonSerializer.Deserialize<Dictionary<string, Guid>>(json, JsonSerializerOptions.Web)!);

internal sealed class GlossariesComparer() : ValueComparer<IReadOnlyDictionary<string, Guid>>(
    (a, b) => ReferenceEquals(a, b), pairs => pairs.Count, pairs => pairs);
