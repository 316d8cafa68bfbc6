using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Sets up an authenticator app as the second factor. The key is shown until a code of it was right.</summary>
[Authorize(Policy = Policies.Person)]
public sealed class SetUpFactorPage(
    MarketplaceDbContext db, SignInManager<Account> signIn, IUserStore<Account> store, AccountNotices notices, PeopleWords words) : FormPage
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>In groups of four, to be typed.</summary>
    public string Key { get; private set; } = "";

    public (string Path, int Size) Squares { get; private set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    private UserManager<Account> Users => signIn.UserManager;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var account = await Users.GetUserAsync(User);
        if (account is null || await Users.GetTwoFactorEnabledAsync(account))
        {
            return LocalRedirect("/portal/security");
        }

        await ShowAsync(account, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var account = await Users.GetUserAsync(User);
        if (account is null || await Users.GetTwoFactorEnabledAsync(account))
        {
            return LocalRedirect("/portal/security");
        }

        await ShowAsync(account, cancellationToken);
        var code = new string([.. (Code ?? "").Where(char.IsAsciiDigit)]);
        if (!await Users.VerifyTwoFactorTokenAsync(account, Users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            Errors["Code"] = words.CodeWrong;
        }

        var password = await signIn.CheckPasswordSignInAsync(account, Password ?? "", lockoutOnFailure: true);
        if (!password.Succeeded)
        {
            Errors["Password"] = password.IsLockedOut ? words.TooMuch : words.CurrentPasswordWrong;
        }

        if (Errors.Count > 0)
        {
            return Wrong();
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            PasswordChecks.Checked(await Users.SetTwoFactorEnabledAsync(account, true));
            Codes = [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(account, SecurityPage.RecoveryCodes) ?? []];
            await notices.SignInChangedAsync(account, null, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await signIn.RefreshSignInAsync(account);
        return Page();
    }

    private async Task ShowAsync(Account account, CancellationToken cancellationToken)
    {
        var key = await Users.GetAuthenticatorKeyAsync(account);
        if (string.IsNullOrEmpty(key))
        {
            // Past the manager, which would end her other sessions though nothing has changed yet.
            key = Users.GenerateNewAuthenticatorKey();
            await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, key, cancellationToken);
            PasswordChecks.Checked(await Users.UpdateAsync(account));
        }

        Key = string.Join(' ', key.Chunk(4).Select(c => new string(c)));
        Squares = SecondFactor.Squares(SecondFactor.Uri(account, key));
    }
}
