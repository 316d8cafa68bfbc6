using FsCheck;
using FsCheck.Fluent;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Tests;

/// <summary>Plays the marketplace, and lets what it says arrive in any order and more than once.</summary>
public class Facts_in_any_order_Specs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What something newer may leave untold, because it says the same or takes it back.</summary>
    private static readonly string[] MayBeOvertaken = ["job.payment_required", "job.claimed", "job.released", "job.escalated", "job.delayed"];

    [Fact]
    public void Whatever_the_order_of_arrival_the_end_is_the_same_and_no_step_is_missing_or_told_twice() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(AnyArrival.ToArbitrary(), x =>
        {
            var inOrder = Followed.By(x.History, x.AskedToCancel);
            var arrived = Followed.By(x.Arrival, x.AskedToCancel);

            arrived.End.ShouldBe(inOrder.End, $"{x}");
            foreach (var job in new[] { inOrder.Job, arrived.Job })
            {
                job.Steps.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, job.Sequence));
                job.Steps.Select(s => s.OccurredAt).ShouldBeInOrder();
                job.Steps[^1].State.ShouldBe(job.State);
            }

            var (expected, told) = (Counts(inOrder.Job), Counts(arrived.Job));
            foreach (var type in expected.Keys.Union(told.Keys))
            {
                told.GetValueOrDefault(type).ShouldBeLessThanOrEqualTo(expected.GetValueOrDefault(type), $"{type} in {x}");
                if (MustBeTold(type, arrived.Job))
                {
                    told.GetValueOrDefault(type).ShouldBe(expected.GetValueOrDefault(type), $"{type} in {x}");
                }
            }
        }));

    [Fact]
    public void Where_nothing_takes_back_what_was_before_every_step_is_told_in_every_order()
    {
        var anna = Guid.CreateVersion7(Noon);
        Fact[] history =
        [
            new("funded", f => f.Job.Funded(Noon)),
            new("offered", f => f.Job.Offered(1, Noon)),
            new("asked before", f => f.Ask(2, anna, beforeClaim: true)),
            new("claimed", f => f.Job.Claimed(3, anna, NameOf(anna), Noon)),
            new("asked", f => f.Ask(4, anna)),
            new("delivered", f => f.Deliver(5, anna)),
            new("refused", f => f.Job.CancellationRefused(Noon)),
        ];
        var expected = Followed.By(history, askedToCancel: true);
        foreach (var order in Permutations(history))
        {
            var arrived = Followed.By([.. order.SelectMany(f => new[] { f, f })], askedToCancel: true);
            arrived.End.ShouldBe(expected.End);
            arrived.Job.Steps.Select(s => s.Type).Order().ShouldBe(expected.Job.Steps.Select(s => s.Type).Order());
            arrived.Job.Steps.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, 9));
        }
    }

    private static Dictionary<string, int> Counts(Job job) => job.Steps.GroupBy(s => s.Type).ToDictionary(g => g.Key, g => g.Count());

    private static bool MustBeTold(string type, Job job) => type switch
    {
        // A job that is over asks nothing more, and one that was cancelled may never have been funded or offered.
        "job.question" => !job.State.IsFinal(),
        "job.funded" or "job.open" => job.State != JobState.Cancelled,
        _ => !MayBeOvertaken.Contains(type),
    };

    private static Gen<Played> AnyArrival =>
        from askedToCancel in Gen.Elements(true, false)
        from choices in Gen.Choose(0, 99).ArrayOf(14)
        from declined in Gen.Elements(true, false)
        let history = Play(choices, askedToCancel, declined)
        from twice in Gen.SubListOf((IEnumerable<Fact>)history)
        from arrival in Gen.Shuffle(history.Concat(twice))
        select new Played(history, arrival, askedToCancel);

    /// <summary>A life as the marketplace could tell it; each number decides what happens next.</summary>
    private static List<Fact> Play(int[] choices, bool askedToCancel, bool declined)
    {
        List<Fact> facts = [];
        if (declined)
        {
            facts.Add(new("declined", f => f.Job.FundingDeclined("balance.insufficient", Noon)));
            if (choices[0] < 20)
            {
                facts.Add(new("unpaid", f => f.Job.Expired(1, Noon.AddDays(7), unpaid: true)));
                return facts;
            }
        }

        facts.AddRange([new("funded", f => f.Job.Funded(Noon.AddHours(1))), new("offered", f => f.Job.Offered(1, Noon.AddHours(1)))]);
        var version = 1;
        Guid? holder = null;
        var (delayed, waits) = (false, false);
        foreach (var choice in choices)
        {
            // Not every step of the marketplace is told, so versions have gaps.
            version += 1 + (choice % 2);
            var (v, at, other) = (version, Noon.AddMinutes(version), Guid.CreateVersion7(Noon.AddMinutes(version)));
            if (holder is not { } who)
            {
                switch (choice)
                {
                    case < 15: facts.Add(new($"escalated {v}", f => f.Job.Escalated(v, at))); break;
                    case < 35: facts.Add(new($"asked before {v}", f => f.Ask(v, other, beforeClaim: true))); break;
                    case < 40: facts.Add(new($"expired {v}", f => f.Job.Expired(v, at))); return facts;
                    case < 50 when askedToCancel: facts.Add(new($"cancelled {v}", f => f.Job.Cancelled(v, null, at))); return facts;
                    default: facts.Add(new($"claimed {v}", f => f.Job.Claimed(v, other, NameOf(other), at))); holder = other; break;
                }
            }
            else
            {
                switch (choice)
                {
                    case < 35: facts.Add(new($"asked {v}", f => f.Ask(v, who))); waits = true; break;
                    case < 60: facts.Add(new($"released {v}", f => f.Job.Released(v, at))); holder = null; waits = false; break;
                    case < 75 when askedToCancel: facts.Add(new($"cancelled {v}", f => f.Job.Cancelled(v, who, at))); return facts;
                    case < 80 when !delayed && !waits: facts.Add(new($"delayed {v}", f => f.Job.Delayed(v, who, null, at))); delayed = true; break;
                    case < 80: break;
                    default:
                        facts.Add(new($"delivered {v}", f => f.Deliver(v, who)));
                        if (askedToCancel)
                        {
                            facts.Add(new($"refused {v + 1}", f => f.Job.CancellationRefused(at)));
                        }

                        return facts;
                }
            }
        }

        return facts;
    }

    private static string NameOf(Guid translator) => translator.ToString("N")[^6..];

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));

    private sealed record Fact(string Name, Action<Followed> Apply);

    private sealed record Played(List<Fact> History, Fact[] Arrival, bool AskedToCancel)
    {
        public override string ToString() => string.Join(", ", Arrival.Select(f => f.Name));
    }

    /// <summary>A job with what the consumers keep beside it.</summary>
    private sealed class Followed
    {
        private readonly HashSet<int> _questions = [];

        public Job Job { get; } = Job.Place(
            Guid.CreateVersion7(Noon), Guid.CreateVersion7(Noon), "live",
            new JobTerms("translation", "de", "fr", "standard",
                new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168),
                Noon.AddHours(4), null, null, new Dictionary<string, string>()),
            Noon);

        /// <summary>All that is to be the same in the end.</summary>
        public object End => (
            Job.State, (Job.MarketplaceVersion, Job.DeliveredVersion, Job.AcceptanceDueAt), (Job.TranslatorId, Job.TranslatorName),
            (Job.OpenQuestions, Job.HeldSince), (Job.CancellationRequestedAt, Job.DeliverBy, Job.FundingProblem), Job.State.IsFinal() || Job.Opened);

        public static Followed By(IEnumerable<Fact> facts, bool askedToCancel)
        {
            var followed = new Followed();
            if (askedToCancel)
            {
                followed.Job.RequestCancellation(Noon);
            }

            foreach (var fact in facts)
            {
                fact.Apply(followed);
            }

            return followed;
        }

        public void Ask(int version, Guid translator, bool beforeClaim = false)
        {
            if (_questions.Add(version))
            {
                Job.Asked(new Message
                {
                    Id = translator,
                    JobId = Job.Id,
                    MerchantId = Job.MerchantId,
                    Mode = "live",
                    TranslatorId = translator,
                    TranslatorName = NameOf(translator),
                    IsQuestion = true,
                    BeforeClaim = beforeClaim,
                    Version = version,
                    SentAt = Noon.AddMinutes(version),
                });
            }
        }

        public void Deliver(int version, Guid translator) => Job.Delivered(version, translator, translator, Noon.AddMinutes(version));
    }
}
