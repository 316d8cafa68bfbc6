using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>When jobs are offered to her: the hours of her week, in her own time, and pauses. Her own words count; nobody guesses.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class AvailabilityPage(MarketplaceDbContext db, Reader reader, PeopleWords words) : FormPage
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);

    /// <summary>Day after day, <see cref="WorkingWeek.MostADay"/> each.</summary>
    [BindProperty]
    public List<string?> From { get; set; } = [];

    [BindProperty]
    public List<string?> To { get; set; } = [];

    [BindProperty]
    public bool Always { get; set; }

    /// <summary>The first day after a pause.</summary>
    [BindProperty]
    public string? Back { get; set; }

    public bool IsPausing { get; private set; }

    public bool IsAtWork { get; private set; }

    public string NowInWords { get; private set; } = "";

    public string? FromAt(int index) => From.ElementAtOrDefault(index);

    public string? ToAt(int index) => To.ElementAtOrDefault(index);

    public string DayName(int day) => reader.Culture.DateTimeFormat.GetDayName((DayOfWeek)(day % 7));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var me = User.TranslatorId();
        var rows = await db.WorkingHours.AsNoTracking().Where(h => h.TranslatorId == me).ToListAsync(cancellationToken);
        Always = rows.Count == 0;
        var slots = new Stretch?[7 * WorkingWeek.MostADay];
        foreach (var day in WorkingWeek.Stretches(rows).GroupBy(s => s.Day))
        {
            foreach (var (stretch, i) in day.Take(WorkingWeek.MostADay).Select((s, i) => (s, i)))
            {
                slots[((day.Key - 1) * WorkingWeek.MostADay) + i] = stretch;
            }
        }

        From = [.. slots.Select(s => s is null ? null : Stretch.Clock(s.From))];
        To = [.. slots.Select(s => s is null ? null : Stretch.Clock(s.To))];
    }

    public async Task<IActionResult> OnPostHoursAsync(CancellationToken cancellationToken)
    {
        var stretches = Always ? [] : Read();
        if (!Always && Errors.Count == 0 && stretches.Count == 0)
        {
            Errors["Hours"] = words.HoursMissing;
        }

        if (Errors.Count > 0)
        {
            await LoadAsync(cancellationToken);
            return Wrong();
        }

        var me = User.TranslatorId();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two of her windows must not mix their weeks.
        await db.LockTranslatorAsync(me, cancellationToken);
        await db.WorkingHours.Where(h => h.TranslatorId == me).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(WorkingWeek.Rows(me, stretches));
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Person(me).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        this.Notice(words.HoursSaved);
        return LocalRedirect("/portal/availability");
    }

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? until = null;
        if (!string.IsNullOrWhiteSpace(Back))
        {
            until = DateOnly.TryParseExact(Back, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? reader.Midnight(day) : reader.Now;
            if (until <= reader.Now || until > reader.Now + LongestPause)
            {
                Errors["Back"] = words.BackWrong;
                await OnGetAsync(cancellationToken);
                return Wrong();
            }
        }

        await db.ChangeAvailabilityAsync(User.TranslatorId(), false, until, cancellationToken);
        this.Notice(reader.W.NowPaused);
        return LocalRedirect("/portal/availability");
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken)
    {
        await db.ChangeAvailabilityAsync(User.TranslatorId(), true, null, cancellationToken);
        this.Notice(reader.W.NowAvailable);
        return LocalRedirect("/portal/availability");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var translator = await db.Translators.AsNoTracking().Include(t => t.Hours).SingleAsync(t => t.Id == me, cancellationToken);
        IsPausing = !translator.TakesJobs(reader.Now);
        IsAtWork = !IsPausing && WorkingWeek.IsAtWork(translator.Hours, reader.Zone, reader.Now);
        NowInWords = (IsPausing, translator.PausedUntil) switch
        {
            (true, { } until) => reader.Say(words.PausingUntil, reader.Exact(until)),
            (true, null) => words.Pausing,
            _ => IsAtWork ? words.AtWorkNow : words.NotAtWorkNow,
        };
    }

    private List<Stretch> Read()
    {
        var stretches = new List<Stretch>();
        for (var index = 0; index < 7 * WorkingWeek.MostADay; index++)
        {
            var day = (index / WorkingWeek.MostADay) + 1;
            var (from, to) = (Minutes(FromAt(index)), Minutes(ToAt(index)));
            if (from is null && to is null && string.IsNullOrWhiteSpace(FromAt(index)) && string.IsNullOrWhiteSpace(ToAt(index)))
            {
                continue;
            }

            if (from is null || to is null)
            {
                Errors[$"Day{day}"] = words.StretchIncomplete;
            }
            else if (from == to && to > 0)
            {
                Errors[$"Day{day}"] = words.StretchEmpty;
            }
            else
            {
                stretches.Add(new Stretch(day, from.Value, to.Value));
            }
        }

        return stretches;
    }

    private static int? Minutes(string? clock) =>
        TimeOnly.TryParseExact(clock, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
}
