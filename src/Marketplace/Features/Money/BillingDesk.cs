using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>
/// Asks Billing on behalf of whoever the portal has signed in: an operator under her own id, a translator for what is hers. Billing alone decides and
/// keeps; nothing of it is stored here. No job waits for it: only pages about money ask.
/// </summary>
public sealed class BillingDesk(HttpClient http, InternalTokens tokens)
{
    /// <summary>Nobody looks at an empty page for longer; Billing answers in milliseconds, or is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A large file of the bank's takes its time.</summary>
    private static readonly TimeSpan PatienceForActions = TimeSpan.FromSeconds(60);

    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient<BillingDesk>(client => client.BaseAddress = new Uri("http://billing"));
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

    /// <summary>A file as Billing keeps it; null if there is none, or Billing does not answer.</summary>
    public async Task<BillingFile?> FileAsync(CallerClaims caller, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(caller, HttpMethod.Get, path, null, cancellationToken);
            return response.IsSuccessStatusCode
                ? new BillingFile(
                    await response.Content.ReadAsByteArrayAsync(cancellationToken),
                    response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream",
                    response.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "file")
                : null;
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>Has something done, and says what is wrong with it if it is refused.</summary>
    public async Task<Answer> DoAsync(CallerClaims caller, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(caller, method, path, content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? new Answer(true, text, []) : new Answer(false, text, Refusals(text));
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return new Answer(false, "", []);
        }
    }

    private Task<HttpResponseMessage> SendAsync(
        CallerClaims caller, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Mint("billing", caller));
        return http.SendAsync(request, cancellationToken);
    }

    private static IReadOnlyList<Refusal> Refusals(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemBody>(text, ProblemBody.Json) switch
            {
                null => [],
                { Errors: { Count: > 0 } errors } => [.. errors.Select(e => new Refusal(e.Pointer, e.Code, e.Detail))],
                var problem => [new Refusal("", problem.Code, problem.Detail ?? problem.Title)],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or TimeoutException or ExecutionRejectedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>What Billing said to a question.</summary>
/// <param name="IsThere">Whether it answered.</param>
/// <param name="Value">Null also if there is no such thing.</param>
public sealed record Reply<T>(bool IsThere, T? Value)
    where T : class;

/// <summary>A file of Billing's.</summary>
public sealed record BillingFile(byte[] Content, string Type, string Name);

/// <summary>What Billing said to an action.</summary>
/// <param name="IsDone">Whether it was done.</param>
/// <param name="Text">Its answer.</param>
/// <param name="Refusals">Why not; none if it did not answer.</param>
public sealed record Answer(bool IsDone, string Text, IReadOnlyList<Refusal> Refusals);

/// <summary>One thing that is wrong: where, what, and in Billing's words.</summary>
public sealed record Refusal(string Pointer, string Code, string Detail);
