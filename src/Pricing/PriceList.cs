using System.Collections.Frozen;

namespace Zweizeiler.Pricing;

/// <summary>Surcharge and promise of an urgency.</summary>
/// <param name="Factor">Factor on the net price, at least 1.</param>
/// <param name="Promise">
/// Longest time to delivery. For <see cref="Urgency.Night"/> it is the length of the night; the promise itself is the morning
/// (<see cref="PriceList.DeliverBy"/>).
/// </param>
public readonly record struct UrgencyTerms(decimal Factor, TimeSpan Promise);

/// <summary>
/// A versioned price list. It never changes: a new price is a new version, and quotes and jobs name the version they were priced with.
/// </summary>
public sealed partial class PriceList
{
    private static readonly TimeOnly Morning = new(7, 0);
    private static readonly TimeOnly Evening = new(21, 0);

    private readonly FrozenDictionary<LanguagePair, int> _rates;
    private readonly FrozenDictionary<JobKind, decimal> _kindShares;
    private readonly FrozenDictionary<Urgency, UrgencyTerms> _terms;

    private PriceList(Document document)
    {
        Version = document.Version;
        Currency = document.Currency;
        LineLength = document.LineLength;
        MinimumLines = document.MinimumLines;
        CallBaseLines = document.CallBaseLines;
        TranslatorShare = document.TranslatorShare;
        RepetitionShare = document.RepetitionShare;
        CancellationShare = document.CancellationShare;
        _rates = document.Rates.ToFrozenDictionary(p => Pair(p.Key), p => p.Value);
        _kindShares = document.KindShares.ToFrozenDictionary(p => Kind(p.Key), p => p.Value);
        _terms = document.Urgencies.ToFrozenDictionary(p => UrgencyOf(p.Key), p => new UrgencyTerms(p.Value.Factor, TimeSpan.FromMinutes(p.Value.PromiseMinutes)));
        Pairs = [.. _rates.Keys.OrderBy(p => p.ToString(), StringComparer.Ordinal)];
        Languages = [.. Pairs.SelectMany(p => new[] { p.Source, p.Target }).Distinct().Order(StringComparer.Ordinal)];
        Check();
    }

