using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>The form about tax and account as it was typed.</summary>
public sealed class DetailsForm
{
    public string? LegalName { get; set; }

    public string? Street { get; set; }

    public string? PostCode { get; set; }

    public string? City { get; set; }

    public string? Country { get; set; }

    public string? Scheme { get; set; }

    public string? TaxNumber { get; set; }

    public string? VatId { get; set; }

    public string? AccountHolder { get; set; }

    public string? Iban { get; set; }

    public string? Bic { get; set; }

    internal Payee ToPayee() => new Payee(LegalName, Street, PostCode, City, Country, Scheme, TaxNumber, VatId, AccountHolder, Iban, Bic).Tidied();
}

/// <summary>
/// How a translator is taxed and where her pay goes. What is typed is checked by the rules that Billing has, and handed on sealed; of the account only its
/// end comes back, so it is typed anew with each change.
/// </summary>
[Authorize(Policy = Policies.Translator)]
public sealed class DetailsPage(BillingDesk billing, MarketplaceDbContext db, GiveTaxDetails give, Reader reader) : PageModel
{
    public MoneyWords Words => MoneyWords.For(reader.Locale);

    [BindProperty]
    public DetailsForm Form { get; set; } = new();

    /// <summary>What is wrong, as codes.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Billing does not answer: what she gave before is not to be seen, and can be given anew all the same.</summary>
    public bool IsAway { get; private set; }

    /// <summary>What Billing has; null if nothing.</summary>
    public OwnDetails? Known { get; private set; }

    /// <summary>That she gave them, and when; null if she never did.</summary>
    public TaxDetailsNote? Note { get; private set; }

    public bool AreOnTheirWay => !IsAway && Note is { } note && note.Version > (Known?.Version ?? 0);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Known is { } known)
        {
            Form = new DetailsForm
            {
                LegalName = known.LegalName,
                Street = known.Street,
                PostCode = known.PostCode,
                City = known.City,
                Country = known.Country,
                Scheme = known.Scheme,
                TaxNumber = known.TaxNumber,
                VatId = known.VatId,
                AccountHolder = known.AccountHolder,
                Bic = known.Bic,
            };
            Faults = AreOnTheirWay ? [] : known.Faults;
            return;
        }

        var name = User.FindFirst(AccountClaims.DisplayName)?.Value;
        Form = new DetailsForm { LegalName = name, AccountHolder = name, Country = "DE" };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var payee = Form.ToPayee();
        Faults = payee.Faults();
        if (Faults.Count > 0)
        {
            // What was typed stays in the form.
            await LoadAsync(cancellationToken);
            return Page();
        }

        await give.RunAsync(User.TranslatorId(), payee, cancellationToken);
        this.Notice(Words.DetailsSaved);
        return LocalRedirect("/portal/money");
    }

    /// <summary>The fault of a field, in words; null if there is none.</summary>
    public string? FaultOf(string field, string? typed = null)
    {
        var code = Faults.FirstOrDefault(f => f.StartsWith(field + ".", StringComparison.Ordinal));
        return code is null ? null
            : code == "iban.invalid" && typed is { Length: > 0 } && Iban.Fault(Iban.Normalise(typed)) is { } why && reader.Locale == "en" ? why
            : Words.Finding(code);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var reply = await billing.ReadAsync<OwnDetails>(CallerClaims.Internal, $"/internal/translators/{me}/tax-details", cancellationToken);
        (IsAway, Known) = (!reply.IsThere, reply.Value);
        Note = await db.TaxDetailsNotes.AsNoTracking().SingleOrDefaultAsync(n => n.TranslatorId == me, cancellationToken);
    }
}
