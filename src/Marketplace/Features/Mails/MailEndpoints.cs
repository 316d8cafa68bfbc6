using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Mails;

internal static partial class MailEndpoints
{
    public static void MapMails(this IEndpointRouteBuilder app)
    {
        app.MapGet("/portal/mails", ToPreferences).RequireAuthorization(Policies.Translator);
        app.MapGet("/portal/desk/mails/{template}/{locale:regex(^(de|en)$)}/{form:int:min(1)}", FrameAsync).RequireAuthorization(Policies.Operator);
    }

    /// <summary>
    /// Leads a translator to the page about her mails, which Notifications serves. The signed address is made when she asks for it, and stands on no page.
    /// </summary>
    private static RedirectHttpResult ToPreferences(ClaimsPrincipal user, PreferenceLinks links) => TypedResults.LocalRedirect(links.Preferences(user.TranslatorId()));

    /// <summary>
    /// A mail's HTML alone, to stand in a frame. It may do nothing but be looked at: no script, no image, no form, and of styles only those that it came
    /// with, by their hashes.
    /// </summary>
    private static async Task<IResult> FrameAsync(
        string template, string locale, int form, ClaimsPrincipal user, MailDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        var mails = await desk.ReadAsync(user.TranslatorId(), locale, template, cancellationToken);
        if (mails is null)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (mails.Count < form)
        {
            return TypedResults.NotFound();
        }

        var html = mails[form - 1].Html;
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-hashes' {string.Join(' ', StylesOf(html))}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";
        return TypedResults.Content(html, "text/html", Encoding.UTF8);
    }

    private static IEnumerable<string> StylesOf(string html) => Styles().Matches(html)
        .Select(m => m.Groups["style"].Value)
        .Distinct(StringComparer.Ordinal)
        .Select(style => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");

    [GeneratedRegex(@"<style>(?<style>[^<]*)</style>|\sstyle=""(?<style>[^""&]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Styles();
}
