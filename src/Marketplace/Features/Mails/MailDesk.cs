using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Mails;

/// <summary>A mail with invented facts, as Notifications words it.</summary>
public sealed record MailPreview(string Template, string? Kind, string Subject, string Text, string Html);

/// <summary>Asks Notifications for its mails on behalf of an operator.</summary>
public sealed class MailDesk(HttpClient http, InternalTokens tokens) : ServiceDesk(http, tokens, "notifications")
{
    /// <summary>All forms of one mail, or of all of them; none if there is no such mail, null if Notifications does not answer just now.</summary>
    public async Task<IReadOnlyList<MailPreview>?> ReadAsync(Guid operatorId, string locale, string? template, CancellationToken cancellationToken)
    {
        var reply = await ReadAsync<List<MailPreview>>(
            CallerClaims.Operator(operatorId), $"/internal/mail-previews?locale={locale}&template={Uri.EscapeDataString(template ?? "")}", cancellationToken);
        return reply.IsThere ? reply.Value ?? [] : null;
    }
}
