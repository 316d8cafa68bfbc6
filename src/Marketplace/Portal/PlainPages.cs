using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Zweizeiler.Marketplace.Features.Workbench;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>
/// Pages for what went wrong: not found, form too old, our own faults. Written without views and database, so that they work when those do not.
/// </summary>
public sealed partial class PlainPages(PortalAssets assets, TimeProvider time, ILogger<PlainPages> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!httpContext.Request.Path.StartsWithSegments("/portal", StringComparison.Ordinal) || httpContext.Response.HasStarted)
        {
            return false;
        }

        // Type and stack only: messages of exceptions may quote what was typed.
        LogFailed(exception.GetType().FullName, exception.StackTrace);
        httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await WriteAsync(httpContext);
        return true;
    }

    /// <summary>Gives an empty answer of the portal its words.</summary>
    public static void Use(WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (!http.Response.HasStarted
            && http.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null }
            && http.Request.Path.StartsWithSegments("/portal", StringComparison.Ordinal)
            && !PortalCookies.IsScript(http.Request))
        {
            await http.RequestServices.GetRequiredService<PlainPages>().WriteAsync(http);
        }
    });

    /// <summary>Who was signed out while writing, and has no script that kept the words, gets them back to copy.</summary>
    public async Task WriteSignedOutAsync(HttpContext http, string signIn, string text)
    {
        var reader = new Reader(new HttpContextAccessor { HttpContext = http }, time);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var body = $"""
            <h1>{Html(reader.W.SignedOutTitle)}</h1>
            <p>{Html(reader.W.SignedOutWithText)}</p>
            <label for="kept">{Html(reader.W.YourText)}</label>
            <textarea id="kept" class="text" rows="10" readonly>{Html(text[..Math.Min(text.Length, SaveDraft.LongestText)])}</textarea>
            <p><a class="button primary" href="{Html(signIn)}">{Html(reader.W.SignIn)}</a></p>
            """;
        await WriteAsync(http, reader, reader.W.SignedOutTitle, body);
    }

    private Task WriteAsync(HttpContext http)
    {
        var reader = new Reader(new HttpContextAccessor { HttpContext = http }, time);
        var (title, words) = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => (reader.W.NotFoundTitle, reader.W.NotFoundWords),
            StatusCodes.Status403Forbidden => (reader.W.ForbiddenTitle, reader.W.ForbiddenWords),
            StatusCodes.Status400BadRequest => (reader.W.FormTooOldTitle, reader.W.FormTooOldWords),
            _ => (reader.W.FailedTitle, reader.W.FailedWords),
        };
        var body = $"""
            <h1>{Html(title)}</h1>
            <p>{Html(words)}</p>
            <p><a class="button" href="/portal">{Html(reader.W.BackToJobs)}</a></p>
            """;
        return WriteAsync(http, reader, title, body);
    }

    private Task WriteAsync(HttpContext http, Reader reader, string title, string body)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{reader.Locale}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html(title)} · Zweizeiler</title>
            <link rel="icon" href="{assets.Url("icon.svg")}">
            <link rel="stylesheet" href="{assets.Url("portal.css")}">
            </head>
            <body>
            <main id="main" class="page narrow plain">
            {body}
            </main>
            </body>
            </html>
            """, http.RequestAborted);
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    [LoggerMessage(Level = LogLevel.Error, Message = "Page failed: {ExceptionType} {StackTrace}")]
    private partial void LogFailed(string? exceptionType, string? stackTrace);
}
