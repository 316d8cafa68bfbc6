using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Payments that name nobody, the bank's files, months and their papers, and what operators did.</summary>
[RequestSizeLimit(LargestFile)]
public sealed class DeskMoneyPage(BillingDesk billing, MarketplaceDbContext db, Reader reader) : MoneyDeskPage(billing, reader)
{
    /// <summary>More than the gateway lets through.</summary>
    private const int LargestFile = 32 * 256 * 1024;
    private const int MonthsShown = 3;
    private const int ActionsShown = 20;

    public IReadOnlyList<UnmatchedRow> Unmatched { get; private set; } = [];

    public IReadOnlyList<MonthRow> Months { get; private set; } = [];

    public IReadOnlyList<ActionRow> Actions { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public string Name(Guid account) => Names.GetValueOrDefault(account, "?");

    public Task<IActionResult> OnPostAssignAsync(string id, string? customerNumber, string? invoiceNumber, string? reason, CancellationToken cancellationToken) => DoAsync(
        $"payment-{id}", Words.Assigned, HttpMethod.Post, $"/operations/payments/{Uri.EscapeDataString(id)}/assign",
        new { customerNumber = Given(customerNumber), invoiceNumber = Given(invoiceNumber), reason }, cancellationToken);

    public Task<IActionResult> OnPostReturnAsync(string id, string? reason, CancellationToken cancellationToken) => DoAsync(
        $"payment-{id}", Words.SentBack, HttpMethod.Post, $"/operations/payments/{Uri.EscapeDataString(id)}/return", new { reason }, cancellationToken);

    public Task<IActionResult> OnPostRunAsync(string month, CancellationToken cancellationToken) => DoAsync(
        $"month-{month}", Reader.Say(Words.MonthRuns, Words.Month(month, Reader.Culture)), HttpMethod.Post, $"/operations/months/{Uri.EscapeDataString(month)}/run", null,
        cancellationToken);

    public Task<IActionResult> OnPostVatAsync(string? vatId, bool? valid, string? consultation, CancellationToken cancellationToken) =>
        Given(vatId) is not { } id
            ? RefuseAsync("vat", [new Refusal("vatId", "vat_id.invalid", "")], cancellationToken)
            : DoAsync(
                "vat", Words.VatKept, HttpMethod.Put, $"/operations/vat-answers/{Uri.EscapeDataString(id)}", new { valid, consultation = Given(consultation) },
                cancellationToken);

    public Task<IActionResult> OnPostInvoiceAsync(string? number, string? what, string? reason, CancellationToken cancellationToken) =>
        Given(number) is not { } of || what is not ("correct" or "void")
            ? RefuseAsync("invoice", [new Refusal("/number", "field.required", "")], cancellationToken)
            : DoAsync(
                "invoice", what == "correct" ? Words.InvoiceCorrected : Words.InvoiceVoided, HttpMethod.Post, $"/operations/invoices/{Uri.EscapeDataString(of)}/{what}",
                new { reason }, cancellationToken);

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null or { Length: 0 })
        {
            return await RefuseAsync("bank", [new Refusal("", "file.missing", "")], cancellationToken);
        }

        await using var stream = file.OpenReadStream();
        var answer = await SendAsync(HttpMethod.Post, "/operations/bank-files", new StreamContent(stream), cancellationToken);
        return answer.IsDone
            ? Done(Words.ImportedAs(JsonSerializer.Deserialize<BankFileRow>(answer.Text, JsonSerializerOptions.Web)!))
            : await RefuseAsync("bank", answer.Refusals, cancellationToken);
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Unmatched = await ReadAsync<List<UnmatchedRow>>("/operations/payments/unmatched", cancellationToken) ?? [];
        Months = await MonthsAsync(cancellationToken);
        Actions = [.. (await ReadAsync<List<ActionRow>>("/operations/actions", cancellationToken) ?? []).Take(ActionsShown)];
        var operators = Actions.Select(a => a.OperatorId).Distinct().ToArray();
        Names = await db.Users.Where(u => operators.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
    }

    private async Task<IReadOnlyList<MonthRow>> MonthsAsync(CancellationToken cancellationToken)
    {
        var months = new List<MonthRow>();
        var current = Reader.Local(Reader.Now);
        for (var back = 1; back <= MonthsShown; back++)
        {
            var month = new DateOnly(current.Year, current.Month, 1).AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            if (await ReadAsync<MonthRow>($"/operations/months/{month}", cancellationToken) is { } state)
            {
                months.Add(state);
            }
        }

        return months;
    }
}
