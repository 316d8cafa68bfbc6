using System.Text;
using Zweizeiler.Client;
using Zweizeiler.Demo;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(Options.Usage);
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
    var options = Options.Parse(args);
    var details = await StackDetails.ReadAsync(options.Details, interrupted.Token);
    var samples = await Sample.ReadAllAsync(options.Samples, interrupted.Token);
    await new Story(details, Console.Out).PlayAsync([.. samples.Take(options.Jobs)], interrupted.Token);
    return 0;
}
catch (DemoException e)
{
    Console.Error.WriteLine(e.Message);
}
catch (ApiException e)
{
    Console.Error.WriteLine($"The gateway refused: {e.Message}");
}
catch (HttpRequestException e)
{
    Console.Error.WriteLine($"The stack does not answer: {e.Message}");
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
}

return 1;
