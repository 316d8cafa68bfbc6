using System.Globalization;
using Zweizeiler.Allocation;

// Who gets how many jobs when they are offered in turn, and when whoever is quickest takes them: the same people, the same jobs.
// Allocation [seed] [jobs]
var seed = Number(0, 4711);
var world = World.Make(seed, people: 1_000, Number(1, 100_000), days: 30);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world.People.Count:N0} translators, {world.Jobs.Count:N0} jobs of {World.Pairs} pairs in {world.Days} days, seed {seed}"));
foreach (var isFair in new[] { false, true })
{
    var outcome = new Simulation(world, isFair, seed).Run();
    Console.WriteLine($"{(isFair ? "in turn" : "first come, first served"),-24} {outcome}");
}

int Number(int place, int otherwise) =>
    args.Length > place && int.TryParse(args[place], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
