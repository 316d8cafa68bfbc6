namespace Zweizeiler.Marketplace.Domain;

/// <summary>A stretch of work as one writes it: it begins on a day, and goes past midnight if it ends no later than it begins.</summary>
/// <param name="Day">1 for Monday to 7 for Sunday: where it begins.</param>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight; 0 is the midnight after.</param>
public sealed record Stretch(int Day, int From, int To)
{
    public bool IsPastMidnight => To <= From && To > 0;

    /// <summary>Minutes after midnight as a clock shows them.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:D2}:{minutes % 60:D2}";
}

/// <summary>Between a week as it is written and the rows that it is asked by.</summary>
public static class WorkingWeek
{
    public const int MostADay = 2;

    private const int Days = 7;

    /// <summary>The rows of a week: none goes past midnight, and of one day none touches another.</summary>
    public static List<WorkingHours> Rows(Guid translatorId, IEnumerable<Stretch> stretches)
    {
        var cut = stretches.SelectMany(s => s.IsPastMidnight
            ? new[] { (s.Day, s.From, To: WorkingHours.EndOfDay), (Day: (s.Day % Days) + 1, From: 0, s.To) }
            : [(s.Day, s.From, To: s.To == 0 ? WorkingHours.EndOfDay : s.To)]);
        var rows = new List<WorkingHours>();
        foreach (var (day, from, to) in cut.Order())
        {
            if (rows.Count > 0 && rows[^1] is { } last && last.Day == day && from <= last.To)
            {
                rows[^1] = Row(translatorId, day, last.From, Math.Max(last.To, to));
            }
            else
            {
                rows.Add(Row(translatorId, day, from, to));
            }
        }

        return rows;
    }

    /// <summary>The week as one would write it; what goes past midnight is one again.</summary>
    public static List<Stretch> Stretches(IEnumerable<WorkingHours> rows)
    {
        var left = rows.OrderBy(r => r.Day).ThenBy(r => r.From).ToList();
        var stretches = new List<Stretch>();
        foreach (var row in left.ToList())
        {
            if (!left.Contains(row) || (row.From == 0 && IsRest(row, left)))
            {
                continue;
            }

            var rest = row.To == WorkingHours.EndOfDay ? left.Find(r => r.Day == (row.Day % Days) + 1 && r.From == 0 && r.To <= row.From) : null;
            stretches.Add(new Stretch(row.Day, row.From, rest?.To ?? row.To % WorkingHours.EndOfDay));
        }

        return stretches;
    }

    /// <summary>Whether somebody with these hours works at a time; always, if there are none.</summary>
    public static bool IsAtWork(IReadOnlyCollection<WorkingHours> rows, TimeZoneInfo zone, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var (day, minute) = (local.DayOfWeek == DayOfWeek.Sunday ? Days : (int)local.DayOfWeek, (local.Hour * 60) + local.Minute);
        return rows.Count == 0 || rows.Any(r => r.Day == day && minute >= r.From && minute < r.To);
    }

    /// <summary>Whether a row is what is left of a stretch of the day before.</summary>
    private static bool IsRest(WorkingHours row, List<WorkingHours> all) =>
        all.Exists(r => r.Day == (row.Day == 1 ? Days : row.Day - 1) && r.To == WorkingHours.EndOfDay && row.To <= r.From);

    private static WorkingHours Row(Guid translatorId, int day, int from, int to) =>
        new() { TranslatorId = translatorId, Day = day, From = from, To = to };
}
