using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Zweizeiler.LocalHosting.Tests.Support;

/// <summary>Resources that are a few lines of shell, in a folder of the test's own.</summary>
internal static class Script
{
    /// <summary>Runs until it is asked to end, without polling: it waits for a child that reads from a pipe in which nothing ever comes.</summary>
    public const string Forever = "trap 'exit 0' TERM; tail -f /dev/null & wait";

    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddResource(new ExecutableResource(name, "bash", builder.AppHostDirectory)).WithArgs("-c", script);
}

/// <summary>An application in a folder of its own, which is started, and ended with all it started.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhosting-test-");
    private DistributedApplication? _running;

    public TestApplication(params string[] args)
    {
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            ProjectDirectory = _folder.FullName,
            DisableDashboard = true,
            Args = ["--LocalHosting:HealthInterval=00:00:00.020", "--LocalHosting:StopTimeout=00:00:05", .. args],
        });
    }

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    public IDistributedApplicationBuilder Builder { get; }

    public ResourceNotificationService Notifications => _running!.ResourceNotifications;

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public string[] LinesOf(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    public async Task StartAsync()
    {
        _running = Builder.Build();
        await _running.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        await _running!.StopAsync(CancellationToken.None);
        await _running.DisposeAsync();
        _running = null;
    }

    public async Task<ResourceEvent> BecomesAsync(string resource, Func<CustomResourceSnapshot, bool> condition)
    {
        using var limit = new CancellationTokenSource(Deadline);
        return await Notifications.WaitForResourceAsync(resource, change => condition(change.Snapshot), limit.Token);
    }

    public Task<ResourceEvent> BecomesAsync(string resource, string state) => BecomesAsync(resource, snapshot => snapshot.State?.Text == state);

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await StopAsync();
        }

        _folder.Delete(recursive: true);
    }
}
