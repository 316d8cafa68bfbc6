using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

public enum ConfirmState
{
    Ended,
    Open,
    Applied,
    AppliedBefore,
    HasAccount,
    AddressChanged,
    AddressTaken,
}

/// <summary>
/// Confirms the address of an application, or the new address of an account. A button does it, not the link: programs that look at mails follow links.
/// </summary>
[AllowAnonymous]
public sealed class ConfirmPage(
    MarketplaceDbContext db, MailedLinks links, UserManager<Account> users, RegisterTranslator register, AccountNotices notices, TimeProvider time) : OpenPage
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public string Email { get; private set; } = "";

    public ConfirmState State { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var link = await FindAsync(cancellationToken);
        return Shown(link is null ? ConfirmState.Ended : ConfirmState.Open);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } link)
        {
            return Shown(ConfirmState.Ended);
        }

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await links.UseAsync(link.Id, cancellationToken))
            {
                return Shown(ConfirmState.Ended);
            }

            var state = link.ApplicationId is { } application
                ? await ApplyAsync(link, application, cancellationToken)
                : await ChangeAddressAsync(link, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Shown(state);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody with the same address was a moment faster.
            return Shown(ConfirmState.AddressTaken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Shown(ConfirmState.AppliedBefore);
        }
    }

    private async Task<ConfirmState> ApplyAsync(MailedLink link, Guid application, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(link.Email) is not null)
        {
            await db.Applications.Where(a => a.Id == application).ExecuteDeleteAsync(cancellationToken);
            return ConfirmState.HasAccount;
        }

        if (await db.Applications.AnyAsync(a => a.NormalizedEmail == link.NormalizedEmail && a.ConfirmedAt != null && a.DecidedAt == null, cancellationToken))
        {
            return ConfirmState.AppliedBefore;
        }

        var now = time.GetUtcNow();
        await db.Applications.Where(a => a.Id == application).ExecuteUpdateAsync(a => a.SetProperty(x => x.ConfirmedAt, now), cancellationToken);
        return ConfirmState.Applied;
    }

    private async Task<ConfirmState> ChangeAddressAsync(MailedLink link, CancellationToken cancellationToken)
    {
        if (link.AccountId is not { } id || await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return ConfirmState.Ended;
        }

        if (await users.FindByEmailAsync(link.Email) is { } other && other.Id != account.Id)
        {
            return ConfirmState.AddressTaken;
        }

        var old = account.Email;
        account.Email = link.Email;
        account.UserName = link.Email;
        account.EmailConfirmed = true;
        // The name of the account is its address; both change at once, and every session ends.
        PasswordChecks.Checked(await users.UpdateSecurityStampAsync(account));
        await links.EndOthersAsync(LinkPurpose.Address, old ?? "", cancellationToken);
        await links.EndOthersAsync(LinkPurpose.Password, old ?? "", cancellationToken);
        if (await db.LockTranslatorAsync(account.Id, cancellationToken) is { } translator)
        {
            await register.ChangedAsync(account, translator, cancellationToken);
        }

        await notices.SignInChangedAsync(account, old, cancellationToken);
        return ConfirmState.AddressChanged;
    }

    private async Task<MailedLink?> FindAsync(CancellationToken cancellationToken)
    {
        var link = await links.FindAsync(Token, LinkPurpose.Application, cancellationToken) ?? await links.FindAsync(Token, LinkPurpose.Address, cancellationToken);
        Email = link?.Email ?? "";
        return link;
    }

    private PageResult Shown(ConfirmState state)
    {
        State = state;
        Response.StatusCode = state switch
        {
            ConfirmState.Ended => StatusCodes.Status410Gone,
            ConfirmState.AddressTaken => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status200OK,
        };
        return Page();
    }
}
