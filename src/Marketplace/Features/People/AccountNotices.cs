using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Tells people about their account by mail. What leads somewhere travels sealed, with a key of its own.</summary>
public sealed class AccountNotices(IPublishEndpoint publish, TextVault vault, TimeProvider time)
{
    public const string ConfirmEmail = "confirm_email";
    public const string ResetPassword = "reset_password";
    public const string Invitation = "invitation";
    public const string ApplicationAccepted = "application_accepted";
    public const string ApplicationDeclined = "application_declined";
    public const string PairEnabled = "pair_enabled";
    public const string PairDeclined = "pair_declined";
    public const string SignInChanged = "sign_in_changed";

    /// <summary>The mail goes out with the caller's commit.</summary>
    public Task TellAsync(
        string kind, string email, string? name, string locale, AccountNoticeContent content, DateTimeOffset? validUntil, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var key = vault.CreateDataKey();
        return publish.Publish(
            new AccountNotice(id, kind, email, name, locale, vault.Seal(key, id, TextPurpose.AccountNotice, content), key, validUntil, now), cancellationToken);
    }

    public Task TellAsync(string kind, Account account, string path, string? note, CancellationToken cancellationToken) =>
        TellAsync(kind, account.Email ?? "", account.DisplayName, account.Locale, new AccountNoticeContent(path, note), null, cancellationToken);

    /// <summary>Password, passkey, second factor or address were changed; to the address that counted until then.</summary>
    public Task SignInChangedAsync(Account account, string? oldEmail, CancellationToken cancellationToken) => TellAsync(
        SignInChanged, oldEmail ?? account.Email ?? "", account.DisplayName, account.Locale, new AccountNoticeContent("/portal/security", null), null,
        cancellationToken);
}
