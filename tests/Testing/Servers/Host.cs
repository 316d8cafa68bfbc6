namespace Zweizeiler.Testing.Servers;

/// <summary>One server of a test's own: a process or a container. Its port and its data outlive a stop and a kill.</summary>
internal interface IHost : IAsyncDisposable
{
    Task StartAsync();

    /// <summary>Stops as an operator would.</summary>
    Task StopAsync();

    /// <summary>Ends it as a power cut would.</summary>
    Task KillAsync();

    /// <summary>What it printed, for a failure's message.</summary>
    Task<string> OutputAsync();
}