    /// <summary>Version, for example <c>2026-1</c>.</summary>
    public string Version { get; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public string Currency { get; }

    /// <summary>Characters a line.</summary>
    public int LineLength { get; }

    /// <summary>Lines that a job, or a bundle of one pair and kind, costs at least.</summary>
    public int MinimumLines { get; }

    /// <summary>Line equivalents of each series of attempts to call somebody.</summary>
    public int CallBaseLines { get; }

    /// <summary>The translator's share of the net price, from 0 to 1.</summary>
    public decimal TranslatorShare { get; }

    /// <summary>What an exact repetition costs, as a share of the rate, from 0 to 1.</summary>
    public decimal RepetitionShare { get; }

    /// <summary>What a job costs that is cancelled after work on it began, as a share of its net price, from 0 to 1.</summary>
    public decimal CancellationShare { get; }

    /// <summary>All pairs on offer, in the order of their spelling.</summary>
    public IReadOnlyList<LanguagePair> Pairs { get; }

    /// <summary>All languages on offer, as source or target, in alphabetical order.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Whether jobs from and into these languages are on offer.</summary>
    public bool Offers(LanguagePair pair) => _rates.ContainsKey(pair);

    /// <summary>The rate for a kind of job and a pair.</summary>
    /// <param name="kind">Kind of job.</param>
    /// <param name="pair">Languages.</param>
    /// <param name="cents">Whole cents a line.</param>
    /// <returns><see langword="false"/> if the pair is not on offer.</returns>
    public bool TryGetRate(JobKind kind, LanguagePair pair, out int cents)
    {
        var offered = _rates.TryGetValue(pair, out var rate);
        cents = offered ? (int)(rate * _kindShares[kind]) : 0;
        return offered;
    }

    /// <summary>What a kind of job costs, as a share of the pair's rate, from 0 to 10.</summary>
    public decimal Share(JobKind kind) => _kindShares[kind];

    /// <summary>Surcharge and promise of an urgency.</summary>
    public UrgencyTerms Terms(Urgency urgency) => _terms[urgency];

    /// <summary>Whether a job of this urgency can be accepted now: <see cref="Urgency.Night"/> only outside 07:00 to 21:00.</summary>
    /// <param name="urgency">Urgency.</param>
    /// <param name="now">Time of acceptance.</param>
    /// <param name="zone">The platform's time zone.</param>
    public static bool IsAccepted(Urgency urgency, DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return urgency != Urgency.Night || time < Morning || time >= Evening;
    }

    /// <summary>
    /// The promised time of delivery: by the urgency's hours; for <see cref="Urgency.Night"/> the next 07:00, though never sooner than
    /// express would be.
    /// </summary>
    /// <param name="urgency">Urgency.</param>
    /// <param name="accepted">Time of acceptance.</param>
    /// <param name="zone">The platform's time zone.</param>
    /// <returns>UTC.</returns>
    public DateTimeOffset DeliverBy(Urgency urgency, DateTimeOffset accepted, TimeZoneInfo zone)
    {
        if (urgency != Urgency.Night)
        {
            return (accepted + Terms(urgency).Promise).ToUniversalTime();
        }

        var local = TimeZoneInfo.ConvertTime(accepted, zone).DateTime;
        var morning = local.Date.Add(Morning.ToTimeSpan()).AddDays(local.TimeOfDay < Morning.ToTimeSpan() ? 0 : 1);
        var byMorning = new DateTimeOffset(morning, zone.GetUtcOffset(morning)).ToUniversalTime();
        var soonest = DeliverBy(Urgency.Express, accepted, zone);
        return byMorning > soonest ? byMorning : soonest;
    }

    private static LanguagePair Pair(string name) => LanguagePair.TryParse(name, out var pair) ? pair : throw Invalid($"\"{name}\" is no language pair");

    private static JobKind Kind(string name) => ApiNames.TryParse(name, out JobKind kind) ? kind : throw Invalid($"there is no kind \"{name}\"");

    private static Urgency UrgencyOf(string name) => ApiNames.TryParse(name, out Urgency urgency) ? urgency : throw Invalid($"there is no urgency \"{name}\"");

    private static FormatException Invalid(string reason) => new($"The price list is invalid: {reason}.");

    private void Check()
    {
        Require(!string.IsNullOrWhiteSpace(Version) && Version.Length <= 32, "its version must be 1 to 32 characters");
        Require(Money.IsCurrency(Currency), "its currency must be an ISO 4217 code");
        Require(LineLength is >= 1 and <= 1000, "lines must have 1 to 1000 characters");
        Require(MinimumLines is >= 0 and <= 1000, "the minimum must be 0 to 1000 lines");
        Require(CallBaseLines is >= 0 and <= 1000, "a call's base must be 0 to 1000 lines");
        Require(TranslatorShare is >= 0 and <= 1, "the translator's share must be 0 to 1");
        Require(RepetitionShare is >= 0 and <= 1, "a repetition's share must be 0 to 1");
        Require(CancellationShare is >= 0 and <= 1, "a cancellation's share must be 0 to 1");
        Require(_rates.Count > 0 && _rates.Values.All(r => r is >= 0 and <= 1_000_000), "it must have rates, each from 0 to 1,000,000 cents");
        Require(Enum.GetValues<JobKind>().All(_kindShares.ContainsKey), "every kind must have a share of the rate");
        Require(_kindShares.Values.All(s => s is >= 0 and <= 10), "a kind's share of the rate must be 0 to 10");
        Require(_rates.Values.All(r => _kindShares.Values.All(s => decimal.IsInteger(r * s))), "every kind's rate must be whole cents");
        Require(Enum.GetValues<Urgency>().All(_terms.ContainsKey), "every urgency must have its terms");
        Require(_terms.Values.All(t => t.Factor is >= 1 and <= 10 && t.Promise > TimeSpan.Zero), "an urgency needs a factor from 1 to 10 and a promise");
        return;

        static void Require(bool condition, string reason)
        {
            if (!condition)
            {
                throw Invalid(reason);
            }
        }
    }
}
