using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.SignIn;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>The second factor: a code of the authenticator app, or one of the codes kept for the day when it is lost.</summary>
[AllowAnonymous]
public sealed class CodePage(SignInManager<Account> signIn, TryLimits tries, PeopleWords words) : OpenPage
{
    private const int AppCode = 6;

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Stay { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? LocalRedirect(PortalCookies.SignInPath) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account)
        {
            return LocalRedirect(PortalCookies.SignInPath);
        }

        if (!await tries.MayAsync(TryLimits.SignIn, HttpContext, cancellationToken))
        {
            Errors["Code"] = words.TooMuch;
            return TooMuch();
        }

        var given = new string([.. (Code ?? "").Where(char.IsLetterOrDigit)]);
        var isApp = given.Length == AppCode && given.All(char.IsAsciiDigit);
        if (!await (isApp ? ByAppAsync(given) : ByRecoveryAsync(account, given)))
        {
            await tries.CountAsync(TryLimits.SignIn, HttpContext, cancellationToken);
            Errors["Code"] = words.CodeWrong;
            return Wrong();
        }

        PreferencesPage.Remember(HttpContext, account.Locale);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : SignInPage.Start(await signIn.UserManager.IsInRoleAsync(account, Role.Operator)));
    }

    private async Task<bool> ByAppAsync(string code) => (await signIn.TwoFactorAuthenticatorSignInAsync(code, Stay, rememberClient: false)).Succeeded;

    /// <summary>Identity asks nobody whether the account may sign in here, and counts no wrong tries.</summary>
    private async Task<bool> ByRecoveryAsync(Account account, string code)
    {
        if (code.Length == 0 || !await signIn.CanSignInAsync(account) || await signIn.UserManager.IsLockedOutAsync(account))
        {
            return false;
        }

        // As they are shown: two halves with a dash between.
        var shown = code.Length == 10 ? $"{code[..5]}-{code[5..]}".ToUpperInvariant() : code;
        if ((await signIn.TwoFactorRecoveryCodeSignInAsync(shown)).Succeeded)
        {
            return true;
        }

        await signIn.UserManager.AccessFailedAsync(account);
        return false;
    }
}
