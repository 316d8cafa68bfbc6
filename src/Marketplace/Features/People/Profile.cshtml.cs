using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>What a translator says of herself, and what she does.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class ProfilePage(
    MarketplaceDbContext db, SignInManager<Account> signIn, RegisterTranslator register, OwnNumber numbers, Reader reader, PeopleWords words) : FormPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public List<string> Native { get; set; } = [];

    [BindProperty]
    public List<string> Working { get; set; } = [];

    [BindProperty]
    public string? Specialities { get; set; }

    [BindProperty]
    public List<string> Kinds { get; set; } = [];

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public bool ForgetNumber { get; set; }

    [BindProperty]
    public string TimeZone { get; set; } = "";

    /// <summary>The number that is kept, but for most of its digits.</summary>
    public string? KeptNumber { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == me, cancellationToken);
        var translator = await db.Translators.AsNoTracking().SingleAsync(t => t.Id == me, cancellationToken);
        KeptNumber = numbers.Hint(translator);
        (Name, About, Native, Working, Kinds) = (account.DisplayName, translator.About, translator.NativeLanguages, translator.WorkingLanguages, translator.Kinds);
        (Specialities, TimeZone) = (string.Join('\n', translator.Specialities), account.TimeZone);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        Account account;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var translator = await db.LockTranslatorAsync(me, cancellationToken) ?? throw new InvalidOperationException("A translator has a row.");
            account = await db.Users.SingleAsync(u => u.Id == me, cancellationToken);
            KeptNumber = numbers.Hint(translator);
            var (name, about, number, specialities) = (OneLine(Name), Lines(About), OneLine(Number), Subjects());
            await CheckAsync(name, about, number, specialities, account, cancellationToken);
            if (Errors.Count > 0)
            {
                return Wrong();
            }

            translator.About = about;
            translator.NativeLanguages = Native;
            translator.WorkingLanguages = Working;
            translator.Specialities = specialities;
            translator.Kinds = Kinds;
            KeepNumber(translator, number);
            if (account.DisplayName != name || account.TimeZone != TimeZone)
            {
                (account.DisplayName, account.TimeZone) = (name, TimeZone);
                await register.ChangedAsync(account, translator, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await LiveSignal.Person(me).SendAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await signIn.RefreshSignInAsync(account);
        this.Notice(words.ProfileSaved);
        return LocalRedirect("/portal/profile");
    }

    private async Task CheckAsync(
        string name, string about, string number, List<string> specialities, Account account, CancellationToken cancellationToken)
    {
        CheckName(name, words, reader);
        if (about.Length > Translator.LongestAbout)
        {
            Errors["About"] = reader.Say(words.TooLong, Translator.LongestAbout);
        }

        (Native, Working, Kinds) = (Known(Native), Known(Working), [.. JobKinds.All.Where(Kinds.Contains)]);
        if (Native.Count == 0)
        {
            Errors["Native"] = words.NativeMissing;
        }

        if (specialities.Count > Translator.MostSpecialities || specialities.Any(s => s.Length > Translator.LongestSpeciality))
        {
            Errors["Specialities"] = reader.Say(words.SpecialitiesWrong, Translator.MostSpecialities, Translator.LongestSpeciality);
        }

        if (Kinds.Count == 0)
        {
            Errors["Kinds"] = words.KindsMissing;
        }

        if (number.Length > 0 && Features.People.OwnNumber.Normalize(number) is null)
        {
            Errors["Number"] = words.NumberWrong;
        }
        else if (Kinds.Contains(JobKinds.Call) && number.Length == 0 && (KeptNumber is null || ForgetNumber))
        {
            Errors["Number"] = words.NumberMissing;
        }

        if (TimeZone != account.TimeZone && !await TimeZones.IsKnownAsync(db, TimeZone, cancellationToken))
        {
            Errors["TimeZone"] = words.TimeZoneUnknown;
        }
    }

    private void KeepNumber(Translator translator, string number)
    {
        if (Features.People.OwnNumber.Normalize(number) is { } given)
        {
            numbers.Keep(translator, given);
        }
        else if (ForgetNumber)
        {
            Features.People.OwnNumber.Forget(translator);
        }
    }

    private List<string> Subjects() =>
    [
        .. Lines(Specialities).Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(OneLine).Where(s => s.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private List<string> Known(List<string> codes) => [.. reader.W.Languages.Keys.Where(codes.Contains)];
}
