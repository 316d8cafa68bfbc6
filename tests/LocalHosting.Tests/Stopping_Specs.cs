using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zweizeiler.LocalHosting.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.LocalHosting.Tests;

public sealed class Stopping_Specs
{
    [Fact]
    public async Task What_depends_on_others_ends_before_them()
    {
        await using var app = new TestApplication();
        // The further from the server, the longer it counts before it ends: order is kept by waiting, not by luck.
        var server = app.Builder.AddScript("server", Talking("server", 1));
        var migrate = app.Builder.AddScript("migrate", "exit 0").WaitFor(server);
        var service = app.Builder.AddScript("service", Talking("service", 50_000)).WaitForCompletion(migrate);
        app.Builder.AddScript("gateway", Talking("gateway", 200_000)).WaitForStart(service);
        await app.StartAsync();
        await Eventually.Within(TestApplication.Deadline, () => app.LinesOf("up").Length == 3, "three running scripts");

        await app.StopAsync();

        app.LinesOf("order").ShouldBe(["gateway", "service", "server"]);

        string Talking(string name, int steps) =>
            $"trap 'for ((i = 0; i < {steps}; i++)); do :; done; echo {name} >> {app.PathOf("order")}; exit 0' TERM; " + $"echo {name} >> {app.PathOf("up")}; tail -f /dev/null & wait";
    }

    [Fact]
    public async Task Nothing_is_left_of_children_that_do_not_listen_or_leave_children_behind()
    {
        var mark = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        await using var app = new TestApplication("--LocalHosting:StopTimeout=00:00:01");
        app.Builder.AddScript("stubborn", "trap '' TERM; while :; do tail -f /dev/null; done").WithEnvironment("MARK", mark);
        app.Builder.AddScript("careless", "trap 'exit 0' TERM; tail -f /dev/null & (trap '' TERM; tail -f /dev/null) & wait -n").WithEnvironment("MARK", mark);
        await app.StartAsync();
        await Eventually.Within(TestApplication.Deadline, () => Processes.WithVariable("MARK", mark).Count >= 5, "the scripts and their children");

        await app.StopAsync();

        Processes.WithVariable("MARK", mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Children_of_a_process_that_died_by_itself_do_not_stay()
    {
        var mark = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        await using var app = new TestApplication();
        app.Builder.AddScript("dies", "tail -f /dev/null & exit 1").WithEnvironment("MARK", mark);
        await app.StartAsync();

        await app.BecomesAsync("dies", KnownResourceStates.Exited);

        Processes.WithVariable("MARK", mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_left_when_the_app_host_itself_is_killed()
    {
        var mark = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var folder = Directory.CreateTempSubdirectory("localhosting-test-");
        using var host = KilledHost.Start(folder.FullName, mark);
        try
        {
            await Eventually.Within(
                TestApplication.Deadline,
                () => ((string[])["polite.id", "stubborn.id", "child.id"]).All(file => File.Exists(Path.Combine(folder.FullName, file))),
                "the killed host's resources");

            host.Kill(entireProcessTree: false);

            await Eventually.Within(TestApplication.Deadline, () => Processes.WithVariable(KilledHost.Mark, mark).Count == 0, "the end of every process of the killed host");
            File.Exists(Path.Combine(folder.FullName, "polite")).ShouldBeTrue("a process that listens is asked before it is killed");
        }
        finally
        {
            foreach (var left in Processes.WithVariable(KilledHost.Mark, mark))
            {
                using var process = System.Diagnostics.Process.GetProcessById(left);
                process.Kill();
            }

            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Stopping_before_everything_has_started_ends_what_has_and_starts_nothing_more()
    {
        await using var app = new TestApplication();
        var never = app.Builder.AddScript("never-ends", Script.Forever);
        app.Builder.AddScript("waits", $"echo started >> {app.PathOf("waits")}").WaitForCompletion(never);
        await app.StartAsync();
        await app.BecomesAsync("never-ends", snapshot => snapshot.HealthStatus == HealthStatus.Healthy);

        await app.StopAsync();

        app.LinesOf("waits").ShouldBeEmpty();
    }
}
