using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Zweizeiler.Notifications.Features.MailPreferences;

/// <summary>A page that works without scripts, images and cookies, in the portal's colours.</summary>
internal static class PlainPage
{
    private const string Style = """
        :root { color-scheme: light dark; --paper: #faf9f6; --surface: #fff; --ink: #1a2322; --quiet: #55625f; --line: #dfdcd4; --accent: #0c595d; --on-accent: #fff; --soft: #e2efed; --warm: #9a4a00; --warm-soft: #fcefdd; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #111615; --surface: #1a2120; --ink: #e7ecea; --quiet: #a2b0ac; --line: #2f3a38; --accent: #72c9c1; --on-accent: #06211f; --soft: #17312f; --warm: #f2a860; --warm-soft: #362715; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 24px 16px 48px; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main { max-width: 36em; margin: 0 auto; }
        header { font-weight: 600; color: var(--accent); }
        h1 { font-size: 28px; line-height: 1.2; margin: 24px 0 8px; }
        .lead { font-size: 18px; margin-top: 0; }
        .quiet { color: var(--quiet); margin: 0 0 8px; }
        .notice { padding: 12px 16px; border-radius: 8px; background: var(--soft); }
        .notice.sorry { background: var(--warm-soft); color: var(--warm); }
        fieldset { margin: 0 0 12px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); min-width: 0; }
        legend { font-weight: 600; padding: 0; float: left; width: 100%; }
        legend + * { clear: both; }
        label { display: inline-flex; gap: 8px; align-items: center; min-height: 44px; margin-right: 20px; }
        p.choice { margin: 0; }
        input[type=radio] { width: 20px; height: 20px; accent-color: var(--accent); }
        input[type=time] { font: inherit; padding: 8px; border: 1px solid var(--quiet); border-radius: 8px; background: var(--surface); color: inherit; }
        button { font: inherit; font-weight: 600; min-height: 44px; padding: 8px 20px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        """;

    private static readonly string Policy = string.Create(
        CultureInfo.InvariantCulture,
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <param name="http">The request.</param>
    /// <param name="language">Its language.</param>
    /// <param name="title">Encoded here.</param>
    /// <param name="content">HTML.</param>
    /// <param name="status">HTTP status.</param>
    public static IResult Html(HttpContext http, string language, string title, string content, int status = StatusCodes.Status200OK)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        // The address is the key: it goes to nobody else.
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.XContentTypeOptions = "nosniff";
        var heading = System.Net.WebUtility.HtmlEncode(title);
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{heading} · Zweizeiler</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <header>Zweizeiler</header>
            <h1>{heading}</h1>
            {content}
            </main>
            </body>
            </html>

            """,
            "text/html; charset=utf-8",
            Encoding.UTF8,
            status);
    }
}
