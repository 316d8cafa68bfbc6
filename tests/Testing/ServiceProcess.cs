using System.Diagnostics;

namespace Zweizeiler.Testing;

/// <summary>A service, migrated and started as a process.</summary>
public sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, HttpClient http) => (_process, Http) = (process, http);

    /// <summary>Asks the process; no cookies are kept between users of it.</summary>
    public HttpClient Http { get; }

    /// <summary>Resident memory in MiB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024;
        }
    }

    /// <summary>Runs the service's migration, then the service, and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string assembly, Dictionary<string, string> settings)
    {
        settings["Logging__LogLevel__Default"] = "Warning";
        using (var migrate = DotnetProcess.Start(assembly, settings, "migrate"))
        {
            await migrate.WaitForExitAsync();
            if (migrate.ExitCode != 0)
            {
                throw new InvalidOperationException("The migration failed.");
            }
        }

        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}") };
        settings["ASPNETCORE_URLS"] = http.BaseAddress.ToString();
        var service = new ServiceProcess(DotnetProcess.Start(assembly, settings), http);
        await Eventually.Within(TimeSpan.FromSeconds(60), service.ReadyAsync, "readiness");
        return service;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Http.Dispose();
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
