using System.Globalization;
using System.Net;
using Zweizeiler.Demo;
using Zweizeiler.Load;

const string Usage = """
    Measures a running stack of this machine; results belong into perf/RESULTS.md.

      Load start-up [--rounds 3] [--root <checkout>]
      Load intake  --details <file>|- [--clients 32] [--seconds 20] [--rounds 3] [--alone] [--ordersdb <connection string>]
      Load offers  --details <file>|- [--rate 20] [--warm-up 90] [--seconds 30]
      Load gateway --details <file>|- [--clients 32] [--seconds 8] [--rounds 3] [--path /v1/languages]
      Load stored  --details <file>|- [--jobs 1000000] [--ordersdb <connection string>]
      Load soak    --details <file>|- [--rate 20] [--minutes 60]
      Load memory  --details <file>|- [--jobs 100000] [--clients 8]
      Load chart   --title <what> --unit <unit> --out <file.svg> [--goal <number>] <label>=<number>…

    intake, gateway, stored, soak and memory need psql, intake pgbench as well; --alone halts the services downstream while orders are placed, and lets them work it off afterwards. offers, soak and memory need a merchant who can pay: start the stack with
    Demo__Merchant__OpeningBalanceCents=100000000 ./run --fresh
    """;

if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(Usage);
    return args.Length == 0 ? 2 : 0;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

try
{
    await RunAsync(interrupted.Token);
    return 0;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return 130;
}
catch (Exception e) when (e is LoadException or DemoException or HttpRequestException or Zweizeiler.Client.ApiException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

async Task RunAsync(CancellationToken cancellationToken)
{
    if (args[0] == "start-up")
    {
        await new StartUp(Path.GetFullPath(Text("--root") ?? Checkout.Root), Console.Out).RunAsync(Number("--rounds", 3), cancellationToken);
        return;
    }

    if (args[0] == "chart")
    {
        var bars = args.Where(a => a.Contains('=', StringComparison.Ordinal)).Select(a => (a[..a.LastIndexOf('=')], Decimal(a[(a.LastIndexOf('=') + 1)..])));
        var chart = new BarChart(Text("--title") ?? "", Text("--unit") ?? "", Text("--goal") is { } goal ? Decimal(goal) : null, [.. bars]);
        await File.WriteAllTextAsync(Text("--out") ?? throw new LoadException("--out is missing."), $"{chart.Draw()}\n", cancellationToken);
        return;
    }

    if (args[0] == "bare-proxy")
    {
        await BareProxy.RunAsync(Text("--listen")!, Text("--to")!, Environment.GetEnvironmentVariable("BARE_PROXY_AUTHORIZATION")!, cancellationToken);
        return;
    }

    var details = await StackDetails.ReadAsync(Text("--details") ?? throw new LoadException("--details is missing."), cancellationToken);
    var address = await Dns.GetHostAddressesAsync(details.Gateway.Host, cancellationToken);
    if (!address.All(IPAddress.IsLoopback))
    {
        throw new LoadException($"{details.Gateway} is not on this machine; load goes to 127.0.0.1 only.");
    }

    var samples = await Sample.ReadAllAsync(Text("--samples") ?? Sample.DefaultFolder, cancellationToken);
    var duration = TimeSpan.FromSeconds(Math.Min(Number("--seconds", args[0] == "intake" ? 20 : 30), 300));
    switch (args[0])
    {
        case "intake":
            var database = ServiceDatabase.Of(details, "orders", Text("--ordersdb"));
            await new Intake(details, database, samples, args.Contains("--alone"), Console.Out)
                .RunAsync(Math.Min(Number("--clients", 32), 256), duration, Number("--rounds", 3), cancellationToken);
            break;
        case "gateway":
            await new GatewayCost(details, ServiceDatabase.Of(details, "orders", Text("--ordersdb")), Text("--path") ?? "/v1/languages", Console.Out)
                .RunAsync(Math.Min(Number("--clients", 32), 256), TimeSpan.FromSeconds(Math.Min(Number("--seconds", 8), 10)), Number("--rounds", 3), cancellationToken);
            break;
        case "stored":
            await new Stored(details, ServiceDatabase.Of(details, "orders", Text("--ordersdb")), samples, Console.Out).RunAsync(Math.Min(Number("--jobs", 1_000_000), 10_000_000), cancellationToken);
            break;
        case "soak":
            await new Soak(details, samples, Console.Out)
                .RunAsync(Math.Min(Number("--rate", 20), 1000), TimeSpan.FromMinutes(Math.Min(Number("--minutes", 60), 600)), cancellationToken);
            break;
        case "memory":
            await new Memory(details, samples, Console.Out).RunAsync(Math.Min(Number("--jobs", 100_000), 1_000_000), Math.Min(Number("--clients", 8), 256), cancellationToken);
            break;
        case "offers":
            await new Offers(details, samples, Console.Out).RunAsync(
                Math.Min(Number("--rate", 20), 500), TimeSpan.FromSeconds(Math.Min(Number("--warm-up", 90), 300)), duration, cancellationToken);
            break;
        default:
            throw new LoadException($"There is no measurement '{args[0]}'.");
    }
}

string? Text(string option) => Array.IndexOf(args, option) is > 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

static double Decimal(string text) =>
    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new LoadException($"'{text}' is no number.");

int Number(string option, int otherwise) => Text(option) is not { } text
    ? otherwise
    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new LoadException($"{option} needs a number from 1.");
