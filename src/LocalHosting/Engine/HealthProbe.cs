using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>Looks whether a resource is healthy: its own registered checks, and its HTTP checks on the replica in question.</summary>
internal sealed class HealthProbe(HealthCheckService checks) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    // Only addresses of this machine are asked; a proxy from the environment has no say.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout };

    public async Task<bool> IsHealthyAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        foreach (var http in resource.Annotations.OfType<HttpHealthAnnotation>())
        {
            if (!await AnswersAsync(new Uri(new Uri(http.Endpoint.UrlOf(replica)), http.Path), http.StatusCode, cancellationToken))
            {
                return false;
            }
        }

        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        return keys.Count == 0 || (await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken)).Status == HealthStatus.Healthy;
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AnswersAsync(Uri address, int expected, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode == expected;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
