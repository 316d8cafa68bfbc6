using System.Net.Http.Headers;
using System.Text.Json;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>
/// Asks Billing on behalf of whom the portal has signed in: an operator under her own id, a translator for what is hers. Billing alone decides and
/// keeps; nothing of it is stored here.
/// </summary>
public sealed class BillingDesk(HttpClient http, InternalTokens tokens)
{
    /// <summary>Nobody looks at an empty page for longer; Billing answers in milliseconds, or is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null if Billing does not answer just now.</summary>
    public async Task<T?> ReadAsync<T>(CallerClaims caller, string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var response = await SendAsync(caller, HttpMethod.Get, path, null, limit.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(limit.Token) : null;
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>A file as Billing keeps it; null if there is none, or Billing does not answer.</summary>
    public async Task<(byte[] Content, string Type, string Name)?> FileAsync(CallerClaims caller, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(caller, HttpMethod.Get, path, null, cancellationToken);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream",
                    response.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "file")
                : null;
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>Has something done, and says what is wrong with it if it is refused.</summary>
    public async Task<Answer> DoAsync(CallerClaims caller, HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(caller, method, path, content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? new Answer(true, text, []) : new Answer(false, text, Findings(text));
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

    private static IReadOnlyList<string> Findings(string text)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<ProblemBody>(text, ProblemBody.Json);
            return problem is null ? [] : problem.Errors is { Count: > 0 } errors ? [.. errors.Select(e => $"{e.Pointer}: {e.Detail}")] : [problem.Detail ?? problem.Title];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or TimeoutException or Polly.ExecutionRejectedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>What Billing said.</summary>
/// <param name="IsDone">Whether it was done.</param>
/// <param name="Text">Its answer.</param>
/// <param name="Findings">Why not; none if it did not answer.</param>
public sealed record Answer(bool IsDone, string Text, IReadOnlyList<string> Findings);

/// <summary>A merchant's money.</summary>
public sealed record MerchantRow(
    Guid MerchantId, string CustomerNumber, string Name, long Balance, long Reserved, long CreditLimit, long OpenInvoices, string TopUpReference);

/// <summary>A transfer that a person must look at.</summary>
public sealed record UnmatchedRow(
    string Id, long Cents, DateOnly BookedOn, IReadOnlyList<string> References, string Finding, string? PayerName, string? PayerIban, string Text);

/// <summary>How far a month is.</summary>
public sealed record MonthRow(string Month, int Done, int Waiting, IReadOnlyList<BlockedRow> Blocked, int ToWrite, int Issued, int Voided);

/// <summary>A paper that cannot be made yet, and why.</summary>
public sealed record BlockedRow(string Owner, Guid OwnerId, string Reason);

/// <summary>A payout, as operators see it.</summary>
public sealed record PayoutRow(string Id, Guid TranslatorId, long Cents, string State, string? ReturnReason, string Account, Guid OrderId, DateTimeOffset SentAt);

/// <summary>What is owed to a translator.</summary>
public sealed record OwedRow(Guid TranslatorId, string SupplierNumber, string Name, long Owed, bool CanBePaid, IReadOnlyList<string> Faults, bool AccountRefused);

/// <summary>A translator's own money.</summary>
public sealed record OwnPapers(
    long Owed, bool HasDetails, IReadOnlyList<string> DetailsFaults, bool AccountRefused, IReadOnlyList<OwnStatement> Statements, IReadOnlyList<OwnPayout> Payouts);

/// <summary>A statement of hers.</summary>
public sealed record OwnStatement(Guid Id, string Number, string Month, DateOnly IssuedOn, int Lines, long Net, long Tax, long Gross);

/// <summary>A payout of hers.</summary>
public sealed record OwnPayout(Guid Id, long Cents, string State, string? ReturnReason, string Account, DateTimeOffset SentAt);
