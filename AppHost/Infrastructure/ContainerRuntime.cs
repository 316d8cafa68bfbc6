using System.ComponentModel;
using System.Diagnostics;

namespace Zweizeiler.AppHost.Infrastructure;

internal static class ContainerRuntime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static InfrastructureMode Preferred() => Answers("docker") || Answers("podman") ? InfrastructureMode.Containers : InfrastructureMode.Native;

    private static bool Answers(string command)
    {
        try
        {
            var start = new ProcessStartInfo(command, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Limit))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false; // Not installed.
        }
    }
}
