using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Faults;

namespace Zweizeiler.FaultInjection.Tests;

public sealed class Schedule_Specs
{
    private static readonly IReadOnlyList<Fault> Faults = [.. Enumerable.Range(10, 20).Select(n => new Fault($"fault {n}", (_, _) => Task.FromResult("done")))];

    [Fact]
    public void A_seed_says_which_fault_comes_when() => Names(seed: 1, 50).ShouldBe(Names(seed: 1, 50));

    [Fact]
    public void Each_fault_comes_once_before_one_comes_again()
    {
        var names = Names(seed: 2, 2 * Faults.Count);
        names.Take(Faults.Count).ShouldBe(Faults.Select(f => f.Name), ignoreOrder: true);
        names.Skip(Faults.Count).ShouldBe(Faults.Select(f => f.Name), ignoreOrder: true);
        names.ShouldNotBe(Faults.Concat(Faults).Select(f => f.Name));
    }

    [Fact]
    public void What_is_wanted_first_comes_first() => Names(seed: 3, 3, "fault 27", "fault 1").Take(2).ShouldBe(["fault 27", "fault 10"]);

    [Fact]
    public void A_sabotage_brings_the_faults_along_that_need_it()
    {
        var options = Options.Parse(["--seed", "7", "--minutes", "0.5", "--sabotage", "confirm"]);
        (options.Seed, options.Duration, options.Sabotage!.Name).ShouldBe((7, TimeSpan.FromSeconds(30), "confirm"));
        options.First.ShouldBe(options.Sabotage.Provokes);
    }

    [Fact]
    public void An_option_that_is_not_understood_is_an_error() => Should.Throw<DemoException>(() => Options.Parse(["--seeds", "1"])).Message.ShouldContain("--seeds");

    private static List<string> Names(int seed, int count, params string[] first)
    {
        var deck = new Deck(new Random(seed), Faults, first);
        return [.. Enumerable.Range(0, count).Select(_ => deck.Next().Name)];
    }
}
