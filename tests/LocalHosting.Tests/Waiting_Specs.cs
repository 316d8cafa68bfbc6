using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zweizeiler.LocalHosting.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.LocalHosting.Tests;

public sealed class Waiting_Specs
{
    [Fact]
    public async Task A_resource_starts_only_when_what_it_waits_for_is_healthy()
    {
        await using var app = new TestApplication();
        var looks = 0;
        var healthy = false;
        app.Builder.Services.AddHealthChecks().AddCheck("server-answers", () =>
        {
            looks++;
            return Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        });
        var server = app.Builder.AddScript("server", Script.Forever).WithHealthCheck("server-answers");
        app.Builder.AddScript("service", $"echo started >> {app.PathOf("service")}; {Script.Forever}").WaitFor(server);
        await app.StartAsync();

        await app.BecomesAsync("server", KnownResourceStates.Running);
        await Eventually.Within(TestApplication.Deadline, () => Volatile.Read(ref looks) > 5, "several looks at the server's health");
        app.LinesOf("service").ShouldBeEmpty();
        (await app.BecomesAsync("service", _ => true)).Snapshot.State?.Text.ShouldBe(KnownResourceStates.Waiting);

        Volatile.Write(ref healthy, true);
        await app.BecomesAsync("service", snapshot => snapshot.HealthStatus == HealthStatus.Healthy);
        await Eventually.Within(TestApplication.Deadline, () => app.LinesOf("service").Length == 1);
    }

    [Fact]
    public async Task A_resource_starts_when_what_it_waits_for_has_completed()
    {
        await using var app = new TestApplication();
        var migrate = app.Builder.AddScript("migrate", $"echo migrated >> {app.PathOf("order")}");
        app.Builder.AddScript("service", $"echo started >> {app.PathOf("order")}").WaitForCompletion(migrate);
        await app.StartAsync();

        await app.BecomesAsync("service", KnownResourceStates.Finished);

        app.LinesOf("order").ShouldBe(["migrated", "started"]);
    }

    [Fact]
    public async Task A_failed_completion_fails_what_waits_for_it_and_nothing_else()
    {
        await using var app = new TestApplication();
        var migrate = app.Builder.AddScript("migrate", "exit 3");
        var service = app.Builder.AddScript("service", $"echo started >> {app.PathOf("service")}").WaitForCompletion(migrate);
        app.Builder.AddScript("after-service", $"echo started >> {app.PathOf("service")}").WaitFor(service);
        app.Builder.AddScript("unrelated", Script.Forever);
        await app.StartAsync();

        (await app.BecomesAsync("migrate", KnownResourceStates.Exited)).Snapshot.ExitCode.ShouldBe(3);
        await app.BecomesAsync("service", KnownResourceStates.FailedToStart);
        await app.BecomesAsync("after-service", KnownResourceStates.FailedToStart);
        (await app.BecomesAsync("unrelated", _ => true)).Snapshot.HealthStatus.ShouldBe(HealthStatus.Healthy);
        app.LinesOf("service").ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_exit_code_can_be_waited_for()
    {
        await using var app = new TestApplication();
        var migrate = app.Builder.AddScript("migrate", "exit 3");
        app.Builder.AddScript("service", "exit 0").WaitForCompletion(migrate, exitCode: 3);
        await app.StartAsync();

        await app.BecomesAsync("service", KnownResourceStates.Finished);
    }

    [Fact]
    public async Task Resources_that_wait_for_nothing_start_together()
    {
        // Each waits for the other's file: one after the other, they would never end. Whoever ends takes its children along, so each also waits
        // until its own was read.
        await using var app = new TestApplication();
        foreach (var (own, other) in new[] { ("one", "two"), ("two", "one") })
        {
            app.Builder.AddScript(own, $"mkfifo {app.PathOf(own)} 2>/dev/null; mkfifo {app.PathOf(other)} 2>/dev/null; echo x > {app.PathOf(own)} & cat {app.PathOf(other)}; wait");
        }

        await app.StartAsync();

        await app.BecomesAsync("one", KnownResourceStates.Finished);
        await app.BecomesAsync("two", KnownResourceStates.Finished);
    }

    [Fact]
    public async Task A_process_that_dies_is_reported_and_not_started_again()
    {
        await using var app = new TestApplication();
        app.Builder.AddScript("dies", $"echo started >> {app.PathOf("dies")}; read -r _ < {app.PathOf("signal")}; kill -KILL $$");
        app.Builder.AddScript("other", Script.Forever);
        (await RunAsync("mkfifo", app.PathOf("signal"))).ShouldBe(0);
        await app.StartAsync();
        await app.BecomesAsync("dies", snapshot => snapshot.HealthStatus == HealthStatus.Healthy);
        await File.WriteAllTextAsync(app.PathOf("signal"), "now\n", TestContext.Current.CancellationToken);

        var end = await app.BecomesAsync("dies", KnownResourceStates.Exited);

        end.Snapshot.ExitCode.ShouldBe(128 + 9);
        end.Snapshot.HealthStatus.ShouldBe(HealthStatus.Unhealthy);
        (await app.BecomesAsync("other", _ => true)).Snapshot.State?.Text.ShouldBe(KnownResourceStates.Running);
        app.LinesOf("dies").ShouldBe(["started"]);
    }

    [Fact]
    public async Task Replicas_are_processes_of_their_own()
    {
        // The project's output is this test program, which knows how to print its usage and end.
        await using var app = new TestApplication();
        app.Builder.AddProject<Sample>("orders", launchProfileName: null).WithArgs("-?").WithReplicas(3);
        await app.StartAsync();

        var ids = new HashSet<string>();
        using var limit = new CancellationTokenSource(TestApplication.Deadline);
        await foreach (var change in app.Notifications.WatchAsync(limit.Token))
        {
            if (change.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state))
            {
                ids.Add(change.ResourceId);
                change.Snapshot.ExitCode.ShouldNotBeNull();
            }

            if (ids.Count == 3)
            {
                break;
            }
        }

        ids.Order().ShouldBe(["orders-0", "orders-1", "orders-2"]);
    }

    private static async Task<int> RunAsync(string command, string argument)
    {
        using var process = System.Diagnostics.Process.Start(command, [argument]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
