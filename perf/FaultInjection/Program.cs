using Zweizeiler.Demo;
using Zweizeiler.FaultInjection;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Options.Usage);
    return 0;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

try
{
    return await new Harness(Options.Parse(args), Console.Out).RunAsync(interrupted.Token) ? 0 : 1;
}
catch (DemoException e)
{
    Console.Error.WriteLine(e.Message);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
}

return 2;
