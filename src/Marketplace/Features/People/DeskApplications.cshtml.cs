using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

public sealed record DecidedRow(Application Application, string? Operator);

/// <summary>Who would like to come in, and who is invited. Accepting an application sends an invitation, so that every account is made in one way.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskApplicationsPage(
    MarketplaceDbContext db, MailedLinks links, InvitePeople invite, AccountNotices notices, UserManager<Account> users, Reader reader, PeopleWords words) : FormPage
{
    private const int MostListed = 50;

    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Word { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string Locale { get; set; } = "de";

    [BindProperty]
    public string InviteRole { get; set; } = Role.Translator;

    /// <summary>The application whose form has an error.</summary>
    public Guid? WrongId { get; private set; }

    public IReadOnlyList<Application> Applications { get; private set; } = [];

    public IReadOnlyList<MailedLink> Invitations { get; private set; } = [];

    public IReadOnlyList<DecidedRow> Decided { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) => DecideAsync(true, cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellationToken) => DecideAsync(false, cancellationToken);

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancellationToken)
    {
        var email = (Email ?? "").Trim();
        if (!IsEmail(email))
        {
            Errors["Email"] = words.EmailWrong;
        }
        else if (await users.FindByEmailAsync(email) is not null)
        {
            Errors["Email"] = words.IsHereAlready;
        }

        if (Errors.Count > 0 || Locale is not ("de" or "en") || InviteRole is not (Role.Translator or Role.Operator))
        {
            await LoadAsync(cancellationToken);
            return Wrong();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var link = await invite.RunAsync(email, Locale, InviteRole, cancellationToken);
        db.WriteDown(User.TranslatorId(), link.Id, DeskAction.Invited, InviteRole, reader.Now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        this.Notice(reader.Say(words.Invited, email));
        return LocalRedirect("/portal/desk/applications");
    }

    public async Task<IActionResult> OnPostUninviteAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await db.MailedLinks.AnyAsync(l => l.Id == Id && l.Purpose == LinkPurpose.Join, cancellationToken) && await links.UseAsync(Id, cancellationToken);
        if (done)
        {
            db.WriteDown(User.TranslatorId(), Id, DeskAction.Uninvited, "", reader.Now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        this.Notice(done ? words.Uninvited : words.DecidedBefore, done);
        return LocalRedirect("/portal/desk/applications");
    }

    private async Task<IActionResult> DecideAsync(bool accept, CancellationToken cancellationToken)
    {
        if (this.Word("Word", Word, isRequired: !accept, words, reader) is not { } word)
        {
            WrongId = Id;
            await LoadAsync(cancellationToken);
            return Wrong();
        }

        var now = reader.Now;
        var outcome = accept ? DeskAction.Accepted : DeskAction.Declined;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var decided = await db.Applications.Where(a => a.Id == Id && a.ConfirmedAt != null && a.DecidedAt == null).ExecuteUpdateAsync(
            a => a.SetProperty(x => x.DecidedAt, now).SetProperty(x => x.Outcome, outcome).SetProperty(x => x.Word, word), cancellationToken);
        if (decided == 0)
        {
            this.Notice(words.DecidedBefore, isGood: false);
            return LocalRedirect("/portal/desk/applications");
        }

        var application = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == Id, cancellationToken);
        db.WriteDown(User.TranslatorId(), Id, outcome, word, now);
        var (path, until) = accept ? await invite.AcceptAsync(application, cancellationToken) : (null, null);
        await notices.TellAsync(
            accept ? AccountNotices.ApplicationAccepted : AccountNotices.ApplicationDeclined, application.Email, application.Name, application.Locale,
            new AccountNoticeContent(path, word.Length == 0 ? null : word), until, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        this.Notice(reader.Say(accept ? words.ApplicationAccepted : words.ApplicationDeclined, application.Name));
        return LocalRedirect("/portal/desk/applications");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = reader.Now;
        Applications = await db.Applications.AsNoTracking().Where(a => a.ConfirmedAt != null && a.DecidedAt == null)
            .OrderBy(a => a.ConfirmedAt).Take(MostListed).ToListAsync(cancellationToken);
        Invitations = await db.MailedLinks.AsNoTracking().Where(l => l.Purpose == LinkPurpose.Join && l.EndedAt == null && l.ExpiresAt > now)
            .OrderByDescending(l => l.CreatedAt).Take(MostListed).ToListAsync(cancellationToken);
        Decided = await (
            from application in db.Applications.AsNoTracking()
            where application.DecidedAt != null
            orderby application.DecidedAt descending
            select new DecidedRow(
                application,
                db.Users.Where(u => db.DeskActions.Any(a => a.PersonId == application.Id && a.OperatorId == u.Id)).Select(u => u.DisplayName).FirstOrDefault()))
            .Take(MostListed).ToListAsync(cancellationToken);
    }
}
