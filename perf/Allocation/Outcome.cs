using System.Globalization;

namespace Zweizeiler.Allocation;

/// <summary>How the jobs were shared out.</summary>
/// <param name="Jobs">How many each translator got.</param>
/// <param name="Waits">Seconds from the offer to the claim.</param>
/// <param name="Left">Jobs that nobody took before the last day's end.</param>
/// <param name="Starved">Days of a translator on which jobs of her pair came while she was there, and she was neither asked about one nor took one that was open to all.</param>
/// <param name="Days">All such days.</param>
/// <param name="StarvedPeople">Translators who had such a day.</param>
/// <param name="MostInARow">The most of them in a row for one translator.</param>
/// <param name="Avoidable">Of the starved days those on which as many jobs came in her hours as people were there.</param>
internal sealed record Outcome(
    IReadOnlyList<int> Jobs, IReadOnlyList<double> Waits, int Left, int Starved, int Days, int StarvedPeople, int MostInARow, int Avoidable)
{
    /// <summary>0: all have the same. 1: one has everything.</summary>
    public double Gini
    {
        get
        {
            var sorted = Jobs.Order().ToList();
            var weighted = sorted.Select((jobs, i) => (double)(i + 1) * jobs).Sum();
            return (2 * weighted / (sorted.Count * (double)sorted.Sum())) - ((sorted.Count + 1.0) / sorted.Count);
        }
    }

    public override string ToString()
    {
        var (jobs, waits) = (Jobs.Order().ToList(), Waits.Order().ToList());
        double Wait(double share) => waits[(int)(share * (waits.Count - 1))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Gini {Gini:0.000}; jobs of a translator: least {jobs[0]}, median {jobs[jobs.Count / 2]}, most {jobs[^1]}; to the claim: p50 {Wait(0.5):0} s, p90 {Wait(0.9):0} s, p99 {Wait(0.99):0} s; {Left} left; "
            + $"days without: {Starved} of {Days}, of {StarvedPeople} people, at most {MostInARow} in a row, {Avoidable} with a job for everybody there");
    }
}
