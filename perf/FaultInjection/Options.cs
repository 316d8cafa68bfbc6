using System.Globalization;
using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Faults;

namespace Zweizeiler.FaultInjection;

/// <summary>The command line.</summary>
internal sealed record Options(int Seed, double Minutes, Sabotage? Sabotage, IReadOnlyList<string> First, bool Keep)
{
    public const string Usage = """
        Starts a stack of its own with two replicas of each service, drives mixed traffic through it, breaks what can break by a seeded schedule, and says
        after quiet whether everything that must be true is: 0 if so, 1 if not, 2 if the run itself failed.

          perf/faults [--seed N] [--minutes M] [--sabotage NAME] [--first WORDS]... [--keep] [--no-build]

          --seed N         which faults come when, and what is ordered (default 4711)
          --minutes M      how long faults go on (default 10); starting, quiet and month-end come on top
          --sabotage NAME  takes a protection away, so that the verdict must be bad: inbox, charge-key, lease, confirm
          --first WORDS    begins with the faults whose names have these words; may be repeated
          --keep           leaves data and logs behind
        """;

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    public static Options Parse(string[] arguments)
    {
        var options = new Options(4711, 10, null, [], false);
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--seed" => options with { Seed = Number<int>(arguments, ref i) },
                "--minutes" => options with { Minutes = Number<double>(arguments, ref i) },
                "--sabotage" => options with { Sabotage = Faults.Sabotage.Named(Value(arguments, ref i)) },
                "--first" => options with { First = [.. options.First, Value(arguments, ref i)] },
                "--keep" => options with { Keep = true },
                var other => throw new DemoException($"'{other}' is not understood; see --help."),
            };
        }

        return options.Sabotage is { } sabotage ? options with { First = [.. options.First, .. sabotage.Provokes] } : options;
    }

    private static T Number<T>(string[] arguments, ref int i)
        where T : IParsable<T> => T.TryParse(Value(arguments, ref i), CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new DemoException($"{arguments[i - 1]} needs a number.");

    private static string Value(string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new DemoException($"{arguments[i - 1]} needs a value.");
}
