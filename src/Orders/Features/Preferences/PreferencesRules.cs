using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Preferences;

/// <summary>Preferences as they are stored, all of them sound.</summary>
internal sealed record CheckedPreferences(IReadOnlyList<Guid> Preferred, IReadOnlyList<Guid> Blocked, IReadOnlyDictionary<string, Guid> Glossaries);

internal static class PreferencesRules
{
    public static async Task<CheckedPreferences> CheckAsync(
        PreferencesItem item, Merchant merchant, string mode, OrdersDbContext db, Faults faults, CancellationToken cancellationToken)
    {
        BriefRules.Check("/brief", item.Brief?.ToBrief(), faults);
        if (item.RetentionDays is < MerchantPreferences.ShortestRetention or > MerchantPreferences.LongestRetention)
        {
            faults.Add("/retentionDays", "field.range", $"{MerchantPreferences.ShortestRetention} to {MerchantPreferences.LongestRetention} days are possible.");
        }

        var preferred = Translators("/preferredTranslators", item.PreferredTranslators, faults);
        var blocked = Translators("/blockedTranslators", item.BlockedTranslators, faults);
        for (var i = 0; i < blocked.Count; i++)
        {
            if (preferred.Contains(blocked[i]))
            {
                faults.Add($"/blockedTranslators/{i}", "translator.both", "This translator is preferred too; nobody can be both.");
            }
        }

        CheckNotifications(item.Notifications, merchant, mode, faults);
        return new CheckedPreferences(
            [.. preferred.Distinct()], [.. blocked.Distinct()], await GlossariesAsync(item.Glossaries, db, faults, cancellationToken));
    }

    private static List<Guid> Translators(string at, IReadOnlyList<string>? given, Faults faults)
    {
        var ids = new List<Guid>();
        if (given?.Count > MerchantPreferences.MostTranslators)
        {
            faults.Add(at, "field.too_many", $"At most {MerchantPreferences.MostTranslators} translators are permitted; these are {given.Count}.");
            return ids;
        }

        for (var i = 0; i < given?.Count; i++)
        {
            if (PublicId.TryParse(Ids.Translator, given[i], out var id))
            {
                ids.Add(id);
            }
            else
            {
                faults.Add($"{at}/{i}", "translator.id", $"A translator's id begins with {Ids.Translator}_; a job shows it as translator.id.");
            }
        }

        return ids;
    }

    private static void CheckNotifications(NotificationsItem? given, Merchant merchant, string mode, Faults faults)
    {
        faults.OneOf("/notifications/locale", given?.Locale, "locale.unknown", "de", "en");
        if (given?.TimeZone is { } zone && (!zone.Contains('/', StringComparison.Ordinal) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            faults.Add("/notifications/timeZone", "timezone.unknown", "An IANA time zone, for example Europe/Berlin.");
        }

        if (mode != "live" && ((given?.Locale ?? merchant.Locale) != merchant.Locale || (given?.TimeZone ?? merchant.TimeZone) != merchant.TimeZone))
        {
            faults.Add("/notifications", "notifications.live_only", "These are the same for both modes, and changed with a live key only.");
        }
    }

    private static async Task<IReadOnlyDictionary<string, Guid>> GlossariesAsync(
        Dictionary<string, string>? given, OrdersDbContext db, Faults faults, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (pair, id) in given ?? [])
        {
            var at = $"/glossaries/{FieldRules.Escape(pair)}";
            if (!LanguagePair.TryParse(pair, out _))
            {
                faults.Add(at, "pair.invalid", "A pair is written like de-fr.");
            }
            else if (PublicId.TryParse(Ids.Glossary, id, out var glossary))
            {
                wanted[pair] = glossary;
            }
            else
            {
                faults.Add(at, "glossary.not_found", "There is no such glossary, or it belongs to somebody else.");
            }
        }

        if (wanted.Count == 0)
        {
            return wanted;
        }

        var ids = wanted.Values.Distinct().ToList();
        var pairs = await db.Glossaries.Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => $"{g.Source}-{g.Target}", cancellationToken);
        foreach (var (pair, id) in wanted)
        {
            if (!pairs.TryGetValue(id, out var its))
            {
                faults.Add($"/glossaries/{pair}", "glossary.not_found", "There is no such glossary, or it belongs to somebody else.");
            }
            else if (its != pair)
            {
                faults.Add($"/glossaries/{pair}", "glossary.pair", $"This glossary is for {its}.");
            }
        }

        return wanted;
    }
}
