using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Webhooks;

/// <summary>Notifications as a process of its own, on servers of its own.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private const string SigningKey = "a signing key of more than 32 characters";

    private readonly TestServers _servers = new();
    private readonly HttpClient _http = new();
    private Process? _process;
    private string _database = "";

    public Uri Broker { get; private set; } = new("amqp://localhost");

    /// <summary>Resident memory of the process in MiB.</summary>
    public double Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024;
        }
    }

    public async Task StartAsync(string assembly)
    {
        _database = await _servers.CreateDatabaseAsync("webhooks");
        Broker = await _servers.CreateVirtualHostAsync();
        using (var migrate = Start(assembly, "migrate"))
        {
            await migrate.WaitForExitAsync();
            if (migrate.ExitCode != 0)
            {
                throw new InvalidOperationException("The migration failed.");
            }
        }

        _http.BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        _process = Start(assembly);
        await Eventually.Within(TimeSpan.FromSeconds(60), ReadyAsync, "readiness");
    }

    /// <summary>Makes an endpoint and returns its id.</summary>
    public async Task<string> CreateEndpointAsync(Guid merchant, string url)
    {
        using var answer = await SendAsync(merchant, HttpMethod.Post, "", JsonContent.Create(new { url }));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public async Task SayAsync(Guid merchant, string endpoint, string what) => (await SendAsync(merchant, HttpMethod.Post, $"/{endpoint}/{what}", null)).Dispose();

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
        _http.Dispose();
        await _servers.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(Guid merchant, HttpMethod method, string path, HttpContent? content)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", SigningKey)]).Build();
        var token = new InternalTokens(configuration, TimeProvider.System).Mint("notifications", new CallerClaims(merchant, Guid.Empty, "live", Scope.All.ToArray()));
        using var request = new HttpRequestMessage(method, $"/v1/webhook-endpoints{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response;
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Start(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__notificationsdb"] = _database,
            ["ConnectionStrings__messaging"] = Broker.ToString(),
            ["Identity__SigningKey"] = SigningKey,
            ["Webhooks__MasterKey"] = "a webhook master key of more than 32 characters",
            ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Texts__MasterKey"] = "a master key for texts of more than 32 characters",
            ["Mail__LinkKey"] = "a key for links of more than 32 characters",
            ["Mail__PickupFolder"] = Path.Combine(Path.GetTempPath(), $"zweizeiler-perf-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"),
            ["PublicUrl"] = "https://zweizeiler.example",
            ["ASPNETCORE_URLS"] = _http.BaseAddress?.ToString() ?? "http://127.0.0.1:0",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { Length: > 0 })
            {
                Console.Error.WriteLine(e.Data);
            }
        };
        process.BeginOutputReadLine();
        return process;
    }
}
