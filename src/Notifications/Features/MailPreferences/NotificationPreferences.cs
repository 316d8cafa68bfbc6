using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.MailPreferences;

/// <summary>What is to be different.</summary>
public sealed record ChangeNotificationPreferencesRequest(
    [property: Description("`on`, `off` or `digest` by kind; kinds that are not given stay as they are.")] Dictionary<string, string>? Kinds = null,
    [property: Description("When no mail comes; null, or empty texts, for never."), Removable] QuietHoursInput? QuietHours = null,
    [property: Description("When the digest comes, `HH:mm` in your time zone; null for the usual time."), Removable] string? DigestAt = null,
    [property: Description("`ok`: send to your address again, although it refused mails."), AllowedValues("ok")] string? Address = null) : IMergePatch;

/// <summary>When no mail comes.</summary>
public sealed record QuietHoursInput(
    [property: Description("`HH:mm`."), Required, Removable] string? From, [property: Description("`HH:mm`; may lie on the next day."), Required, Removable] string? To);

/// <summary><c>GET</c> and <c>PATCH /v1/notification-preferences</c></summary>
internal static class NotificationPreferences
{
    private const string Example = """{ "kinds": { "delivery": "digest", "thanks": "off" }, "quietHours": { "from": "20:00", "to": "07:30" }, "digestAt": "07:30" }""";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/notification-preferences", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getNotificationPreferences")
            .ShowsTag()
            .WithTags("Notifications")
            .WithSummary("Get what is told by mail")
            .WithDescription("The answer has an `ETag`.")
            .Produces<NotificationPreferencesView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
        app.MapPatch("/v1/notification-preferences", ChangeAsync)
            .RequireScope(Scope.Admin)
            .WithName("updateNotificationPreferences")
            .ShowsTag()
            .WithTags("Notifications")
            .WithSummary("Change what is told by mail")
            .WithDescription("What is not given stays as it is. Mails are about live jobs only, so this takes a live key.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("evenings", "Deliveries once a day, nothing in the evening", Example)
            .Produces<NotificationPreferencesView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
    }

    private static async Task<IResult> GetAsync(NotificationsDbContext db, Caller caller, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.FindWishesAsync(caller.MerchantId, cancellationToken) is not { } wishes)
        {
            return CommonProblems.NotFound("recipient");
        }

        var view = wishes.View();
        return http.OkUnlessKnown(view, Preconditions.Tag(wishes.Preferences.Version, view));
    }

    private static async Task<IResult> ChangeAsync(
        Body<ChangeNotificationPreferencesRequest> body, NotificationsDbContext db, Caller caller, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.FindWishesAsync(caller.MerchantId, cancellationToken) is not { } wishes)
        {
            return CommonProblems.NotFound("recipient");
        }

        http.Request.RequireMatch(wishes.Preferences.Version);
        if (caller.Mode != "live")
        {
            body.Faults.Add("", "mode.live_only", "Mails are about live jobs only; use a live key.");
        }

        Apply(body.Value, wishes, body.Faults);
        body.Faults.ThrowIfAny();
        wishes.Preferences.Changed();
        await SaveAsync(db, cancellationToken);
        if (body.Value.Address is not null)
        {
            await db.LiftAsync(wishes, cancellationToken);
            wishes = wishes with { IsSuppressed = false };
        }

        var view = wishes.View();
        http.Response.Headers.ETag = Preconditions.Tag(wishes.Preferences.Version, view);
        return TypedResults.Ok(view);
    }

    private static void Apply(ChangeNotificationPreferencesRequest change, Wishes wishes, Faults faults)
    {
        foreach (var (name, choice) in change.Kinds ?? [])
        {
            var kinds = MailKind.Of(wishes.Recipient.Kind).ToList();
            if (kinds.Find(k => k.Name == name) is not { } kind)
            {
                faults.Add($"/kinds/{name}", "kind.unknown", $"Kinds: {string.Join(", ", kinds.Select(k => k.Name))}.");
            }
            else if (Choice(choice) is not { } wanted)
            {
                faults.Add($"/kinds/{name}", "choice.unknown", "One of: on, off, digest.");
            }
            else if (kind.IsDuty && wanted != MailChoice.On)
            {
                faults.Add($"/kinds/{name}", "kind.duty", "Law, contract or your safety demand these mails; they cannot be switched off or gathered.");
            }
            else
            {
                wishes.Preferences.Choose(kind, wanted);
            }
        }

        if (change.QuietHours is { } quiet)
        {
            var (from, to) = (ReadTime("/quietHours/from", quiet.From, faults), ReadTime("/quietHours/to", quiet.To, faults));
            if (from is null != to is null && !faults.Has("/quietHours/from") && !faults.Has("/quietHours/to"))
            {
                faults.Add("/quietHours", "quiet_hours.half", "Give both a beginning and an end, or an empty text for both.");
            }

            wishes.Preferences.BeQuiet(from, to);
        }

        if (change.DigestAt is not null)
        {
            wishes.Preferences.Digest(ReadTime("/digestAt", change.DigestAt, faults) ?? Preferences.DefaultDigest);
        }

        if (change.Address is not (null or "ok"))
        {
            faults.Add("/address", "choice.unknown", "Only 'ok' can be set: it has mails sent to your address again.");
        }
    }

    private static TimeOnly? ReadTime(string at, string? text, Faults faults)
    {
        var time = Wishes.Time(text);
        if (time is null && !string.IsNullOrEmpty(text))
        {
            faults.Add(at, "time.invalid", "Expected a time of day as HH:mm, for example 07:30.");
        }

        return time;
    }

    internal static MailChoice? Choice(string? text) => text switch
    {
        "on" => MailChoice.On,
        "off" => MailChoice.Off,
        "digest" => MailChoice.Digest,
        _ => null,
    };

    /// <exception cref="ApiException">Somebody else was faster (412).</exception>
    internal static async Task SaveAsync(NotificationsDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveEditAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Preconditions.Failed();
        }
    }
}
