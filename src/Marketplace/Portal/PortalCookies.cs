using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Features.Workbench;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>The portal's cookies: all of them confined to /portal, unreadable for scripts, not sent along from other sites.</summary>
public static class PortalCookies
{
    public const string SignInPath = "/portal/sign-in";

    private const string Path = "/portal";
    private static readonly TimeSpan SignedIn = TimeSpan.FromDays(14);

    public static void Configure(IServiceCollection services)
    {
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            Confine(options.Cookie, "zz_portal");
            options.LoginPath = SignInPath;
            options.AccessDeniedPath = "/portal";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = SignedIn;
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = SignInAsync;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        // Between the two steps of a sign-in: who the first one has let through, or what a passkey was asked.
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options => Confine(options.Cookie, "zz_step"));
        services.Configure<AntiforgeryOptions>(options => Confine(options.Cookie, "zz_form"));
        services.Configure<CookieTempDataProviderOptions>(options => Confine(options.Cookie, "zz_notice"));
    }

    /// <summary>Scripts say so of themselves; they want a status, not the sign-in page.</summary>
    public static bool IsScript(HttpRequest request) => request.Headers["X-Portal-Script"] == "1" || request.Headers.Accept == "text/event-stream";

    private static void Confine(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.Path = Path;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }

    private static async Task SignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (IsScript(request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
            return;
        }

        // A form was sent by somebody who is signed out by now: back to its page, not to the form's action; and no word is lost.
        var signIn = $"{SignInPath}?returnUrl={Uri.EscapeDataString(request.Path)}";
        var form = request.HasFormContentType ? await request.ReadFormAsync(context.HttpContext.RequestAborted) : null;
        if (WorkbenchParts.Words(form) is { Length: > 0 } text)
        {
            await context.HttpContext.RequestServices.GetRequiredService<PlainPages>().WriteSignedOutAsync(context.HttpContext, signIn, text);
            return;
        }

        context.Response.Redirect(signIn);
    }
}
