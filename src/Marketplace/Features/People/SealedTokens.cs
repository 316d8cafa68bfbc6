using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// Identity's store, but keys of authenticator apps and recovery codes rest sealed: a dump of the database must not hold anybody's second factor.
/// </summary>
public sealed class SealedTokens(MarketplaceDbContext db, TextVault vault, IdentityErrorDescriber? describer = null)
    : UserStore<Account, IdentityRole<Guid>, MarketplaceDbContext, Guid>(db, describer)
{
    private const string Purpose = "second-factor";

    public override Task SetTokenAsync(Account user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : Seal(user.Id, value), cancellationToken);

    public override async Task<string?> GetTokenAsync(Account user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? Open(user.Id, value) : null;

    private string Seal(Guid owner, string value)
    {
        var key = vault.CreateDataKey();
        return $"{Convert.ToBase64String(key.Bytes)}.{Convert.ToBase64String(vault.Seal(key, owner, Purpose, value).Bytes)}";
    }

    private string? Open(Guid owner, string value) => value.Split('.') is [var key, var text]
        ? vault.Open<string>(new WrappedDataKey(Convert.FromBase64String(key)), owner, Purpose, new SealedText(Convert.FromBase64String(text)))
        : null;
}
