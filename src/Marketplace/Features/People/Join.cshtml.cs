using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Features.SignIn;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// Whoever was invited, or whose application was accepted, makes an account here. The link came by mail, so the address is confirmed by using it.
/// </summary>
[AllowAnonymous]
public sealed class JoinPage(
    MarketplaceDbContext db, MailedLinks links, SignInManager<Account> signIn, RegisterTranslator register, Reader reader, PeopleWords words, TimeProvider time)
    : OpenPage
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string TimeZone { get; set; } = "Europe/Berlin";

    public MailedLink? Link { get; private set; }

    /// <summary>Somebody with this address is here already.</summary>
    public bool HasAccount { get; private set; }

    private UserManager<Account> Users => signIn.UserManager;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Link is { ApplicationId: { } id })
        {
            Name = await db.Applications.Where(a => a.Id == id).Select(a => a.Name).SingleOrDefaultAsync(cancellationToken);
        }

        return Shown();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Link is null || HasAccount)
        {
            return Shown();
        }

        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = Link.Email,
            Email = Link.Email,
            EmailConfirmed = true,
            DisplayName = OneLine(Name),
            Locale = reader.Locale,
            TimeZone = TimeZone,
        };
        CheckName(account.DisplayName, words, reader);
        if (await Users.PasswordErrorAsync(account, Password, words) is { } error)
        {
            Errors["Password"] = error;
        }

        if (!await TimeZones.IsKnownAsync(db, TimeZone, cancellationToken))
        {
            Errors["TimeZone"] = words.TimeZoneUnknown;
        }

        return Errors.Count > 0 ? Wrong() : await MakeAsync(account, Link, cancellationToken);
    }

    private async Task<IActionResult> MakeAsync(Account account, MailedLink link, CancellationToken cancellationToken)
    {
        var role = link.Role ?? Role.Translator;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await links.UseAsync(link.Id, cancellationToken))
            {
                Link = null;
                return Shown();
            }

            PasswordChecks.Checked(await Users.CreateAsync(account, Password!));
            PasswordChecks.Checked(await Users.AddToRoleAsync(account, role));
            if (role == Role.Translator)
            {
                var application = await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.Id == link.ApplicationId, cancellationToken);
                await register.RunAsync(account, application, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await links.EndOthersAsync(LinkPurpose.Join, link.Email, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two invitations of one address, used at the same moment.
            HasAccount = true;
            return Shown();
        }

        await signIn.SignInAsync(account, isPersistent: false);
        PreferencesPage.Remember(HttpContext, account.Locale);
        this.Notice(words.Joined);
        return LocalRedirect(role == Role.Operator ? "/portal/desk" : "/portal/profile/pairs");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Link = await links.FindAsync(Token, LinkPurpose.Join, cancellationToken);
        HasAccount = Link is not null && await Users.FindByEmailAsync(Link.Email) is not null;
    }

    private PageResult Shown()
    {
        Response.StatusCode = Link is null ? StatusCodes.Status410Gone : HasAccount ? StatusCodes.Status409Conflict : StatusCodes.Status200OK;
        return Page();
    }
}
