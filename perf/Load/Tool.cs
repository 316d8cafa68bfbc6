using System.Diagnostics;
using System.Text;

namespace Zweizeiler.Load;

/// <summary>Runs a command-line program to its end.</summary>
internal static class Tool
{
    /// <returns>Its standard output.</returns>
    /// <exception cref="LoadException">It is missing, fails, or runs longer than <paramref name="limit"/>.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var errors = process.StandardError.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            return process.ExitCode == 0
                ? await output
                : throw new LoadException($"{program} failed ({process.ExitCode}): {First(await errors)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LoadException($"{program} took longer than {limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string First(string errors) => errors.Trim() is { Length: > 500 } all ? all[..500] + " …" : errors.Trim();

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LoadException($"{start.FileName} cannot be started: {e.Message}");
        }
    }
}
