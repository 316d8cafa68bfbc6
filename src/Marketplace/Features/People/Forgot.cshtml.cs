using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>A mail for a new password. The answer is the same whether somebody has the address or not, and so is what is written for it.</summary>
[AllowAnonymous]
public sealed class ForgotPage(MarketplaceDbContext db, SendPasswordLink send, TryLimits tries, PeopleWords words) : OpenPage
{
    [BindProperty]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public void OnGet(bool sent) => IsSent = sent;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var email = (Email ?? "").Trim();
        if (!IsEmail(email))
        {
            Errors["Email"] = words.EmailWrong;
            return Wrong();
        }

        if (!await tries.MayAsync(TryLimits.Mail, HttpContext, cancellationToken))
        {
            return TooMuch();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await tries.CountAsync(TryLimits.Mail, HttpContext, cancellationToken);
        await send.RunAsync(email, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return RedirectToPage(null, new { sent = true });
    }
}

/// <summary>Sends the link to a new password to whoever has an address, inside the caller's transaction.</summary>
public sealed class SendPasswordLink(MarketplaceDbContext db, MailedLinks links, AccountNotices notices, UserManager<Account> users, Reader reader)
{
    public async Task RunAsync(string email, CancellationToken cancellationToken)
    {
        if (await links.HadEnoughAsync(LinkPurpose.Password, email, cancellationToken))
        {
            return;
        }

        var account = await users.FindByEmailAsync(email);
        var (link, token) = links.Make(LinkPurpose.Password, account?.Email ?? email, account?.Locale ?? reader.Locale, accountId: account?.Id);
        if (account is { ShutOutAt: null })
        {
            await notices.TellAsync(
                AccountNotices.ResetPassword, account.Email ?? email, account.DisplayName, account.Locale,
                new AccountNoticeContent($"/portal/reset?token={token}", null), link.ExpiresAt, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
