using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Orders to the bank, what is owed to translators, and their payouts.</summary>
public sealed class DeskPayoutsPage(BillingDesk billing, Reader reader) : MoneyDeskPage(billing, reader)
{
    private const int PageSize = 200;
    private const int PayoutsShown = 50;

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>Only payouts of this state.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public IReadOnlyList<OrderRow> Orders { get; private set; } = [];

    public IReadOnlyList<OwedRow> Translators { get; private set; } = [];

    public IReadOnlyList<PayoutRow> Payouts { get; private set; } = [];

    public string? Next => Translators.Count == PageSize ? Translators[^1].SupplierNumber : null;

    public string NameOf(Guid translator) => Translators.FirstOrDefault(t => t.TranslatorId == translator)?.Name ?? translator.ToString();

    public Task<IActionResult> OnGetOrderAsync(Guid id, CancellationToken cancellationToken) => FileAsync($"/operations/payment-orders/{id}", cancellationToken);

    public Task<IActionResult> OnPostCorrectAsync(Guid id, Guid key, string? amount, string? against, string? reason, CancellationToken cancellationToken) =>
        Euros.Cents(amount, Reader.Culture) is { } cents
            ? DoAsync(
                $"correct-{id}", Words.Corrected, HttpMethod.Put, $"/operations/corrections/{key.ToString("D", CultureInfo.InvariantCulture)}",
                new { translatorId = id, cents, against, reason }, cancellationToken)
            : RefuseAsync($"correct-{id}", [new Refusal("/cents", "amount.typed", "")], cancellationToken);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Orders = await ReadAsync<List<OrderRow>>("/operations/payment-orders", cancellationToken) ?? [];
        Translators = await ReadAsync<List<OwedRow>>(
            string.Create(CultureInfo.InvariantCulture, $"/operations/translators?after={After}"), cancellationToken) ?? [];
        var only = State is { } state && Words.States.ContainsKey(state) ? $"?state={state}" : "";
        Payouts = [.. (await ReadAsync<List<PayoutRow>>($"/operations/payouts{only}", cancellationToken) ?? []).Take(PayoutsShown)];
    }
}
