using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Zweizeiler.Testing.Servers;

/// <summary>The part of RabbitMQ's management API that the tests use. The command line would take a second a call.</summary>
internal sealed class RabbitMqManagement : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _user;

    public RabbitMqManagement(Uri address, string user, string password)
    {
        _user = user;
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public async Task AnswerAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri("/api/whoami", UriKind.Relative), cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task CreateVirtualHostAsync(string name)
    {
        await PutAsync($"/api/vhosts/{name}", new { });
        await PutAsync($"/api/permissions/{name}/{_user}", new { configure = ".*", write = ".*", read = ".*" });
    }

    public async Task DeleteVirtualHostAsync(string name)
    {
        using var answer = await _http.DeleteAsync(new Uri($"/api/vhosts/{name}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task PutAsync(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }
}
