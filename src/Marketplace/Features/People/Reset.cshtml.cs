using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>A new password by a link. It ends every session and lets in whom wrong tries had locked out; a second factor stays.</summary>
[AllowAnonymous]
public sealed class ResetPage(MarketplaceDbContext db, MailedLinks links, UserManager<Account> users, AccountNotices notices, PeopleWords words) : OpenPage
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => Shown((await FindAsync(cancellationToken)).Account);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not ({ } link, { } account))
        {
            return Shown(null);
        }

        Email = account.Email;
        if (await users.PasswordErrorAsync(account, Password, words) is { } error)
        {
            Errors["Password"] = error;
            return Wrong();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await links.UseAsync(link.Id, cancellationToken))
        {
            return Shown(null);
        }

        account.EmailConfirmed = true;
        await users.SetPasswordAsync(account, Password!);
        await links.EndOthersAsync(LinkPurpose.Password, link.Email, cancellationToken);
        await notices.SignInChangedAsync(account, null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        this.Notice(words.PasswordSet);
        return LocalRedirect(PortalCookies.SignInPath);
    }

    private async Task<(MailedLink? Link, Account? Account)> FindAsync(CancellationToken cancellationToken)
    {
        var link = await links.FindAsync(Token, LinkPurpose.Password, cancellationToken);
        var account = link?.AccountId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        return account is { ShutOutAt: null } ? (link, account) : (null, null);
    }

    private PageResult Shown(Account? account)
    {
        Email = account?.Email;
        Response.StatusCode = account is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
        return Page();
    }
}
