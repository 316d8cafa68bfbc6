using System.Net;
using System.Net.Http.Headers;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Mails;

/// <summary>A mail with invented facts, as Notifications words it.</summary>
public sealed record MailPreview(string Template, string? Kind, string Subject, string Text, string Html);

/// <summary>Asks Notifications for its mails on behalf of an operator.</summary>
public sealed class MailDesk(HttpClient http, InternalTokens tokens)
{
    /// <summary>Nobody looks at an empty page for longer; Notifications answers in milliseconds, or is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>All forms of one mail, or of all of them; none if there is no such mail, null if Notifications does not answer just now.</summary>
    public async Task<IReadOnlyList<MailPreview>?> ReadAsync(Guid operatorId, string locale, string? template, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new Uri($"/internal/mail-previews?locale={locale}&template={Uri.EscapeDataString(template ?? "")}", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Mint("notifications", CallerClaims.Operator(operatorId)));
            using var response = await http.SendAsync(request, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => [],
                HttpStatusCode.OK => await response.Content.ReadFromJsonAsync<List<MailPreview>>(limit.Token),
                _ => null,
            };
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or Polly.ExecutionRejectedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
