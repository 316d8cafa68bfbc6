using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>A service's context as services have it: snake_case by convention, and in a schema of its own so that raw SQL must look it up.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<Parcel> Parcels => Set<Parcel>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("shop");
        modelBuilder.AddMessagingTables();
        modelBuilder.Entity<Effect>().HasKey(x => x.Id);
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.Property(p => p.Id).ValueGeneratedNever();
            parcel.Property(p => p.Size).HasConversion<string>();
            parcel.Property(p => p.Tags).HasColumnType("jsonb").HasConversion(
                t => JsonSerializer.Serialize(t, JsonSerializerOptions.Default), t => JsonSerializer.Deserialize<string[]>(t, JsonSerializerOptions.Default)!);
            parcel.ComplexProperty(p => p.Address);
            parcel.Property<bool>("Heavy").HasComputedColumnSql("weight > 10", stored: true);
        });
    }
}

/// <summary>What a consumer did. Its key is the database's, so a second effect of the same message is a second row.</summary>
internal sealed class Effect
{
    public long Id { get; set; }

    public required string Consumer { get; init; }

    public Guid Group { get; init; }

    public int Number { get; init; }
}

/// <summary>Something of every sort that services store.</summary>
internal sealed class Parcel
{
    public required Guid Id { get; init; }

    public ParcelSize Size { get; init; }

    public ParcelSize? Former { get; init; }

    public decimal Weight { get; init; }

    public long? Cents { get; init; }

    public string? Note { get; init; }

    public required string[] Tags { get; init; }

    public required byte[] Seal { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public TimeSpan? Left { get; init; }

    public DateOnly? DueOn { get; init; }

    public required ParcelAddress Address { get; init; }
}

internal enum ParcelSize
{
    Small,
    Large,
}

internal sealed record ParcelAddress(string Town, string? Street);
