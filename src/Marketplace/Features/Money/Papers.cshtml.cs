using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>The form about tax and account. It is handed on sealed and kept nowhere here.</summary>
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

    internal TaxDetails ToDetails() => new(
        Text(LegalName), Text(Street), Text(PostCode), Text(City), Text(Country).ToUpperInvariant(), Text(Scheme), Optional(TaxNumber), Optional(VatId)?.ToUpperInvariant(),
        Text(AccountHolder), string.Concat(Text(Iban).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant(), Optional(Bic)?.ToUpperInvariant());

    private static string Text(string? given) => given?.Trim() ?? "";

    private static string? Optional(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();
}

/// <summary>A translator's statements, payouts, and what both need to know of her.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class PapersPage(BillingDesk billing, MarketplaceDbContext db, IPublishEndpoint publish, TextVault vault, Reader reader) : PageModel
{
    private static readonly DateTimeOffset VersionsFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public MoneyWords Words => MoneyWords.For(reader.Locale);

    /// <summary>Null if Billing does not answer.</summary>
    public OwnPapers? Papers { get; private set; }

    [BindProperty]
    public DetailsForm Form { get; set; } = new();

    /// <summary>What is wrong with the form, as codes.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Faults = Papers?.DetailsFaults ?? [];
    }

    public async Task<IActionResult> OnGetStatementAsync(Guid id, string form, CancellationToken cancellationToken) =>
        form is "pdf" or "xml"
        && await billing.FileAsync(CallerClaims.Internal, $"/internal/translators/{User.TranslatorId()}/statements/{id}/{form}", cancellationToken) is { } file
            ? File(file.Content, file.Type, file.Name)
            : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var details = Form.ToDetails();
        var answer = await billing.DoAsync(
            CallerClaims.Internal, HttpMethod.Post, "/internal/tax-details/check", JsonContent.Create(details), cancellationToken);
        Faults = answer.IsDone ? JsonSerializer.Deserialize<List<string>>(answer.Text) ?? [] : [Words.Away];
        if (Faults.Count > 0)
        {
            // What was typed stays in the form.
            await LoadAsync(cancellationToken);
            return Page();
        }

        var (me, key) = (User.TranslatorId(), vault.CreateDataKey());
        // Seconds grow with each change and need no row of their own.
        var version = (int)(reader.Now - VersionsFrom).TotalSeconds;
        await publish.Publish(
            new TranslatorTaxDetailsGiven(me, version, vault.Seal(key, me, TextPurpose.TaxDetails, details), key, reader.Now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        TempData["Notice"] = Words.Saved;
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Papers = await billing.ReadAsync<OwnPapers>(CallerClaims.Internal, $"/internal/translators/{User.TranslatorId()}/papers", cancellationToken);
}
