using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Makes links for mails, knows them again, and lets each be used once: of two that use it at the same time one does.</summary>
public sealed class MailedLinks(MarketplaceDbContext db, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>So many links of one purpose go to one address within an hour, whoever asks for them.</summary>
    public const int MostAnHour = 3;

    private const int TokenSize = 32;

    public static TimeSpan LifeOf(string purpose) => purpose switch
    {
        LinkPurpose.Join => TimeSpan.FromDays(14),
        LinkPurpose.Application => TimeSpan.FromDays(3),
        LinkPurpose.Address => TimeSpan.FromDays(1),
        LinkPurpose.Password => TimeSpan.FromHours(2),
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    public string Normalize(string email) => normalizer.NormalizeEmail(email);

    /// <summary>Adds a link, saved with the caller's changes. What comes back with it is the token, which is in the mail alone.</summary>
    public (MailedLink Link, string Token) Make(
        string purpose, string email, string locale, Guid? accountId = null, Guid? applicationId = null, string? role = null)
    {
        var now = time.GetUtcNow();
        var token = RandomNumberGenerator.GetBytes(TokenSize);
        var link = new MailedLink
        {
            Id = Guid.CreateVersion7(now),
            Purpose = purpose,
            TokenHash = SHA256.HashData(token),
            Email = email,
            NormalizedEmail = Normalize(email),
            Locale = locale,
            AccountId = accountId,
            ApplicationId = applicationId,
            Role = role,
            CreatedAt = now,
            ExpiresAt = now + LifeOf(purpose),
        };
        db.Add(link);
        return (link, Base64Url.EncodeToString(token));
    }

    /// <summary>The open link that a token belongs to.</summary>
    public async Task<MailedLink?> FindAsync(string? token, string purpose, CancellationToken cancellationToken)
    {
        if (Hash(token) is not { } hash)
        {
            return null;
        }

        var link = await db.MailedLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash && l.Purpose == purpose, cancellationToken);
        return link?.IsOpen(time.GetUtcNow()) == true ? link : null;
    }

    /// <summary>Ends a link inside the caller's transaction. True for whoever was first.</summary>
    public async Task<bool> UseAsync(Guid linkId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.MailedLinks.Where(l => l.Id == linkId && l.EndedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.EndedAt, now), cancellationToken) == 1;
    }

    /// <summary>Only the newest link of a purpose leads anywhere.</summary>
    public Task EndOthersAsync(string purpose, string email, CancellationToken cancellationToken)
    {
        var (now, normalized) = (time.GetUtcNow(), Normalize(email));
        return db.MailedLinks.Where(l => l.NormalizedEmail == normalized && l.Purpose == purpose && l.EndedAt == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.EndedAt, now), cancellationToken);
    }

    public async Task<bool> HadEnoughAsync(string purpose, string email, CancellationToken cancellationToken)
    {
        var (since, normalized) = (time.GetUtcNow() - TimeSpan.FromHours(1), Normalize(email));
        return await db.MailedLinks.CountAsync(l => l.NormalizedEmail == normalized && l.Purpose == purpose && l.CreatedAt > since, cancellationToken) >= MostAnHour;
    }

    private static byte[]? Hash(string? token)
    {
        // 32 bytes are 43 characters; anything else is not ours and is not worth a look.
        var bytes = new byte[TokenSize];
        return token is { Length: 43 }
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done && length == TokenSize
            ? SHA256.HashData(bytes)
            : null;
    }
}
