using System.Text.Json.Nodes;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Gateway.Docs;

/// <summary>
/// The description of the whole API at <c>/openapi/v1.json</c>, put together from those of the services. A service that does not answer leaves a
/// gap until the next look, not an error.
/// </summary>
internal sealed partial class MergedDescription(IHttpClientFactory clients, TimeProvider time, IConfiguration configuration, ILogger<MergedDescription> logger)
{
    public const string Client = "descriptions";

    private readonly TimedCache<string, Merged> _cache = new(TimeSpan.FromMinutes(1), time);

    private string[] Describing => configuration.GetSection("Descriptions").Get<string[]>() ?? [];

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var merged = await _cache.GetAsync("v1", _ => MergeAsync(), cancellationToken);
        if (!merged.IsComplete)
        {
            _cache.Remove("v1");
        }

        return merged.Json;
    }

    private async Task<Merged> MergeAsync()
    {
        var parts = await Task.WhenAll(Describing.Select(async service => (Service: service, Document: await FetchAsync(service))));
        var merger = new DescriptionMerger(configuration["PublicUrl"]);
        foreach (var (service, document) in parts)
        {
            if (document is not null)
            {
                merger.Add(service, document);
            }
        }

        return new Merged(merger.ToJson(), parts.All(p => p.Document is not null));
    }

    private async Task<JsonObject?> FetchAsync(string service)
    {
        try
        {
            return await clients.CreateClient(Client).GetFromJsonAsync<JsonObject>($"http://{service}/openapi/v1.json");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogMissing(service, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API's description lacks the part of {Service} ({ExceptionType})")]
    private partial void LogMissing(string service, string exceptionType);

    private sealed record Merged(string Json, bool IsComplete);
}
