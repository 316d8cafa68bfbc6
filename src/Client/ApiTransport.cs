using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Zweizeiler.Client;

/// <summary>Sends requests, repeats those that may be repeated, and turns error answers into <see cref="ApiException"/>.</summary>
internal sealed class ApiTransport(HttpClient http, string apiKey, ZweizeilerClientOptions options)
{
    private const string IdempotencyHeader = "Idempotency-Key";

    public Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, null, answer, cancellationToken);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CallOptions? call, CancellationToken cancellationToken)
    {
        // One key for all repetitions of this call: the server then answers a repetition with the first answer.
        var key = call?.IdempotencyKey ?? Guid.CreateVersion7(options.Time.GetUtcNow()).ToString();
        return SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), key, answer, cancellationToken);
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync<object>(HttpMethod.Delete, path, null, null, null, cancellationToken);

    private async Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method, string path, byte[]? body, string? idempotencyKey, JsonTypeInfo<TAnswer>? answer, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? serverAsks = null;
            try
            {
                using var request = Request(method, path, body, idempotencyKey);
                using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return answer is null ? default! : await ReadAsync(response, answer, cancellationToken).ConfigureAwait(false);
                }

                var error = await ErrorAsync(response, cancellationToken).ConfigureAwait(false);
                if (attempt >= options.MaxRetries || !IsWorthRepeating(error) || error.RetryAfter > options.MaxRetryDelay)
                {
                    throw error;
                }

                serverAsks = error.RetryAfter;
            }
            catch (HttpRequestException) when (attempt < options.MaxRetries)
            {
                // The connection was refused or lost. Whether the server acted is unknown; the key makes repeating safe.
            }

            await Task.Delay(Delay(attempt, serverAsks), options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation(IdempotencyHeader, idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        }

        return request;
    }

    private static bool IsWorthRepeating(ApiException error) => error.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        // The first attempt of the same call is still running; any other conflict stays one.
        HttpStatusCode.Conflict => error.Code.StartsWith("idempotency.", StringComparison.Ordinal),
        _ => false,
    };

    private TimeSpan Delay(int attempt, TimeSpan? serverAsks)
    {
        // Half fixed, half random: clients that failed together do not come back together.
        var own = options.RetryDelay * Math.Pow(2, attempt) * (0.5 + (Random.Shared.NextDouble() / 2));
        return serverAsks > own ? serverAsks.Value : own;
    }

    private static async Task<TAnswer> ReadAsync<TAnswer>(HttpResponseMessage response, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(stream, answer, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is empty.");
        }
    }

    private async Task<ApiException> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        Problem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            try
            {
                problem = await ReadAsync(response, ApiJson.Default.Problem, cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException)
            {
                // Cut off on the way, or not ours: the status alone has to do.
            }
        }

        problem ??= new Problem { Status = status, Title = response.ReasonPhrase ?? "Error", Code = $"http.{status}" };
        return new ApiException(response.StatusCode, problem, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - options.Time.GetUtcNow() is { Ticks: > 0 } wait => wait,
        _ => null,
    };
}
