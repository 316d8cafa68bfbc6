using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Html;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal.Words;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>Whoever reads this page: language, time zone, and how numbers, money and times are written for them.</summary>
public sealed class Reader
{
    public const string LanguageCookie = "zz_lang";

    private const string DefaultTimeZone = "Europe/Berlin";

    private readonly TimeProvider _time;
    private readonly TimeZoneInfo _zone;

    public Reader(IHttpContextAccessor accessor, TimeProvider time)
        : this(LocaleOf(accessor.HttpContext), accessor.HttpContext?.User.FindFirstValue(AccountClaims.TimeZone), time)
    {
    }

    public Reader(string locale, string? timeZone, TimeProvider time)
    {
        _time = time;
        _zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone ?? DefaultTimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
        W = WordList.For(locale);
        // English as it is written where people pay in euros.
        Culture = CultureInfo.GetCultureInfo(W.Locale == "de" ? "de-DE" : "en-IE");
    }

    /// <summary>The words of the reader's language.</summary>
    public WordList W { get; }

    public CultureInfo Culture { get; }

    public string Locale => W.Locale;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The reader's own time zone.</summary>
    public TimeZoneInfo Zone => _zone;

    public string Say(string words, params object[] values) => string.Format(Culture, words, values);

    public string Number(long number) => number.ToString("N0", Culture);

    public string Money(long cents, string currency)
    {
        var (sign, amount) = (cents < 0 ? "-" : "", Math.Abs(cents / 100m).ToString("N2", Culture));
        return (Locale, currency) switch
        {
            ("de", "EUR") => $"{sign}{amount}\u00A0€",
            ("de", _) => $"{sign}{amount}\u00A0{currency}",
            (_, "EUR") => $"{sign}€{amount}",
            _ => $"{currency}\u00A0{sign}{amount}",
        };
    }

    public string Lines(int lines) => Say(lines == 1 ? W.OneLine : W.Lines, Number(lines));

    public string Characters(int characters) => Say(characters == 1 ? W.OneCharacter : W.Characters, Number(characters));

    public string Jobs(int jobs) => Say(jobs == 1 ? W.OneJob : W.ManyJobs, Number(jobs));

    public string Language(string code) => W.Languages.GetValueOrDefault(code, code);

    public string Pair(string source, string target) => $"{source}\u00A0→\u00A0{target}";

    public string LongPair(string source, string target) => $"{Language(source)} → {Language(target)}";

    public string Kind(string kind) => W.Kinds.GetValueOrDefault(kind, kind);

    /// <summary>A fee; "up to" where it is settled by what is delivered.</summary>
    public string Fee(string kind, long cents, string currency) =>
        JobKinds.IsFeeAtMost(kind) ? Say(W.UpTo, Money(cents, currency)) : Money(cents, currency);

    public string Fee(Job job) => Fee(job.Kind, job.FeeCents, job.Currency);

    /// <summary>Words that begin with a value, as the beginning of a sentence.</summary>
    public string Sentence(string words) => words.Length == 0 ? words : $"{char.ToUpper(words[0], Culture)}{words[1..]}";

    /// <summary>Minutes with their unit, kept together on one line.</summary>
    public string CallMinutes(int minutes) => Say(W.Minutes, minutes).Replace(' ', '\u00A0');

    /// <summary>What a job is and how big. A call's minutes are in its content only; its lines are figures of the price list and mean nothing to anybody.</summary>
    public string What(string kind, int lines, int? minutes = null) => kind switch
    {
        JobKinds.Call => minutes is { } most ? $"{Kind(kind)} · {Say(W.UpTo, CallMinutes(most))}" : Kind(kind),
        JobKinds.Formulation => $"{Kind(kind)} · {Say(W.UpTo, Lines(lines))}",
        _ => $"{Kind(kind)} · {Lines(lines)}",
    };

    public string What(Job job) => What(job.Kind, job.Lines);

    /// <summary>From when to when, in the reader's own time or in that of a given zone.</summary>
    public string Window(DateTimeOffset from, DateTimeOffset to, string? timeZone = null)
    {
        var zone = timeZone is null ? _zone : ZoneOf(timeZone);
        var (start, end) = (TimeZoneInfo.ConvertTime(from, zone), TimeZoneInfo.ConvertTime(to, zone));
        var (day, clock) = Locale == "de" ? ("ddd, d. MMMM", "HH:mm'\u00A0Uhr'") : ("ddd, d MMMM", "HH:mm");
        // Word joiners: a line may end after the day, not within the hours.
        return start.Date == end.Date
            ? $"{start.ToString(day, Culture)}, {start.ToString("HH:mm", Culture)}\u2060–\u2060{end.ToString(clock, Culture)}"
            : $"{start.ToString(day, Culture)}, {start.ToString("HH:mm", Culture)} – {end.ToString(day, Culture)}, {end.ToString(clock, Culture)}";
    }

