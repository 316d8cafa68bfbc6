using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Invites by mail. Of one address only the newest invitation leads in. Inside the caller's transaction.</summary>
public sealed class InvitePeople(MailedLinks links, AccountNotices notices)
{
    public async Task<MailedLink> RunAsync(string email, string locale, string role, CancellationToken cancellationToken)
    {
        await links.EndOthersAsync(LinkPurpose.Join, email, cancellationToken);
        var (link, token) = links.Make(LinkPurpose.Join, email, locale, role: role);
        await notices.TellAsync(AccountNotices.Invitation, email, null, locale, new AccountNoticeContent(Path(token), null), link.ExpiresAt, cancellationToken);
        return link;
    }

    /// <summary>Where the mail of an accepted application leads, and until when.</summary>
    public async Task<(string? Path, DateTimeOffset? Until)> AcceptAsync(Application application, CancellationToken cancellationToken)
    {
        await links.EndOthersAsync(LinkPurpose.Join, application.Email, cancellationToken);
        var (link, token) = links.Make(LinkPurpose.Join, application.Email, application.Locale, applicationId: application.Id, role: Role.Translator);
        return (Path(token), link.ExpiresAt);
    }

    private static string Path(string token) => $"/portal/join?token={token}";
}
