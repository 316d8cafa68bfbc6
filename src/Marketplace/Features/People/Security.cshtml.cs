using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// How somebody signs in. What would let a stranger stay who finds the page open asks for the password again, and every change is told by mail.
/// </summary>
[Authorize(Policy = Policies.Person)]
public sealed class SecurityPage(
    MarketplaceDbContext db, SignInManager<Account> signIn, MailedLinks links, AccountNotices notices, Reader reader, PeopleWords words) : FormPage
{
    public const int MostPasskeys = 10;
    public const int RecoveryCodes = 10;

    private const int LongestPasskeyName = 60;
    private const int LongestPasskeyId = 1024;

    [BindProperty]
    public string? Id { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? PasskeyName { get; set; }

    [BindProperty]
    public string? PasskeyPassword { get; set; }

    [BindProperty]
    public string? FactorPassword { get; set; }

    [BindProperty]
    public string? OldPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? AddressPassword { get; set; }

    public string Email => Me.Email ?? "";

    public IList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public bool HasSecondFactor { get; private set; }

    public int CodesLeft { get; private set; }

    /// <summary>New recovery codes: they are shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    private Account Me { get; set; } = null!;

    private UserManager<Account> Users => signIn.UserManager;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await Users.GetUserAsync(User) is not { } me)
        {
            context.Result = LocalRedirect(PortalCookies.SignInPath);
            return;
        }

        Me = me;
        await LoadAsync();
        await next();
    }

    public void OnGet()
    {
    }

    /// <summary>What the browser makes a passkey with; the password is checked here, once for both steps.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        if (Passkeys.Count >= MostPasskeys)
        {
            return Refused(reader.Say(words.TooManyPasskeys, MostPasskeys));
        }

        if (!await IsMeAsync(PasskeyPassword, nameof(PasskeyPassword)))
        {
            return Refused(Errors[nameof(PasskeyPassword)]);
        }

        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = Me.Id.ToString(), Name = Email, DisplayName = Me.DisplayName });
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostAddPasskeyAsync(CancellationToken cancellationToken)
    {
        var made = await AttestAsync();
        if (made is null || Passkeys.Count >= MostPasskeys)
        {
            this.Notice(words.PasskeyNotMade, isGood: false);
            return Back();
        }

        var name = OneLine(PasskeyName);
        made.Name = name.Length is 0 or > LongestPasskeyName ? words.Passkey : name;
        await ChangeAsync(async () => PasswordChecks.Checked(await Users.AddOrUpdatePasskeyAsync(Me, made)), cancellationToken);
        this.Notice(words.PasskeyAdded);
        return Back();
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(CancellationToken cancellationToken)
    {
        var id = Read(Id);
        if (!Passkeys.Any(p => p.CredentialId.AsSpan().SequenceEqual(id)))
        {
            this.Notice(words.PasskeyGone, isGood: false);
            return Back();
        }

        await ChangeAsync(
            async () =>
            {
                PasswordChecks.Checked(await Users.RemovePasskeyAsync(Me, id));
                // Whoever has signed in with it is out too.
                PasswordChecks.Checked(await Users.UpdateSecurityStampAsync(Me));
            },
            cancellationToken);
        this.Notice(words.PasskeyRemoved);
        return Back();
    }

    public async Task<IActionResult> OnPostNewCodesAsync(CancellationToken cancellationToken)
    {
        if (!HasSecondFactor || !await IsMeAsync(FactorPassword, nameof(FactorPassword)))
        {
            return HasSecondFactor ? Wrong() : Back();
        }

        await ChangeAsync(async () => Codes = [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(Me, RecoveryCodes) ?? []], cancellationToken);
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveFactorAsync(CancellationToken cancellationToken)
    {
        if (!HasSecondFactor || !await IsMeAsync(FactorPassword, nameof(FactorPassword)))
        {
            return HasSecondFactor ? Wrong() : Back();
        }

        await ChangeAsync(() => Users.RemoveFactorAsync(Me), cancellationToken);
        this.Notice(words.SecondFactorRemoved);
        return Back();
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        await IsMeAsync(OldPassword, nameof(OldPassword));
        if (await Users.PasswordErrorAsync(Me, NewPassword, words) is { } error)
        {
            Errors[nameof(NewPassword)] = error;
        }

        if (Errors.Count > 0)
        {
            return Wrong();
        }

        await ChangeAsync(() => Users.SetPasswordAsync(Me, NewPassword!), cancellationToken);
        this.Notice(words.PasswordChanged);
        return Back();
    }

    public async Task<IActionResult> OnPostAddressAsync(CancellationToken cancellationToken)
    {
        var address = (Address ?? "").Trim();
        if (!IsEmail(address))
        {
            Errors[nameof(Address)] = words.EmailWrong;
        }

        if (!await IsMeAsync(AddressPassword, nameof(AddressPassword)) || Errors.Count > 0)
        {
            return Wrong();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await links.HadEnoughAsync(LinkPurpose.Address, address, cancellationToken))
        {
            var (link, token) = links.Make(LinkPurpose.Address, address, Me.Locale, accountId: Me.Id);
            await notices.TellAsync(
                AccountNotices.ConfirmEmail, address, Me.DisplayName, Me.Locale, new AccountNoticeContent($"/portal/confirm?token={token}", null), link.ExpiresAt,
                cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        this.Notice(words.AddressAsked);
        return Back();
    }

    public async Task<IActionResult> OnPostEndSessionsAsync()
    {
        PasswordChecks.Checked(await Users.UpdateSecurityStampAsync(Me));
        await signIn.RefreshSignInAsync(Me);
        this.Notice(words.SessionsEnded);
        return Back();
    }

    /// <summary>Changes how she signs in and tells her so, or neither; this session goes on.</summary>
    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await change();
            await notices.SignInChangedAsync(Me, null, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await signIn.RefreshSignInAsync(Me);
    }

    /// <summary>Whether the password is hers; wrong ones count as at sign-in.</summary>
    private async Task<bool> IsMeAsync(string? password, string field)
    {
        var result = await signIn.CheckPasswordSignInAsync(Me, password ?? "", lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            Errors[field] = result.IsLockedOut ? words.TooMuch : words.CurrentPasswordWrong;
        }

        return result.Succeeded;
    }

    private async Task<UserPasskeyInfo?> AttestAsync()
    {
        if (string.IsNullOrEmpty(Credential))
        {
            return null;
        }

        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(Credential);
            return result.Succeeded && result.UserEntity.Id == Me.Id.ToString() ? result.Passkey : null;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // It was asked for too long ago, or is no answer of a passkey at all.
            return null;
        }
    }

    private async Task LoadAsync()
    {
        Passkeys = [.. (await Users.GetPasskeysAsync(Me)).OrderBy(p => p.CreatedAt)];
        HasSecondFactor = await Users.GetTwoFactorEnabledAsync(Me);
        CodesLeft = HasSecondFactor ? await Users.CountRecoveryCodesAsync(Me) : 0;
    }

    private static byte[] Read(string? id)
    {
        var bytes = new byte[LongestPasskeyId];
        return Base64Url.DecodeFromChars(id, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : [];
    }

    private static JsonResult Refused(string why) => new(new { error = why }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

    private LocalRedirectResult Back() => LocalRedirect("/portal/security");
}
