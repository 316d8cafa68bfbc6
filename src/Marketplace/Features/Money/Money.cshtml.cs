using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>A translator's money: what is owed to her, when it is paid or what keeps it back, her statements and payouts.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class MoneyPage(BillingDesk billing, MarketplaceDbContext db, Reader reader) : PageModel
{
    public MoneyWords Words => MoneyWords.For(reader.Locale);

    /// <summary>Null if Billing does not answer.</summary>
    public OwnPapers? Papers { get; private set; }

    /// <summary>Details were given, and Billing does not have them yet.</summary>
    public bool AreDetailsOnTheirWay { get; private set; }

    /// <summary>What keeps the money back can be mended on the page of the details.</summary>
    public bool NeedsDetails => !AreDetailsOnTheirWay
        && (Papers is { HasDetails: false } or { AccountRefused: true } || Papers?.DetailsFaults.Count > 0);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        Papers = (await billing.ReadAsync<OwnPapers>(CallerClaims.Internal, $"/internal/translators/{me}/papers", cancellationToken)).Value;
        AreDetailsOnTheirWay = Papers is { } papers
            && await db.TaxDetailsNotes.AnyAsync(n => n.TranslatorId == me && n.Version > papers.DetailsVersion, cancellationToken);
    }

    public async Task<IActionResult> OnGetStatementAsync(Guid id, string form, CancellationToken cancellationToken) =>
        form is "pdf" or "xml"
        && await billing.FileAsync(CallerClaims.Internal, $"/internal/translators/{User.TranslatorId()}/statements/{id}/{form}", cancellationToken) is { } file
            ? File(file.Content, file.Type, file.Name)
            : NotFound();
}
