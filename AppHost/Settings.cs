using System.Globalization;
using Microsoft.Extensions.Configuration;
using Zweizeiler.AppHost.Infrastructure;

namespace Zweizeiler.AppHost;

/// <summary>Where PostgreSQL, RabbitMQ and the mail server come from.</summary>
internal enum InfrastructureMode
{
    /// <summary>Containers of a local engine, or of whatever the application is published to.</summary>
    Containers,

    /// <summary>Programs of the operating system's packages, with their data in the data folder.</summary>
    Native,

    /// <summary>Servers that somebody else runs: <c>ConnectionStrings:postgres</c> and <c>ConnectionStrings:messaging</c>.</summary>
    External,
}

/// <summary>What can be said about a run from outside.</summary>
internal sealed class Settings
{
    private readonly ConfigurationManager _configuration;

    private Settings(IDistributedApplicationBuilder builder)
    {
        _configuration = builder.Configuration;
        DataFolder = Path.GetFullPath(_configuration["DataFolder"] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));
        GatewayPort = _configuration.GetValue("Gateway:Port", 8080);
        Mode = builder.ExecutionContext.IsPublishMode
            ? InfrastructureMode.Containers
            : _configuration.GetValue<InfrastructureMode?>("Infrastructure:Mode") ?? ContainerRuntime.Preferred();
    }

    /// <summary><c>Infrastructure:Mode</c>; by default containers if a container runtime answers, else native. Published are always containers.</summary>
    public InfrastructureMode Mode { get; }

    /// <summary><c>DataFolder</c>: databases, mails, logs and run details of the local stack.</summary>
    public string DataFolder { get; }

    /// <summary><c>Gateway:Port</c>.</summary>
    public int GatewayPort { get; }

    public string GatewayUrl => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{GatewayPort}");

    /// <summary><c>Infrastructure:VolumePrefix</c>: keeps the containers' data of several stacks on one machine apart.</summary>
    public string VolumePrefix => _configuration["Infrastructure:VolumePrefix"] ?? "zweizeiler";

    public static Settings Of(IDistributedApplicationBuilder builder) => new(builder);

    /// <summary><c>Replicas:&lt;service&gt;</c>.</summary>
    public int Replicas(string service) => _configuration.GetValue($"Replicas:{service}", 1);
}
