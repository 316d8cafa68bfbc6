using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

internal sealed class QuoteTable : IEntityTypeConfiguration<Quote>
{
    public void Configure(EntityTypeBuilder<Quote> quote)
    {
        quote.ToTable("quotes");
        quote.Property(q => q.Id).ValueGeneratedNever();
        quote.Property(q => q.Mode).HasMaxLength(4);
        quote.Property(q => q.PriceList).HasMaxLength(32);
        quote.ComplexProperty(q => q.Supply, supply =>
        {
            supply.Property(s => s.Country).HasMaxLength(2).HasColumnName("country");
            supply.Property(s => s.IsBusiness).HasColumnName("is_business");
            supply.Property(s => s.VatIdValid).HasColumnName("vat_id_valid");
        });
        quote.Property(q => q.Items).HasColumnType("jsonb").HasConversion<QuotedItemsConverter, QuotedItemsComparer>();
        quote.HasIndex(q => q.ExpiresAt);
    }

    private sealed class QuotedItemsConverter() : ValueConverter<IReadOnlyList<QuotedItem>, string>(
        items => JsonSerializer.Serialize(items, JsonSerializerOptions.Web),
        json => JsonSerializer.Deserialize<List<QuotedItem>>(json, JsonSerializerOptions.Web)!);

    /// <summary>What was quoted never changes: the reference tells.</summary>
    private sealed class QuotedItemsComparer() : ValueComparer<IReadOnlyList<QuotedItem>>(
        (a, b) => ReferenceEquals(a, b), items => items.Count, items => items);
}

internal sealed class DeliveryTimeTable : IEntityTypeConfiguration<DeliveryTime>
{
    public void Configure(EntityTypeBuilder<DeliveryTime> delivery)
    {
        delivery.ToTable("delivery_times");
        delivery.HasKey(d => d.JobId);
        delivery.Property(d => d.JobId).ValueGeneratedNever();
        delivery.Property(d => d.Kind).HasMaxLength(16);
        delivery.Property(d => d.Urgency).HasMaxLength(16);
        delivery.Property(d => d.Source).HasMaxLength(3);
        delivery.Property(d => d.Target).HasMaxLength(3);
        // In the order in which a forecast reads them: all pairs of a kind at an hour, the newest of each first.
        delivery.HasIndex(d => new { d.Kind, d.Urgency, d.Hour, d.Source, d.Target, d.DeliveredAt })
            .IsDescending(false, false, false, false, false, true)
            .HasDatabaseName("ix_delivery_times_forecast");
        delivery.HasIndex(d => d.DeliveredAt);
    }
}
