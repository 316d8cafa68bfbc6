using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>How people come in: links by mail, applications, tests of pairs, passkeys, and how often somebody has tried.</summary>
internal static class PeopleTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<MailedLink>(link =>
        {
            link.Property(l => l.Id).ValueGeneratedNever();
            link.Property(l => l.Purpose).HasMaxLength(16);
            link.Property(l => l.Email).HasMaxLength(256);
            link.Property(l => l.NormalizedEmail).HasMaxLength(256);
            link.Property(l => l.Locale).HasMaxLength(2);
            link.Property(l => l.Role).HasMaxLength(16);
            link.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<Application>().WithMany().HasForeignKey(l => l.ApplicationId).OnDelete(DeleteBehavior.Cascade);
            link.HasIndex(l => l.TokenHash).IsUnique();
            link.HasIndex(l => new { l.NormalizedEmail, l.Purpose, l.CreatedAt });
            link.HasIndex(l => l.ExpiresAt);
        });
        builder.Entity<Application>(application =>
        {
            application.Property(a => a.Id).ValueGeneratedNever();
            application.Property(a => a.Email).HasMaxLength(256);
            application.Property(a => a.NormalizedEmail).HasMaxLength(256);
            application.Property(a => a.Name).HasMaxLength(Application.LongestName);
            application.Property(a => a.Locale).HasMaxLength(2);
            application.Property(a => a.Why).HasMaxLength(Application.LongestWhy);
            application.Property(a => a.Outcome).HasMaxLength(16);
            application.Property(a => a.Word).HasMaxLength(Application.LongestWord);
            application.HasIndex(a => a.NormalizedEmail).IsUnique().HasFilter("confirmed_at IS NOT NULL AND decided_at IS NULL")
                .HasDatabaseName("ix_applications_one_open");
            application.HasIndex(a => a.AppliedAt);
        });
        builder.Entity<PairTest>(test =>
        {
            test.Property(t => t.Id).ValueGeneratedNever();
            test.Property(t => t.Source).HasMaxLength(3);
            test.Property(t => t.Target).HasMaxLength(3);
            test.Property(t => t.State).HasMaxLength(16);
            test.Property(t => t.Word).HasMaxLength(Application.LongestWord);
            test.HasOne<Translator>().WithMany().HasForeignKey(t => t.TranslatorId).OnDelete(DeleteBehavior.Cascade);
            test.HasIndex(t => new { t.TranslatorId, t.Source, t.Target }).IsUnique().HasFilter("state IN ('given', 'answered')")
                .HasDatabaseName("ix_pair_tests_one_open");
            test.HasIndex(t => new { t.State, t.AnsweredAt });
        });
        builder.Entity<Tries>(tries =>
        {
            tries.ToTable("tries");
            tries.HasKey(t => t.Key);
            tries.Property(t => t.Key).HasMaxLength(44);
        });
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys");
    }
}

/// <summary>How many more times somebody may try something at once; grows again with time. Who it is, is a hash.</summary>
internal sealed class Tries
{
    public required string Key { get; init; }

    public required double Left { get; init; }

    public required DateTimeOffset CountedAt { get; init; }
}
