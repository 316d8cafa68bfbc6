namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// A link in a mail that opens something, once and for a time. Only a hash of what is in the mail is kept: whoever reads the database cannot use it,
/// and it holds on every replica, after a restart, and when keys of cookies have changed.
/// </summary>
public sealed class MailedLink
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="LinkPurpose"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Where it was sent.</summary>
    public required string Email { get; init; }

    public required string NormalizedEmail { get; init; }

    /// <summary><c>de</c> or <c>en</c>.</summary>
    public required string Locale { get; init; }

    /// <summary>The account, if it is about one. A link to a new password for an address that nobody has is about none, and opens nothing.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The application that it belongs to.</summary>
    public Guid? ApplicationId { get; init; }

    /// <summary>What whoever joins by it becomes, one of <see cref="Role"/>.</summary>
    public string? Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used or taken back.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;
}

/// <summary>What a mailed link is for; one for one purpose does nothing for another.</summary>
public static class LinkPurpose
{
    /// <summary>An invitation, or an accepted application: it makes an account.</summary>
    public const string Join = "join";

    /// <summary>The address of an application.</summary>
    public const string Application = "application";

    /// <summary>A new address of an account.</summary>
    public const string Address = "address";

    public const string Password = "password";
}
