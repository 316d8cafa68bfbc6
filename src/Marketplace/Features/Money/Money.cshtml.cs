using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>What operators see of money, and the few things that they can do about it. Billing decides; what it refuses is shown in its words.</summary>
[Authorize(Policy = Policies.Operator)]
[RequestSizeLimit(20_000_000)]
public sealed class MoneyPage(BillingDesk billing, Reader reader) : PageModel
{
    private const int MonthsShown = 3;

    public MoneyWords Words => MoneyWords.For(reader.Locale);

    /// <summary>Null if Billing does not answer.</summary>
    public IReadOnlyList<UnmatchedRow>? Unmatched { get; private set; }

    public IReadOnlyList<MonthRow> Months { get; private set; } = [];

    public IReadOnlyList<MerchantRow> Merchants { get; private set; } = [];

    public IReadOnlyList<OwedRow> Translators { get; private set; } = [];

    public IReadOnlyList<PayoutRow> Payouts { get; private set; } = [];

    /// <summary>Why the last action was refused.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    private CallerClaims Me => CallerClaims.Operator(Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture));

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task<IActionResult> OnPostAssignAsync(string id, string? customerNumber, string? invoiceNumber, string? reason, CancellationToken cancellationToken) => DoAsync(
        HttpMethod.Post, $"/operations/payments/{Uri.EscapeDataString(id)}/assign",
        JsonContent.Create(new { customerNumber = Given(customerNumber), invoiceNumber = Given(invoiceNumber), reason }), cancellationToken);

    public Task<IActionResult> OnPostRunAsync(string month, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, $"/operations/months/{Uri.EscapeDataString(month)}/run", JsonContent.Create(new { }), cancellationToken);

    public Task<IActionResult> OnPostLimitAsync(Guid id, long? cents, string? reason, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, $"/operations/merchants/{id}/credit-limit", JsonContent.Create(new { cents, reason }), cancellationToken);

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return RedirectToPage();
        }

        await using var stream = file.OpenReadStream();
        return await DoAsync(HttpMethod.Post, "/operations/bank-files", new StreamContent(stream), cancellationToken);
    }

    public async Task<IActionResult> OnGetOrderAsync(Guid id, CancellationToken cancellationToken) =>
        await billing.FileAsync(Me, $"/operations/payment-orders/{id}", cancellationToken) is { } file ? File(file.Content, file.Type, file.Name) : NotFound();

    private async Task<IActionResult> DoAsync(HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken)
    {
        var answer = await billing.DoAsync(Me, method, path, content, cancellationToken);
        if (answer.IsDone)
        {
            TempData["Notice"] = Words.Done;
            return RedirectToPage();
        }

        Refused = answer.Findings.Count > 0 ? answer.Findings : [Words.Away];
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Unmatched = await billing.ReadAsync<List<UnmatchedRow>>(Me, "/operations/payments/unmatched", cancellationToken);
        if (Unmatched is null)
        {
            return;
        }

        Merchants = await billing.ReadAsync<List<MerchantRow>>(Me, "/operations/merchants", cancellationToken) ?? [];
        Translators = await billing.ReadAsync<List<OwedRow>>(Me, "/operations/translators", cancellationToken) ?? [];
        Payouts = await billing.ReadAsync<List<PayoutRow>>(Me, "/operations/payouts", cancellationToken) ?? [];
        var months = new List<MonthRow>();
        for (var back = 1; back <= MonthsShown; back++)
        {
            var month = reader.Now.AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            if (await billing.ReadAsync<MonthRow>(Me, $"/operations/months/{month}", cancellationToken) is { } state)
            {
                months.Add(state);
            }
        }

        Months = months;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
