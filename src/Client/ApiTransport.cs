using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Zweizeiler.Client;

/// <summary>Sends requests, repeats those that may be repeated, and turns error answers into <see cref="ApiException"/>.</summary>
internal sealed class ApiTransport(HttpClient http, string apiKey, ZweizeilerClientOptions options)
{
    private const string IdempotencyHeader = "Idempotency-Key";

    public Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        SendAsync(new ApiRequest(HttpMethod.Get, path), Read(answer), cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, with the tag by which the answer can be changed.</summary>
    public Task<TAnswer> GetTaggedAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
        where TAnswer : ITagged<TAnswer> =>
        SendAsync(new ApiRequest(HttpMethod.Get, path), ReadTagged(answer), cancellationToken);

    public Task<string> GetTextAsync(string path, string mediaType, CancellationToken cancellationToken) => SendAsync(
        new ApiRequest(HttpMethod.Get, path) { Accept = mediaType }, (response, cancel) => response.Content.ReadAsStringAsync(cancel), cancellationToken);

    public Task<byte[]> GetBytesAsync(string path, string mediaType, CancellationToken cancellationToken) => SendAsync(
        new ApiRequest(HttpMethod.Get, path) { Accept = mediaType }, (response, cancel) => response.Content.ReadAsByteArrayAsync(cancel), cancellationToken);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CallOptions? call, CancellationToken cancellationToken) =>
        SendAsync(Post(path, body, bodyType, call), Read(answer), cancellationToken);

    public Task<TAnswer> PostTaggedAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CallOptions? call, CancellationToken cancellationToken)
        where TAnswer : ITagged<TAnswer> =>
        SendAsync(Post(path, body, bodyType, call), ReadTagged(answer), cancellationToken);

    /// <summary>As <see cref="PostAsync"/>, for what must not be done to something that somebody else has changed.</summary>
    public Task<TAnswer> PostTaggedAsync<TBody, TAnswer>(
        string path, string tag, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CallOptions? call, CancellationToken cancellationToken)
        where TAnswer : ITagged<TAnswer> =>
        SendAsync(Post(path, body, bodyType, call) with { IfMatch = Tag(tag) }, ReadTagged(answer), cancellationToken);

    /// <summary>Changes what has the tag, and nothing that somebody else has changed since.</summary>
    public Task<TAnswer> ChangeAsync<TBody, TAnswer>(
        HttpMethod method, string path, string tag, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
        where TAnswer : ITagged<TAnswer> => SendAsync(
        new ApiRequest(method, path) { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType), IfMatch = Tag(tag) }, ReadTagged(answer), cancellationToken);

    public Task<TAnswer> PutTextAsync<TAnswer>(
        string path, string tag, string text, string mediaType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
        where TAnswer : ITagged<TAnswer> => SendAsync(
        new ApiRequest(HttpMethod.Put, path) { Body = Encoding.UTF8.GetBytes(text), MediaType = mediaType, IfMatch = Tag(tag) },
        ReadTagged(answer), cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => DeleteAsync(path, null, cancellationToken);

    public Task DeleteAsync(string path, string? tag, CancellationToken cancellationToken) => SendAsync(
        new ApiRequest(HttpMethod.Delete, path) { IfMatch = tag is null ? null : Tag(tag) }, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>One key for all repetitions of a call: the server then answers a repetition with the first answer.</summary>
    private ApiRequest Post<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, CallOptions? call) => new(HttpMethod.Post, path)
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType),
        IdempotencyKey = call?.IdempotencyKey ?? Guid.CreateVersion7(options.Time.GetUtcNow()).ToString(),
    };

    private static string Tag(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        return tag;
    }

    private async Task<TAnswer> SendAsync<TAnswer>(
        ApiRequest asked, Func<HttpResponseMessage, CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? serverAsks = null;
            try
            {
                using var request = Request(asked);
                using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return await read(response, cancellationToken).ConfigureAwait(false);
                }

                var error = await ErrorAsync(response, cancellationToken).ConfigureAwait(false);
                if (attempt >= options.MaxRetries || !IsWorthRepeating(asked, error) || error.RetryAfter > options.MaxRetryDelay)
                {
                    throw error;
                }

                serverAsks = error.RetryAfter;
            }
            catch (HttpRequestException) when (attempt < options.MaxRetries && asked.IsRepeatable)
            {
                // The connection was refused or lost. Whether the server acted is unknown; the key makes repeating safe.
            }

            await Task.Delay(Delay(attempt, serverAsks), options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Request(ApiRequest asked)
    {
        var request = new HttpRequestMessage(asked.Method, asked.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(asked.Accept));
        if (asked.IdempotencyKey is { } key)
        {
            request.Headers.TryAddWithoutValidation(IdempotencyHeader, key);
        }

        if (asked.IfMatch is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        if (asked.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(asked.MediaType, "utf-8") } };
        }

        return request;
    }

    private static bool IsWorthRepeating(ApiRequest asked, ApiException error) => error.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => asked.IsRepeatable,
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

    private static Func<HttpResponseMessage, CancellationToken, Task<TAnswer>> Read<TAnswer>(JsonTypeInfo<TAnswer> answer) =>
        (response, cancellationToken) => ReadAsync(response, answer, cancellationToken);

    private static Func<HttpResponseMessage, CancellationToken, Task<TAnswer>> ReadTagged<TAnswer>(JsonTypeInfo<TAnswer> answer)
        where TAnswer : ITagged<TAnswer> => async (response, cancellationToken) =>
    {
        var read = await ReadAsync(response, answer, cancellationToken).ConfigureAwait(false);
        return read.WithTag(response.Headers.ETag?.ToString());
    };

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

/// <summary>What is asked of the gateway, as often as it takes.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public const string Json = "application/json";

    public byte[]? Body { get; init; }

    public string MediaType { get; init; } = Json;

    public string Accept { get; init; } = Json;

    public string? IdempotencyKey { get; init; }

    public string? IfMatch { get; init; }

    /// <summary>
    /// Whether asking again does no harm when nobody knows what became of the first time. A change without a key would find its own work and take
    /// it for somebody else's (412), so whoever asked for it must look.
    /// </summary>
    public bool IsRepeatable => IfMatch is null || IdempotencyKey is not null;
}

/// <summary>Something that has an entity tag.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ITagged<out TSelf>
{
    TSelf WithTag(string? tag);
}
