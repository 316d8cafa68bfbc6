using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.MailPreferences;

/// <summary>
/// The pages behind the links in every mail: all preferences, and stopping one kind. The signed link is who one is; there is no cookie, and so nothing
/// that another site could misuse. A GET changes nothing, because programs that look for viruses follow links.
/// </summary>
internal static class PreferencePages
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string[] Times = ["from", "to", "digest"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/notifications/preferences", ShowAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/notifications/preferences", SaveAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapGet("/notifications/unsubscribe", AskAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/notifications/unsubscribe", StopAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NotificationsDbContext db, PreferenceLinks links, CancellationToken cancellationToken) =>
        await FindAsync(http, db, links, cancellationToken) is { } wishes ? Page(http, wishes, links, notice: null) : Invalid(http);

    private static async Task<IResult> SaveAsync(HttpContext http, NotificationsDbContext db, PreferenceLinks links, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, db, links, cancellationToken) is not { } wishes)
        {
            return Invalid(http);
        }

        var words = PreferenceWords.Of(wishes.Recipient.Locale);
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (form["again"].Count > 0)
        {
            await db.LiftAsync(wishes, cancellationToken);
            return Page(http, wishes with { IsSuppressed = false }, links, words.Saved);
        }

        foreach (var kind in MailKind.Of(wishes.Recipient.Kind).Where(k => !k.IsDuty))
        {
            if (NotificationPreferences.Choice(form[kind.Name]) is { } choice)
            {
                wishes.Preferences.Choose(kind, choice);
            }
        }

        var times = Times.Select(name => (Text: form[name].ToString().Trim(), Time: Wishes.Time(form[name].ToString().Trim()))).ToList();
        if (times.Any(t => t.Text.Length > 0 && t.Time is null))
        {
            return Page(http, wishes, links, words.Time, StatusCodes.Status422UnprocessableEntity);
        }

        wishes.Preferences.BeQuiet(times[0].Time, times[1].Time);
        wishes.Preferences.Digest(times[2].Time ?? Preferences.DefaultDigest);
        wishes.Preferences.Changed();
        try
        {
            await NotificationPreferences.SaveAsync(db, cancellationToken);
        }
        catch (ApiException)
        {
            return Page(http, wishes, links, words.Changed, StatusCodes.Status409Conflict);
        }

        return Page(http, wishes, links, words.Saved);
    }

    private static async Task<IResult> AskAsync(HttpContext http, NotificationsDbContext db, PreferenceLinks links, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, db, links, cancellationToken) is not { } wishes || KindName(http, wishes) is not { } kind)
        {
            return Invalid(http);
        }

        var words = PreferenceWords.Of(wishes.Recipient.Locale);
        return PlainPage.Html(http, wishes.Recipient.Locale, words.StopTitle, $"""
            <p class="lead">{H(words.Kinds[kind].Name)}</p>
            <form method="post" action="{H(links.Unsubscribe(wishes.Recipient.Id, kind))}"><button>{H(words.Stop)}</button></form>
            <p><a href="{H(links.Preferences(wishes.Recipient.Id))}">{H(words.All)}</a></p>
            """);
    }

    private static async Task<IResult> StopAsync(HttpContext http, NotificationsDbContext db, PreferenceLinks links, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, db, links, cancellationToken) is not { } wishes || KindName(http, wishes) is not { } name)
        {
            return Invalid(http);
        }

        foreach (var kind in MailKind.Of(wishes.Recipient.Kind).Where(k => !k.IsDuty))
        {
            if (kind.Name == name || (name == MailTemplates.Digest && wishes.Preferences.Of(kind) == MailChoice.Digest))
            {
                wishes.Preferences.Choose(kind, MailChoice.Off);
            }
        }

        wishes.Preferences.Changed();
        await NotificationPreferences.SaveAsync(db, cancellationToken);
        var words = PreferenceWords.Of(wishes.Recipient.Locale);
        return PlainPage.Html(http, wishes.Recipient.Locale, words.StopTitle, $"""
            <p role="status" class="notice">{H(words.Stopped)}</p>
            <p><a href="{H(links.Preferences(wishes.Recipient.Id))}">{H(words.All)}</a></p>
            """);
    }

    private static Task<Wishes?> FindAsync(HttpContext http, NotificationsDbContext db, PreferenceLinks links, CancellationToken cancellationToken) =>
        links.Verify(http.Request.Query["of"], http.Request.Query["key"], out var recipient)
            ? db.FindWishesAsync(recipient, cancellationToken)
            : Task.FromResult<Wishes?>(null);

    private static string? KindName(HttpContext http, Wishes wishes)
    {
        var name = http.Request.Query["kind"].ToString();
        return name == MailTemplates.Digest || MailKind.Of(wishes.Recipient.Kind).Any(k => k.Name == name && !k.IsDuty) ? name : null;
    }

    private static IResult Invalid(HttpContext http)
    {
        var locale = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.Value?.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true ? "de" : "en";
        var words = PreferenceWords.Of(locale);
        return PlainPage.Html(http, locale, words.Invalid, $"<p>{H(words.InvalidLead)}</p>", StatusCodes.Status404NotFound);
    }

    private static IResult Page(HttpContext http, Wishes wishes, PreferenceLinks links, string? notice, int status = StatusCodes.Status200OK)
    {
        var words = PreferenceWords.Of(wishes.Recipient.Locale);
        var (preferences, page) = (wishes.Preferences, new StringBuilder());
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"lead\">{H(words.Lead)}</p>\n");
        if (notice is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p role=\"status\" class=\"notice{(status == StatusCodes.Status200OK ? "" : " sorry")}\">{H(notice)}</p>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{H(links.Preferences(wishes.Recipient.Id))}\">\n");
        if (wishes.IsSuppressed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"notice sorry\">{H(words.Bounced)}</p>\n<p><button name=\"again\" value=\"1\">{H(words.TryAgain)}</button></p>\n");
        }

        foreach (var kind in MailKind.Of(wishes.Recipient.Kind).OrderBy(k => k.IsDuty))
        {
            var (name, what) = words.Kinds[kind.Name];
            page.Append(CultureInfo.InvariantCulture, $"<fieldset><legend>{H(name)}</legend><p class=\"quiet\">{H(what)}</p>\n");
            page.Append(kind.IsDuty
                ? $"<p class=\"choice\">{H(words.Always)}</p>"
                : Choice(kind, MailChoice.On, words.On, preferences) + Choice(kind, MailChoice.Digest, words.Digest, preferences) + Choice(kind, MailChoice.Off, words.Off, preferences));
            page.Append("</fieldset>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""
            <fieldset><legend>{H(words.Quiet)}</legend><p class="quiet">{H(words.QuietLead)}</p>
            <label>{H(words.From)} <input type="time" name="from" value="{Time(preferences.QuietFrom)}"></label>
            <label>{H(words.To)} <input type="time" name="to" value="{Time(preferences.QuietTo)}"></label></fieldset>
            <fieldset><legend>{H(words.Kinds["digest"].Name)}</legend>
            <label>{H(words.DigestAt)} <input type="time" name="digest" value="{Time(preferences.DigestAt)}"></label>
            <p class="quiet">{H(words.Zone)}: {H(wishes.Recipient.TimeZone)}</p></fieldset>
            <p><button>{H(words.Save)}</button></p>
            </form>
            """);
        if (wishes.Recipient.Kind == RecipientKind.Translator)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n<p><a href=\"/portal\">{H(words.ToPortal)}</a></p>");
        }

        return PlainPage.Html(http, wishes.Recipient.Locale, words.Title, page.ToString(), status);
    }

    private static string Choice(MailKind kind, MailChoice choice, string words, Preferences preferences) =>
        $"<label class=\"choice\"><input type=\"radio\" name=\"{kind.Name}\" value=\"{SnakeCase.Name(choice)}\"{(preferences.Of(kind) == choice ? " checked" : "")}> {H(words)}</label>\n";

    private static string Time(TimeOnly? time) => time is { } t ? Wishes.Text(t) : "";

    private static string H(string text) => Encoder.Encode(text);
}
