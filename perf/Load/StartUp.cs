using System.Globalization;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>How long <c>./run</c> takes from built binaries to everything healthy, on new data and on kept data.</summary>
internal sealed class StartUp(string root, TextWriter output)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    public async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= rounds; round++)
        {
            var data = Directory.CreateTempSubdirectory("zweizeiler-load-").FullName;
            try
            {
                var first = await OnceAsync(data, cancellationToken);
                var second = await OnceAsync(data, cancellationToken);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Round {round}: healthy after {first.TotalSeconds:0.0} s on new data, {second.TotalSeconds:0.0} s on kept data"));
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private async Task<TimeSpan> OnceAsync(string data, CancellationToken cancellationToken)
    {
        await using var stack = await LocalRun.StartAsync(root, data, LocalRun.FreePort(), Deadline, cancellationToken, null, "--no-build");
        await stack.StopAsync(cancellationToken);
        return stack.StartedWithin;
    }
}
