using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Merchants' balances, and what operators may do about one: her limit, and a counter-entry.</summary>
public sealed class DeskMerchantsPage(BillingDesk billing, Reader reader) : MoneyDeskPage(billing, reader)
{
    /// <summary>As many as Billing gives at once.</summary>
    private const int PageSize = 200;

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    public IReadOnlyList<MerchantRow> Merchants { get; private set; } = [];

    public IReadOnlyList<AccountRow> Accounts { get; private set; } = [];

    /// <summary>After which the next page begins; null if there is none.</summary>
    public string? Next => Merchants.Count == PageSize ? Merchants[^1].CustomerNumber : null;

    public Task<IActionResult> OnPostLimitAsync(Guid id, string? amount, string? reason, CancellationToken cancellationToken) =>
        Euros.Cents(amount, Reader.Culture) is { } cents
            ? DoAsync($"limit-{id}", Words.LimitSet, HttpMethod.Put, $"/operations/merchants/{id}/credit-limit", new { cents, reason }, cancellationToken)
            : RefuseAsync($"limit-{id}", [new Refusal("/cents", "amount.typed", "")], cancellationToken);

    public Task<IActionResult> OnPostCorrectAsync(Guid id, Guid key, string? amount, string? against, string? reason, CancellationToken cancellationToken) =>
        Euros.Cents(amount, Reader.Culture) is { } cents
            ? DoAsync(
                $"correct-{id}", Words.Corrected, HttpMethod.Put, $"/operations/corrections/{key.ToString("D", CultureInfo.InvariantCulture)}",
                new { merchantId = id, cents, against, reason }, cancellationToken)
            : RefuseAsync($"correct-{id}", [new Refusal("/cents", "amount.typed", "")], cancellationToken);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Merchants = await ReadAsync<List<MerchantRow>>(
            string.Create(CultureInfo.InvariantCulture, $"/operations/merchants?after={After}"), cancellationToken) ?? [];
        Accounts = await ReadAsync<List<AccountRow>>("/operations/accounts", cancellationToken) ?? [];
    }
}
