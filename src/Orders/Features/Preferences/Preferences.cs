using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Preferences;

/// <summary><c>GET</c> and <c>PUT /v1/preferences</c></summary>
internal sealed class Preferences(
    OrdersDbContext db, Caller caller, Merchants merchants, KnownPreferences known, IPublishEndpoint publish, TextVault vault, TimeProvider time)
{
    private const string Example = """
        {
          "brief": { "formality": "formal", "tone": "friendly", "channel": "email", "mustNotPromise": ["a refund"] },
          "retentionDays": 180,
          "preferredTranslators": ["trn_01jdc9f4xyz7m8n9p0q1r2s3t4"],
          "glossaries": {},
          "notifications": { "locale": "de", "timeZone": "Europe/Berlin" }
        }
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/preferences", (Preferences preferences, HttpContext http, CancellationToken cancellationToken) => preferences.GetAsync(http, cancellationToken))
            .RequireScope(Scope.Read)
            .WithName("getPreferences")
            .ShowsTag()
            .WithTags("Preferences")
            .WithSummary("Get the preferences")
            .WithDescription("A live key has the preferences of live jobs, a test key those of test jobs. The answer has an `ETag`, also before anything was saved.")
            .Produces<PreferencesView>();
        app.MapPut("/v1/preferences", (Body<PreferencesItem> body, Preferences preferences, HttpContext http, CancellationToken cancellationToken) =>
                preferences.PutAsync(body, http, cancellationToken))
            .RequireScope(Scope.Admin)
            .WithName("replacePreferences")
            .ShowsTag()
            .WithTags("Preferences")
            .WithSummary("Replace the preferences")
            .WithDescription("As a whole: what is not given goes back to what it is without preferences (`notifications` stay as they are). Jobs placed a few seconds later at the latest follow them.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("preferences", "A brief for every job, and a translator who is asked first", Example)
            .Produces<PreferencesView>()
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
    }

    private async Task<IResult> GetAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var stored = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var merchant = await db.Merchants.AsNoTracking().SingleAsync(m => m.Id == caller.MerchantId, cancellationToken);
        return http.OkUnlessKnown(ViewOf(stored, merchant), TagVersion(stored, merchant));
    }

    private async Task<IResult> PutAsync(Body<PreferencesItem> body, HttpContext http, CancellationToken cancellationToken)
    {
        var stored = await db.Preferences.SingleOrDefaultAsync(cancellationToken);
        var merchant = await db.Merchants.SingleAsync(m => m.Id == caller.MerchantId, cancellationToken);
        http.Request.RequireMatch(TagVersion(stored, merchant));
        var item = body.Value;
        var sound = await PreferencesRules.CheckAsync(item, merchant, caller.Mode, db, body.Faults, cancellationToken);
        body.Faults.ThrowIfAny();

        if (stored is null)
        {
            stored = new MerchantPreferences { MerchantId = caller.MerchantId, Mode = caller.Mode };
            db.Preferences.Add(stored);
        }

        stored.Brief = item.Brief is null ? null : vault.Seal(merchant.DataKey, merchant.Id, TextPurpose.DefaultBrief, item.Brief);
        stored.RetentionDays = item.RetentionDays ?? MerchantPreferences.UsualRetention;
        (stored.PreferredTranslators, stored.BlockedTranslators, stored.Glossaries) = sound;
        stored.Changed(time.Now());
        await ChangeNotificationsAsync(item.Notifications, merchant, cancellationToken);
        await SaveAsync(cancellationToken);

        known.Forget(caller);
        merchants.Forget(merchant.Id);
        http.ShowTag(TagVersion(stored, merchant));
        return TypedResults.Ok(ViewOf(stored, merchant));
    }

    /// <summary>Locale and time zone are the merchant's own: whoever writes to her learns of a change by message.</summary>
    private async Task ChangeNotificationsAsync(NotificationsItem? given, Merchant merchant, CancellationToken cancellationToken)
    {
        var (locale, zone) = (given?.Locale ?? merchant.Locale, given?.TimeZone ?? merchant.TimeZone);
        if ((locale, zone) == (merchant.Locale, merchant.TimeZone))
        {
            return;
        }

        (merchant.Locale, merchant.TimeZone) = (locale, zone);
        merchant.Version++;
        await publish.Publish(
            new MerchantRegistered(
                merchant.Id, merchant.Version, merchant.Name, merchant.Email, merchant.Locale, merchant.TimeZone,
                merchant.Country, merchant.IsBusiness, merchant.VatId, merchant.VatIdValid, merchant.DataKey),
            cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveEditAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else saved the first ones meanwhile.
            throw Preconditions.Failed();
        }
    }

    /// <summary>Locale and time zone count as well, though they are kept with the merchant: both versions only grow.</summary>
    private static int TagVersion(MerchantPreferences? stored, Merchant merchant) => (stored?.Version ?? 0) + merchant.Version - 1;

    private PreferencesView ViewOf(MerchantPreferences? stored, Merchant merchant) => new(
        stored?.Brief is { } brief ? vault.Open<DefaultBriefItem>(merchant.DataKey, merchant.Id, TextPurpose.DefaultBrief, brief) : null,
        stored?.RetentionDays ?? MerchantPreferences.UsualRetention,
        [.. (stored?.PreferredTranslators ?? []).Select(id => PublicId.Format(Ids.Translator, id))],
        [.. (stored?.BlockedTranslators ?? []).Select(id => PublicId.Format(Ids.Translator, id))],
        (stored?.Glossaries ?? new Dictionary<string, Guid>()).ToDictionary(g => g.Key, g => PublicId.Format(Ids.Glossary, g.Value)),
        new NotificationsView(merchant.Locale, merchant.TimeZone),
        stored?.UpdatedAt);
}
