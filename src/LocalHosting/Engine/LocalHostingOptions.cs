using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Engine;

/// <summary>Section <c>LocalHosting</c> of the configuration.</summary>
internal sealed record LocalHostingOptions
{
    /// <summary>Folder for a log file a resource; none by default.</summary>
    public string? LogFolder { get; init; }

    /// <summary>A folder with, for each project, its build output compiled ahead of time, and the runtime for it (eng/ahead.sh); none by default.</summary>
    public string? CompiledFolder { get; init; }

    /// <summary>Prints only errors of the resources to the console, for when the log folder holds the rest.</summary>
    public bool Quiet { get; init; }

    /// <summary>How long a process may take to end after SIGTERM before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time between two looks at a resource that is not healthy yet.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Time between two looks at a healthy resource.</summary>
    public TimeSpan HealthyInterval { get; init; } = TimeSpan.FromSeconds(2);

    public static LocalHostingOptions From(IConfiguration configuration) =>
        configuration.GetSection("LocalHosting").Get<LocalHostingOptions>() ?? new();
}
