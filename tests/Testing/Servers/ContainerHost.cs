using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace Zweizeiler.Testing.Servers;

/// <summary>A server in a container with a fixed port on the host, so that it comes back where it was.</summary>
internal sealed class ContainerHost(IContainer container) : IHost
{
    public Task StartAsync() => container.StartAsync();

    public Task StopAsync() => container.StopAsync();

    public async Task KillAsync()
    {
        using var engine = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder().Build();
        await engine.Containers.KillContainerAsync(container.Id, new() { Signal = "SIGKILL" });
        await container.GetExitCodeAsync();
    }

    public async Task<string> OutputAsync()
    {
        var (standard, error) = await container.GetLogsAsync();
        return standard + error;
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