    /// <summary>The place that a time zone is named after; the reader's own if none is given.</summary>
    public string Place(string? timeZone = null) => (timeZone is null ? _zone : ZoneOf(timeZone)).Id.Split('/')[^1].Replace('_', ' ');

    public string Exact(DateTimeOffset at) => Local(at).ToString(Locale == "de" ? "ddd, d. MMMM, HH:mm' Uhr'" : "ddd, d MMMM, HH:mm", Culture);

    public string Date(DateOnly day) => day.ToString(Locale == "de" ? "d. MMMM yyyy" : "d MMMM yyyy", Culture);

    public string Day(DateTimeOffset at)
    {
        var (day, today) = (Local(at).Date, Local(Now).Date);
        return day == today ? W.Today
            : day == today.AddDays(-1) ? W.Yesterday
            : day.ToString(Locale == "de" ? "dddd, d. MMMM" : "dddd, d MMMM", Culture);
    }

    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm", Culture);

    /// <summary>Until when: the clock alone where it is today, otherwise with its day.</summary>
    public string ClockOrDay(DateTimeOffset at) => Local(at).Date == Local(Now).Date ? Clock(at) : Exact(at);

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    /// <summary>The point in time of what the reader's clock shows; of an hour that the clocks leave out, the one after it.</summary>
    public DateTimeOffset Instant(DateTime local) => new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>When a day begins for the reader.</summary>
    public DateTimeOffset Midnight(DateOnly day) => Instant(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>Monday of the reader's current week, midnight, as a point in time.</summary>
    public DateTimeOffset WeekStart()
    {
        var today = Local(Now).Date;
        return Instant(today.AddDays(-(((int)today.DayOfWeek + 6) % 7)));
    }

    /// <summary>A length of time in words, as the browser's countdown writes it too: "3 Tage".</summary>
    public string Span(TimeSpan span) => Span(span, W.Days);

    /// <summary>The same after a preposition: "in 3 Tagen".</summary>
    public string SpanAfterPreposition(TimeSpan span) => Span(span, W.DaysAfterPreposition);

    private string Span(TimeSpan span, string days)
    {
        var minutes = (long)Math.Floor(span.Duration().TotalMinutes);
        return minutes switch
        {
            < 1 => W.UnderAMinute,
            < 60 => Say(W.Minutes, minutes),
            < 48 * 60 when minutes % 60 == 0 => Say(W.Hours, minutes / 60),
            < 48 * 60 => Say(W.HoursAndMinutes, minutes / 60, minutes % 60),
            _ => Say(days, minutes / (24 * 60)),
        };
    }

    public string Ago(DateTimeOffset at) => Now - at < TimeSpan.FromMinutes(1) ? W.JustNow : Say(W.Ago, SpanAfterPreposition(Now - at));

    /// <summary>A past time, relative, with the exact one on hover or tap.</summary>
    public IHtmlContent AgoTag(DateTimeOffset at) => Tag(at, "ago", Ago(at));

    /// <summary>A time to go by, counting down in the browser.</summary>
    public IHtmlContent DueTag(DateTimeOffset at) =>
        Tag(at, "due", at > Now ? Say(W.Within, SpanAfterPreposition(at - Now)) : Say(W.Overdue, SpanAfterPreposition(Now - at)));

    /// <summary>How long an offer is for the reader alone, counting down by the second in the browser.</summary>
    public IHtmlContent OfferTag(DateTimeOffset until) => Tag(until, "offer", Say(W.SecondsLeft, Math.Max(0, (int)(until - Now).TotalSeconds)));

    private static TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    private HtmlString Tag(DateTimeOffset at, string kind, string text) => new(
        $"<time datetime=\"{at.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}\" title=\"{WebUtility.HtmlEncode(Exact(at))}\" data-time=\"{kind}\">{WebUtility.HtmlEncode(text)}</time>");

    private static string LocaleOf(HttpContext? http)
    {
        if (http is null)
        {
            return "de";
        }

        var wanted = http.User.FindFirstValue(AccountClaims.Locale) ?? http.Request.Cookies[LanguageCookie];
        if (wanted is "de" or "en")
        {
            return wanted;
        }

        var accepted = http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(l => l is "de" or "en");
        return accepted ?? "de";
    }
}
