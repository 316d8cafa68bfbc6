using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aspire.Hosting;

namespace Zweizeiler.LocalHosting.Tests.Support;

/// <summary>This test program once more, as an app host in a process of its own that can be killed.</summary>
internal static class KilledHost
{
    private const string Folder = "LOCALHOSTING_TEST_HOST";

    public const string Mark = "LOCALHOSTING_TEST_MARK";

    /// <summary>What it runs: a server that writes when it is asked to end, a program that ignores that, and a grandchild in a session of its own group.</summary>
    public static Process Start(string folder, string mark)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledHost).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[Folder] = folder;
        start.Environment[Mark] = mark;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // There is no other way in before the test runner's own Main.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunInstead()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder)
        {
            return;
        }

        Environment.SetEnvironmentVariable(Folder, null);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder, DisableDashboard = true });
        builder.AddScript("polite", $"trap 'echo ended > {folder}/polite; exit 0' TERM; echo $$ > {folder}/polite.id; tail -f /dev/null & wait");
        builder.AddScript("stubborn", $"trap '' TERM; echo $$ > {folder}/stubborn.id; while :; do tail -f /dev/null; done");
        builder.AddScript("parent", $"trap 'exit 0' TERM; bash -c 'echo $$ > {folder}/child.id; exec tail -f /dev/null' & wait");
        builder.Build().Run();
        Environment.Exit(0);
    }
}
