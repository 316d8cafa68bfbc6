using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// An application without invitation. Known or unknown, every address gets the same mail and the same answer: only behind the link in the mail, so to
/// its owner alone, is it said whether there is an account already.
/// </summary>
[AllowAnonymous]
public sealed class ApplyPage(MarketplaceDbContext db, MailedLinks links, AccountNotices notices, TryLimits tries, Reader reader, PeopleWords words, TimeProvider time)
    : OpenPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public List<string> Native { get; set; } = [];

    [BindProperty]
    public List<string?> Source { get; set; } = [];

    [BindProperty]
    public List<string?> Target { get; set; } = [];

    [BindProperty]
    public List<string> Kinds { get; set; } = [];

    [BindProperty]
    public string? Why { get; set; }

    public bool IsSent { get; private set; }

    public int Rows => Math.Clamp(Source.Count, 3, Application.MostPairs);

    public string? SourceAt(int row) => Source.ElementAtOrDefault(row);

    public string? TargetAt(int row) => Target.ElementAtOrDefault(row);

    public void OnGet(bool sent) => IsSent = sent;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (name, email, why) = (OneLine(Name), (Email ?? "").Trim(), Lines(Why));
        var pairs = Pairs();
        Check(name, email, why, pairs);
        if (Errors.Count > 0)
        {
            return Wrong();
        }

        if (!await tries.MayAsync(TryLimits.Mail, HttpContext, cancellationToken))
        {
            return TooMuch();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await tries.CountAsync(TryLimits.Mail, HttpContext, cancellationToken);
        if (!await links.HadEnoughAsync(LinkPurpose.Application, email, cancellationToken))
        {
            var application = new Application
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Email = email,
                NormalizedEmail = links.Normalize(email),
                Name = name,
                Locale = reader.Locale,
                NativeLanguages = Native,
                Pairs = [.. pairs],
                Kinds = Kinds,
                Why = why,
                AppliedAt = time.GetUtcNow(),
            };
            db.Add(application);
            var (link, token) = links.Make(LinkPurpose.Application, email, reader.Locale, applicationId: application.Id);
            // Without the name: a stranger could write anything there, to anybody.
            await notices.TellAsync(
                AccountNotices.ConfirmEmail, email, null, reader.Locale, new AccountNoticeContent($"/portal/confirm?token={token}", null), link.ExpiresAt,
                cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return RedirectToPage(null, new { sent = true });
    }

    private void Check(string name, string email, string why, List<string> pairs)
    {
        CheckName(name, words, reader);
        if (!IsEmail(email))
        {
            Errors["Email"] = words.EmailWrong;
        }

        Native = [.. Native.Where(reader.W.Languages.ContainsKey).Distinct()];
        if (Native.Count == 0)
        {
            Errors["Native"] = words.NativeMissing;
        }

        if (pairs.Count == 0)
        {
            Errors["Pairs"] = words.PairsMissing;
        }
        else if (Source.Zip(Target).Any(p => string.IsNullOrEmpty(p.First) != string.IsNullOrEmpty(p.Second) || (p.First == p.Second && !string.IsNullOrEmpty(p.First))))
        {
            Errors["Pairs"] = words.PairIncomplete;
        }

        Kinds = [.. Kinds.Where(JobKinds.All.Contains).Distinct()];
        if (Kinds.Count == 0)
        {
            Errors["Kinds"] = words.KindsMissing;
        }

        if (why.Length is < 20 or > Application.LongestWhy)
        {
            Errors["Why"] = why.Length < 20 ? words.WhyMissing : reader.Say(words.TooLong, Application.LongestWhy);
        }
    }

    private List<string> Pairs() =>
    [
        .. Source.Zip(Target)
            .Where(p => p.First is not null && p.Second is not null && reader.W.Languages.ContainsKey(p.First) && reader.W.Languages.ContainsKey(p.Second))
            .Where(p => LanguagePair.TryOf(p.First, p.Second, out _))
            .Select(p => $"{p.First}-{p.Second}")
            .Distinct()
            .Take(Application.MostPairs),
    ];
}
