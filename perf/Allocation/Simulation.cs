using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Allocation;

/// <summary>
/// Goes through the jobs in the order of events. In turn: the service's own ranking asks up to three, a minute each, then all. First come, first
/// served: all at once. A job in hand takes some minutes, and nobody holds more than the service allows.
/// </summary>
internal sealed class Simulation(World world, bool isFair, int seed)
{
    private const int Turns = 3;
    private const double Window = 60;
    private const double NotNow = 10;
    private const double LookAgain = 300;
    private const double Work = 600;
    private const double LookingSpread = 0.6;
    private const double LooksAtThePool = 0.5;

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Action, (double At, long Number)> _events = new();
    private readonly Dictionary<Guid, Standing> _standings = world.People.ToDictionary(p => p.Id, _ => new Standing());
    private readonly ILookup<int, Person> _byPair = world.People.ToLookup(p => p.Pair);
    private readonly Dictionary<int, Guid> _cases = [];
    private readonly List<double> _waits = [];
    private readonly HashSet<(Guid Who, int Day)> _offered = [];
    private readonly HashSet<(Guid Who, int Day)> _worked = [];
    private readonly Dictionary<(Guid Who, int Day), (int Jobs, int People)> _there = [];
    private long _number;
    private double _now;

    private sealed class Standing
    {
        /// <summary>On the first day nobody has been asked yet.</summary>
        public DateTimeOffset WaitsSince { get; set; } = Beginning.AddDays(-1);

        public int InHand { get; set; }

        public int Jobs { get; set; }

        public bool IsBeingAsked { get; set; }
    }

    private int Day => (int)(_now / (24 * 3600));

    private DateTimeOffset Now => Beginning.AddSeconds(_now);

    public Outcome Run()
    {
        foreach (var job in world.Jobs)
        {
            At(job.At, () => Arrives(job));
        }

        while (_events.TryDequeue(out var next, out var when))
        {
            _now = when.At;
            next();
        }

        // Who took a job that was open to all did not go without.
        var offers = isFair ? _offered.Union(_worked).ToHashSet() : _worked;
        var starved = _there.Where(d => !offers.Contains(d.Key)).ToList();
        return new Outcome(
            [.. _standings.Values.Select(s => s.Jobs)], _waits, world.Jobs.Count - _waits.Count,
            starved.Count, _there.Count, starved.Select(d => d.Key.Who).Distinct().Count(), MostDaysWithout(offers),
            starved.Count(d => d.Value.Jobs >= d.Value.People));
    }

    private void At(double when, Action act) => _events.Enqueue(act, (when, _number++));

    private void Arrives(Job job)
    {
        // A day on which a job of her pair came while she was there, and could have been hers.
        var there = _byPair[job.Pair].Where(p => p.WorksAt(_now)).ToList();
        foreach (var person in there)
        {
            var (jobs, people) = _there.GetValueOrDefault((person.Id, Day));
            _there[(person.Id, Day)] = (jobs + 1, Math.Max(people, there.Count));
        }

        if (isFair)
        {
            Ask(job, 1, []);
        }
        else
        {
            Race(job);
        }
    }

    private void Ask(Job job, int turn, HashSet<Guid> asked)
    {
        var (first, wished) = (job.Case is { } c && _cases.TryGetValue(c, out var id) ? id : (Guid?)null, job.Preferred);
        var candidates = _byPair[job.Pair]
            .Where(p => p.WorksAt(_now) && !asked.Contains(p.Id) && !_standings[p.Id].IsBeingAsked)
            .Select(p => new Candidate(
                p.Id, _standings[p.Id].WaitsSince, _standings[p.Id].InHand, 0, 0, 0, 0, Beginning.AddDays(Day), Beginning.AddDays(Day).AddSeconds(p.To)));
        if (turn > Turns || Ranking.Order(first, wished is { } w ? [w] : [], [], candidates) is not [var best, ..])
        {
            Race(job);
            return;
        }

        var person = _byPair[job.Pair].Single(p => p.Id == best.Candidate.TranslatorId);
        var standing = _standings[person.Id];
        (standing.WaitsSince, standing.IsBeingAsked) = (Now, true);
        asked.Add(person.Id);
        _offered.Add((person.Id, Day));
        var looks = World.LogNormal(_random, Math.Min(person.Reaction, 30), LookingSpread);
        var takes = _random.NextDouble() < person.Takes;
        var ends = Math.Min(Window, takes ? looks : _random.NextDouble() < 0.5 ? looks + NotNow : Window);
        At(_now + ends, () =>
        {
            standing.IsBeingAsked = false;
            if (takes && looks < Window && standing.InHand < Lease.MostAtATime)
            {
                Take(job, person);
            }
            else
            {
                Ask(job, turn + 1, asked);
            }
        });
    }

    /// <summary>Open to all: whoever has seen and decided first, of those who happen to look.</summary>
    private void Race(Job job)
    {
        var racing = _byPair[job.Pair]
            .Where(p => p.WorksAt(_now) && _standings[p.Id].InHand < Lease.MostAtATime && (p.Reaction <= 1 || _random.NextDouble() < LooksAtThePool))
            .Select(p => (Person: p, Takes: World.LogNormal(_random, p.Reaction, LookingSpread)))
            .OrderBy(r => r.Takes)
            .ToList();
        if (racing is not [var winner, ..])
        {
            if (_now < world.Days * 24 * 3600)
            {
                At(_now + LookAgain, () => Race(job));
            }

            return;
        }

        At(_now + winner.Takes, () =>
        {
            if (_standings[winner.Person.Id].InHand < Lease.MostAtATime)
            {
                Take(job, winner.Person);
            }
            else
            {
                Race(job);
            }
        });
    }

    private void Take(Job job, Person person)
    {
        var standing = _standings[person.Id];
        (standing.Jobs, standing.InHand, standing.WaitsSince) = (standing.Jobs + 1, standing.InHand + 1, Now);
        _worked.Add((person.Id, Day));
        _waits.Add(_now - job.At);
        if (job.Case is { } of)
        {
            _cases[of] = person.Id;
        }

        At(_now + World.LogNormal(_random, Work, LookingSpread), () => standing.InHand--);
    }

    /// <summary>The most days in a row on which somebody was there, jobs of hers came, and none was offered.</summary>
    private int MostDaysWithout(HashSet<(Guid Who, int Day)> offers) => world.People.Max(person =>
    {
        var (most, current) = (0, 0);
        foreach (var day in Enumerable.Range(0, world.Days).Where(d => _there.ContainsKey((person.Id, d))))
        {
            current = offers.Contains((person.Id, day)) ? 0 : current + 1;
            most = Math.Max(most, current);
        }

        return most;
    });
}
