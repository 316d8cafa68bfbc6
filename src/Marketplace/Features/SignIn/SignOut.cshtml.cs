using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>Sign-out is a form, so that no link or image elsewhere can do it.</summary>
[Authorize(Policy = Policies.Person)]
public sealed class SignOutPage(SignInManager<Account> signIn, Reader reader) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/portal");

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        this.Notice(reader.W.SignedOutNotice);
        return LocalRedirect(PortalCookies.SignInPath);
    }
}
