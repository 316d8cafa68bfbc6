using MassTransit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Demo;

/// <summary>
/// What is there after <c>migrate</c>: the roles, a first key for cookies, and where the demo is on its translators and operator. Running it again
/// changes nothing but a changed password.
/// </summary>
public sealed class SeedDemo(
    MarketplaceDbContext db,
    UserManager<Account> users,
    RoleManager<IdentityRole<Guid>> roles,
    IDataProtectionProvider protection,
    IPublishEndpoint publish,
    IConfiguration configuration,
    TimeProvider time)
{
    /// <summary>Several migrations may run at once; they seed one after the other.</summary>
    private const long SeedLock = 0x5A57_0002;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SeedLock})", cancellationToken);
            foreach (var role in new[] { Role.Translator, Role.Operator })
            {
                if (!await roles.RoleExistsAsync(role))
                {
                    Check(await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = NewId() }));
                }
            }

            if (DemoOptions.From(configuration) is { } demo)
            {
                await SeedPeopleAsync(demo, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        // Made here once, so that replicas that start together do not each make their own.
        protection.CreateProtector("first key").Protect([0]);
    }

    private async Task SeedPeopleAsync(DemoOptions demo, CancellationToken cancellationToken)
    {
        foreach (var given in demo.Translators)
        {
            await AccountAsync(given.Id, given.Email, given.Name, given.Locale, given.TimeZone, Role.Translator, demo.TranslatorPassword);
            if (await db.Translators.AnyAsync(t => t.Id == given.Id, cancellationToken))
            {
                continue;
            }

            db.Add(new Standing { TranslatorId = given.Id, WaitsSince = time.GetUtcNow() });
            db.Add(new Translator
            {
                Id = given.Id,
                CreatedAt = time.GetUtcNow(),
                Version = 1,
                Pairs = [.. given.Pairs.Select(LanguagePair.Parse).Select(p => new TranslatorPair { TranslatorId = given.Id, Source = p.Source, Target = p.Target })],
            });
            await publish.Publish(new TranslatorRegistered(given.Id, 1, given.Name, given.Email, given.Locale, given.TimeZone), cancellationToken);
        }

        if (demo.Operator.Email is { Length: > 0 } email)
        {
            var id = (await users.FindByEmailAsync(email))?.Id ?? NewId();
            await AccountAsync(id, email, "Operator", "en", "Europe/Berlin", Role.Operator, demo.OperatorPassword);
        }
    }

    private async Task AccountAsync(Guid id, string email, string name, string locale, string timeZone, string role, string password)
    {
        var account = await users.FindByIdAsync(id.ToString());
        if (account is null)
        {
            account = new Account
            {
                Id = id,
                UserName = email,
                Email = email,
                EmailConfirmed = true,
                DisplayName = name,
                Locale = locale,
                TimeZone = timeZone,
            };
            Check(await users.CreateAsync(account, password));
            Check(await users.AddToRoleAsync(account, role));
        }
        else if (!await users.CheckPasswordAsync(account, password))
        {
            Check(await users.RemovePasswordAsync(account));
            Check(await users.AddPasswordAsync(account, password));
        }
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"Seeding failed: {string.Join(", ", result.Errors.Select(e => e.Code))}");
        }
    }
}
