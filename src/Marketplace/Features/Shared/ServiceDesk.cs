using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Shared;

/// <summary>
/// Asks another service on behalf of whoever the portal has signed in. That service alone decides and keeps; nothing of it is stored here. No job waits for
/// it: only pages ask.
/// </summary>
public abstract class ServiceDesk(HttpClient http, InternalTokens tokens, string service)
{
    /// <summary>Nobody looks at an empty page for longer; a service answers in milliseconds, or is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A large file of the bank's takes its time.</summary>
    private static readonly TimeSpan PatienceForActions = TimeSpan.FromSeconds(60);

    public static void Add<TDesk>(IServiceCollection services, string service)
        where TDesk : ServiceDesk
    {
        services.AddHttpClient<TDesk>(client => client.BaseAddress = new Uri($"http://{service}"));
        services.ConfigureAll<HttpStandardResilienceOptions>(resilience =>
        {
            // What changes something is sent once: whether a lost answer was a yes, a person looks up.
            resilience.Retry.DisableForUnsafeHttpMethods();
            resilience.AttemptTimeout.Timeout = PatienceForActions;
            resilience.TotalRequestTimeout.Timeout = PatienceForActions;
            resilience.CircuitBreaker.SamplingDuration = 2 * PatienceForActions;
        });
    }

    public async Task<Reply<T>> ReadAsync<T>(CallerClaims caller, string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var response = await SendAsync(caller, HttpMethod.Get, path, null, limit.Token);
            return response.StatusCode == HttpStatusCode.NotFound ? new Reply<T>(true, null)
                : response.IsSuccessStatusCode ? new Reply<T>(true, await response.Content.ReadFromJsonAsync<T>(limit.Token))
                : new Reply<T>(false, null);
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return new Reply<T>(false, null);
        }
    }

    protected async Task<HttpResponseMessage> SendAsync(
        CallerClaims caller, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Mint(service, caller));
        return await http.SendAsync(request, cancellationToken);
    }

    protected static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or TimeoutException or ExecutionRejectedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>What a service said to a question.</summary>
/// <param name="IsThere">Whether it answered.</param>
/// <param name="Value">Null also if there is no such thing.</param>
public sealed record Reply<T>(bool IsThere, T? Value)
    where T : class;
