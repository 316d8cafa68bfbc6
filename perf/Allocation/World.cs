namespace Zweizeiler.Allocation;

/// <summary>A translator: when she works, how quickly she looks, how often she takes what she is asked about.</summary>
/// <param name="Id">Who.</param>
/// <param name="Pair">Her pair of languages.</param>
/// <param name="From">From which second of each day she works.</param>
/// <param name="To">Until which.</param>
/// <param name="Reaction">The usual seconds until she has seen a job and decided; a script needs one.</param>
/// <param name="Takes">How often she takes what is offered to her alone.</param>
internal sealed record Person(Guid Id, int Pair, double From, double To, double Reaction, double Takes)
{
    private const double Day = 24 * 3600;

    public bool WorksAt(double second) => second % Day >= From && second % Day < To;
}

/// <summary>A job that comes on offer.</summary>
/// <param name="At">When, in seconds from the beginning.</param>
/// <param name="Pair">Its languages.</param>
/// <param name="Case">The case that it belongs to, if any: whoever did its last job is asked first.</param>
/// <param name="Preferred">Whom the merchant prefers, if anybody.</param>
internal sealed record Job(double At, int Pair, int? Case, Guid? Preferred);

/// <summary>People and jobs as they may be: a few scripts, a few very quick people, and many who look between two other things.</summary>
internal sealed record World(IReadOnlyList<Person> People, IReadOnlyList<Job> Jobs, int Days)
{
    public const int Pairs = 12;

    private const double Hour = 3600;
    private const double Scripts = 0.02;
    private const double OfACase = 0.2;
    private const double WithAWish = 0.05;

    public static World Make(int seed, int people, int jobs, int days)
    {
        var random = new Random(seed);
        // The first pairs have most of the jobs, and as many of the people.
        var weights = Enumerable.Range(1, Pairs).Select(i => 1.0 / i).ToArray();
        var persons = Enumerable.Range(1, people).Select(i =>
        {
            var from = (6 + (9 * random.NextDouble())) * Hour;
            var isScript = random.NextDouble() < Scripts;
            return new Person(
                new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), Pick(random, weights), from, from + ((3 + (6 * random.NextDouble())) * Hour),
                isScript ? 1 : LogNormal(random, 40, 0.8), 0.5 + (0.45 * random.NextDouble()));
        }).ToList();
        var byPair = persons.ToLookup(p => p.Pair);
        var cases = 0;
        var placed = Enumerable.Range(0, jobs).Select(_ =>
        {
            // Between seven and nine, most around noon.
            var hour = 7 + (7 * (random.NextDouble() + random.NextDouble()));
            var pair = Pick(random, weights);
            var ofPair = byPair[pair].ToList();
            return new Job(
                (random.Next(days) * 24 * Hour) + (hour * Hour),
                pair,
                random.NextDouble() < OfACase ? (cases > 50 && random.NextDouble() < 0.5 ? random.Next(cases) : cases++) : null,
                random.NextDouble() < WithAWish ? ofPair[random.Next(ofPair.Count)].Id : null);
        }).OrderBy(j => j.At).ToList();
        return new World(persons, placed, days);
    }

    public static double LogNormal(Random random, double median, double spread) =>
        median * Math.Exp(spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static int Pick(Random random, double[] weights)
    {
        var at = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}
