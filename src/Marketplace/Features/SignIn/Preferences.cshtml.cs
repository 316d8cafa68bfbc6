using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.People;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>The two switches in the head of every page: language, and available or pausing.</summary>
[Authorize(Policy = Policies.Person)]
public sealed class PreferencesPage(
    MarketplaceDbContext db, SignInManager<Account> signIn, RegisterTranslator register, Reader reader) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/portal");

    public async Task<IActionResult> OnPostLanguageAsync(string locale, string? returnUrl, CancellationToken cancellationToken)
    {
        if (locale is "de" or "en" && await signIn.UserManager.GetUserAsync(User) is { } account)
        {
            account.Locale = locale;
            await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
            {
                if (await db.LockTranslatorAsync(account.Id, cancellationToken) is { } translator)
                {
                    await register.ChangedAsync(account, translator, cancellationToken);
                }

                await signIn.UserManager.UpdateAsync(account);
                await transaction.CommitAsync(cancellationToken);
            }

            await signIn.RefreshSignInAsync(account);
            Remember(HttpContext, locale);
        }

        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/portal");
    }

    public async Task<IActionResult> OnPostAvailabilityAsync(bool available, CancellationToken cancellationToken)
    {
        if (!User.IsInRole(Role.Translator))
        {
            return NotFound();
        }

        await db.ChangeAvailabilityAsync(User.TranslatorId(), available, null, cancellationToken);
        this.Notice(available ? reader.W.NowAvailable : reader.W.NowPaused);
        return LocalRedirect("/portal");
    }

    /// <summary>For pages before sign-in, on this device.</summary>
    internal static void Remember(HttpContext http, string locale) => http.Response.Cookies.Append(Reader.LanguageCookie, locale, new CookieOptions
    {
        Path = "/portal",
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = TimeSpan.FromDays(365),
        IsEssential = true,
    });

    internal static string Initials(string? name) => string.Concat((name ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Take(2)
        .Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
}
