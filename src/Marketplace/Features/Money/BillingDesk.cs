using System.Text.Json;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Asks Billing: an operator under her own id, a translator for what is hers.</summary>
public sealed class BillingDesk(HttpClient http, InternalTokens tokens) : ServiceDesk(http, tokens, "billing")
{
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
}

/// <summary>A file of Billing's.</summary>
public sealed record BillingFile(byte[] Content, string Type, string Name);

/// <summary>What Billing said to an action.</summary>
/// <param name="IsDone">Whether it was done.</param>
/// <param name="Text">Its answer.</param>
/// <param name="Refusals">Why not; none if it did not answer.</param>
public sealed record Answer(bool IsDone, string Text, IReadOnlyList<Refusal> Refusals);

/// <summary>One thing that is wrong: where, what, and in Billing's words.</summary>
public sealed record Refusal(string Pointer, string Code, string Detail);
