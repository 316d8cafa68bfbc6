namespace Zweizeiler.Marketplace.Domain;

/// <summary>Somebody who could be asked: of the job's pair and kind, available now, not asked in this round.</summary>
/// <param name="TranslatorId">Who.</param>
/// <param name="WaitsSince">Since when she has been neither asked first nor taken a job.</param>
/// <param name="InHand">Jobs that she holds now.</param>
/// <param name="Claims">Jobs taken so far.</param>
/// <param name="Lapses">Of these, left until the lease ended.</param>
/// <param name="Ratings">How many merchants have rated her.</param>
/// <param name="RatingSum">The sum of these ratings, 1 to 5 each.</param>
/// <param name="TodayFrom">When this day began in her own time zone.</param>
/// <param name="TodayUntil">When the last of her working hours of this day ends; the end of the day for who has none.</param>
public sealed record Candidate(
    Guid TranslatorId, DateTimeOffset WaitsSince, int InHand, int Claims, int Lapses, int Ratings, int RatingSum, DateTimeOffset TodayFrom, DateTimeOffset TodayUntil)
{
    /// <summary>Her day has begun, and nobody has asked her on it yet.</summary>
    public bool IsNotAskedToday => WaitsSince < TodayFrom;

    /// <summary>Whole days before this one on which nobody asked her.</summary>
    public int DaysPassedOver => IsNotAskedToday ? (int)((TodayFrom - WaitsSince) / TimeSpan.FromDays(1)) : 0;
}

/// <summary>A place in the order, and what led to it.</summary>
public sealed record Ranked(Candidate Candidate, IReadOnlyList<string> Reasons);

/// <summary>What a place in the order comes of.</summary>
public static class RankReason
{
    /// <summary>She did the last job of the same case.</summary>
    public const string SameCase = "same_case";

    /// <summary>The merchant wants her to be asked first.</summary>
    public const string Preferred = "preferred";

    /// <summary>Merchants rate her highly.</summary>
    public const string WellRated = "well_rated";

    /// <summary>Merchants rate her low.</summary>
    public const string PoorlyRated = "poorly_rated";

    /// <summary>Of what she takes, much is left until the lease ends.</summary>
    public const string LeavesWork = "leaves_work";

    /// <summary>She is at work on other jobs.</summary>
    public const string AtWork = "at_work";

    /// <summary>She was not asked yet on this day of hers.</summary>
    public const string NotAskedToday = "not_asked_today";

    /// <summary>Nobody else has waited so long.</summary>
    public const string WaitedLongest = "waited_longest";

    public static readonly IReadOnlyList<string> All = [SameCase, Preferred, WellRated, PoorlyRated, LeavesWork, AtWork, NotAskedToday, WaitedLongest];
}

/// <summary>
/// Who is asked first. The thread to the customer comes first of all, the merchant's wish second. Then whoever was not asked on this day yet: who was
/// passed over for most days, and of those alike whose hours end soonest, because whoever stays longer can be asked later. Then all others, who waits
/// longest. A good fit counts as some minutes and a bad one as some less; the minutes are bounded and waiting is not, so that everybody's turn comes.
/// A pure function: the same candidates in any order give the same list.
/// </summary>
public static class Ranking
{
    /// <summary>So few ratings or jobs say nothing yet.</summary>
    private const int Enough = 5;

    private const double Well = 4.5;
    private const double Poorly = 3.5;

    private static readonly TimeSpan WellRatedIsWorth = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PoorlyRatedCosts = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LeavingWorkCosts = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan EachJobInHandCosts = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<Ranked> Order(
        Guid? caseTranslator, IReadOnlyCollection<Guid> preferred, IReadOnlyCollection<Guid> blocked, IEnumerable<Candidate> candidates)
    {
        var could = candidates.Where(c => !blocked.Contains(c.TranslatorId) && c.InHand < Lease.MostAtATime).ToList();
        if (could.Count == 0)
        {
            return [];
        }

        var longest = could.Min(c => c.WaitsSince);
        return
        [
            .. could
                .Select(c => new Ranked(c, Reasons(c, caseTranslator, preferred, longest)))
                .OrderBy(r => Place(r.Reasons))
                .ThenByDescending(r => r.Candidate.IsNotAskedToday)
                .ThenByDescending(r => r.Candidate.DaysPassedOver)
                .ThenBy(r => (r.Candidate.IsNotAskedToday ? r.Candidate.TodayUntil : r.Candidate.WaitsSince) + WorthOfFit(r))
                .ThenBy(r => r.Candidate.WaitsSince)
                .ThenBy(r => r.Candidate.TranslatorId),
        ];
    }

    /// <summary>The mean of ratings that add up to <paramref name="sum"/>; null while they are too few.</summary>
    public static double? Mean(int ratings, int sum) => ratings >= Enough ? (double)sum / ratings : null;

    private static List<string> Reasons(Candidate candidate, Guid? caseTranslator, IReadOnlyCollection<Guid> preferred, DateTimeOffset longest)
    {
        var rating = Mean(candidate.Ratings, candidate.RatingSum);
        (string Reason, bool IsSo)[] all =
        [
            (RankReason.SameCase, candidate.TranslatorId == caseTranslator),
            (RankReason.Preferred, preferred.Contains(candidate.TranslatorId)),
            (RankReason.WellRated, rating >= Well),
            (RankReason.PoorlyRated, rating < Poorly),
            (RankReason.LeavesWork, candidate.Claims >= Enough && candidate.Lapses * 3 >= candidate.Claims),
            (RankReason.AtWork, candidate.InHand > 0),
            (RankReason.NotAskedToday, candidate.IsNotAskedToday),
            (RankReason.WaitedLongest, candidate.WaitsSince == longest),
        ];
        return [.. all.Where(r => r.IsSo).Select(r => r.Reason)];
    }

    private static int Place(IReadOnlyList<string> reasons) =>
        reasons.Contains(RankReason.SameCase) ? 0 : reasons.Contains(RankReason.Preferred) ? 1 : 2;

    private static TimeSpan WorthOfFit(Ranked ranked) =>
        (ranked.Reasons.Contains(RankReason.PoorlyRated) ? PoorlyRatedCosts : TimeSpan.Zero)
        + (ranked.Reasons.Contains(RankReason.LeavesWork) ? LeavingWorkCosts : TimeSpan.Zero)
        + (EachJobInHandCosts * ranked.Candidate.InHand)
        - (ranked.Reasons.Contains(RankReason.WellRated) ? WellRatedIsWorth : TimeSpan.Zero);
}
