using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>Sign-in by password. Wrong address, wrong password and locked account sound alike and take alike.</summary>
[AllowAnonymous]
public sealed class SignInPage(SignInManager<Account> signIn) : PageModel
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

    public bool Failed { get; private set; }

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

    public async Task<IActionResult> OnPostAsync()
    {
        (EmailMissing, PasswordMissing) = (string.IsNullOrWhiteSpace(Email), string.IsNullOrEmpty(Password));
        if (EmailMissing || PasswordMissing)
        {
            return Page();
        }

        if (await signIn.UserManager.FindByEmailAsync(Email!.Trim()) is not { } account)
        {
            Pretend(Password!);
            Failed = true;
            return Page();
        }

        if (!(await signIn.PasswordSignInAsync(account, Password!, Stay, lockoutOnFailure: true)).Succeeded)
        {
            Failed = true;
            return Page();
        }

        PreferencesPage.Remember(HttpContext, account.Locale);
        return Url.IsLocalUrl(ReturnUrl)
            ? LocalRedirect(ReturnUrl)
            : LocalRedirect(Start(await signIn.UserManager.IsInRoleAsync(account, Role.Operator)));
    }

    private static string Start(bool isOperator) => isOperator ? "/portal/desk" : "/portal";

    /// <summary>An unknown address takes as long as a wrong password.</summary>
    private void Pretend(string password)
    {
        _nobodysHash ??= signIn.UserManager.PasswordHasher.HashPassword(Nobody, "nobody's password");
        signIn.UserManager.PasswordHasher.VerifyHashedPassword(Nobody, _nobodysHash, password);
    }
}
