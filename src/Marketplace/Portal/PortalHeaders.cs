namespace Zweizeiler.Marketplace.Portal;

/// <summary>What every answer of the portal says to the browser about what may be done with it. No inline script or style, nothing from elsewhere.</summary>
public static class PortalHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UsePortalHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        // Pages hold confidential texts: neither proxies nor a shared computer's disk keep them. Assets say otherwise for themselves.
        headers.CacheControl = "no-cache, no-store";
        return next(http);
    });
}
