using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.People;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>
/// Sign-in by password, with a second factor where there is one, or by passkey. Wrong address, wrong password and locked account sound alike and take
/// alike.
/// </summary>
[AllowAnonymous]
public sealed class SignInPage(SignInManager<Account> signIn, PasskeySignIn passkeys, TryLimits tries) : PageModel
{
    private static readonly Account Nobody = new() { Id = Guid.Empty };
    private static string? _nobodysHash;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public bool Stay { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What a passkey has answered, as JSON.</summary>
    [BindProperty]
    public string? Credential { get; set; }

    public bool Failed { get; private set; }

    /// <summary>Too many wrong tries came from here lately.</summary>
    public bool IsTooMuch { get; private set; }

    public bool PasskeyFailed { get; private set; }

    public bool EmailMissing { get; private set; }

    public bool PasswordMissing { get; private set; }

    public IActionResult OnGet(string? lang)
    {
        if (lang is "de" or "en")
        {
            PreferencesPage.Remember(HttpContext, lang);
            return RedirectToPage(null, new { ReturnUrl });
        }

        Stay = true;
        return User.Identity?.IsAuthenticated == true ? LocalRedirect(Start(User.IsInRole(Role.Operator))) : Page();
    }

    /// <summary>What the browser asks a passkey with.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken cancellationToken)
    {
        if (!await tries.MayAsync(TryLimits.SignIn, HttpContext, cancellationToken))
        {
            return TooMuch();
        }

        if (await passkeys.RunAsync(Credential, Stay) is not { } account)
        {
            await tries.CountAsync(TryLimits.SignIn, HttpContext, cancellationToken);
            PasskeyFailed = true;
            return Page();
        }

        return await WelcomeAsync(account);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        (EmailMissing, PasswordMissing) = (string.IsNullOrWhiteSpace(Email), string.IsNullOrEmpty(Password));
        if (EmailMissing || PasswordMissing)
        {
            return Page();
        }

        if (!await tries.MayAsync(TryLimits.SignIn, HttpContext, cancellationToken))
        {
            return TooMuch();
        }

        if (await signIn.UserManager.FindByEmailAsync(Email!.Trim()) is not { } account)
        {
            Pretend(Password!);
            return await WrongAsync(cancellationToken);
        }

        var result = await signIn.PasswordSignInAsync(account, Password!, Stay, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/People/Code", new { ReturnUrl, Stay });
        }

        if (result.Succeeded)
        {
            return await WelcomeAsync(account);
        }

        if (result.IsLockedOut || result.IsNotAllowed)
        {
            // Identity did not look at the password.
            Pretend(Password!);
        }

        return await WrongAsync(cancellationToken);
    }

    internal static string Start(bool isOperator) => isOperator ? "/portal/desk" : "/portal";

    private async Task<IActionResult> WelcomeAsync(Account account)
    {
        PreferencesPage.Remember(HttpContext, account.Locale);
        return Url.IsLocalUrl(ReturnUrl)
            ? LocalRedirect(ReturnUrl)
            : LocalRedirect(Start(await signIn.UserManager.IsInRoleAsync(account, Role.Operator)));
    }

    private async Task<IActionResult> WrongAsync(CancellationToken cancellationToken)
    {
        await tries.CountAsync(TryLimits.SignIn, HttpContext, cancellationToken);
        Failed = true;
        return Page();
    }

    private PageResult TooMuch()
    {
        IsTooMuch = true;
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }

    /// <summary>An unknown address takes as long as a wrong password.</summary>
    private void Pretend(string password)
    {
        _nobodysHash ??= signIn.UserManager.PasswordHasher.HashPassword(Nobody, "nobody's password");
        signIn.UserManager.PasswordHasher.VerifyHashedPassword(Nobody, _nobodysHash, password);
    }
}
