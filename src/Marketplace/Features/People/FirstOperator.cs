using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Where nobody can invite anybody yet, <c>migrate</c> invites the operator whose address is configured.</summary>
public sealed class FirstOperator(MarketplaceDbContext db, InvitePeople invite, UserManager<Account> users, IConfiguration configuration, TimeProvider time)
{
    private const string Setting = "Portal:FirstOperator";

    /// <summary>Several migrations may run at once; one invites.</summary>
    private const long Lock = 0x5A57_0003;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (configuration[Setting] is not { Length: > 0 } email)
        {
            return;
        }

        if (!email.Contains('@', StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Setting} must be an e-mail address.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        var now = time.GetUtcNow();
        var isInvited = await db.MailedLinks.AnyAsync(
            l => l.Purpose == LinkPurpose.Join && l.Role == Role.Operator && l.EndedAt == null && l.ExpiresAt > now, cancellationToken);
        if (!isInvited && (await users.GetUsersInRoleAsync(Role.Operator)).Count == 0)
        {
            await invite.RunAsync(email, "de", Role.Operator, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
