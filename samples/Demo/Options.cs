using System.Globalization;

namespace Zweizeiler.Demo;

/// <summary>The command line.</summary>
internal sealed record Options(string Details, string Samples, int Jobs)
{
    public const string Usage = """
        Sends the sample jobs through a running stack, from the merchant's order to the booked ledger entry.

          Demo <details>|-  [--samples <folder>] [--jobs <n>]

          <details>   what './run --details' printed: a file, or - for standard input
          --samples   the folder with jobs/ and translations/ (default: samples in the checkout)
          --jobs      only the first n jobs
        """;

    public static Options Parse(string[] arguments)
    {
        string? details = null, samples = null;
        var jobs = int.MaxValue;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--samples":
                    samples = Value(arguments, ref i);
                    break;
                case "--jobs":
                    jobs = Number(Value(arguments, ref i));
                    break;
                case { } file when details is null && (file == "-" || !file.StartsWith('-')):
                    details = file;
                    break;
                case { } other:
                    throw new DemoException($"'{other}' is not understood; see --help.");
            }
        }

        return new Options(details ?? throw new DemoException("Say where the details are; see --help."), samples ?? Sample.DefaultFolder, jobs);
    }

    private static string Value(string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new DemoException($"{arguments[i - 1]} needs a value.");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
        ? n
        : throw new DemoException($"--jobs needs a number from 1, not '{text}'.");
}
