using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Versions of the price list: a draft is written and activated, an active one never changes.</summary>
public sealed class DeskPricesPage(BillingDesk billing, Reader reader) : MoneyDeskPage(billing, reader)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BillingDesk _billing = billing;

    /// <summary>The version that is looked at, or that a new draft begins with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Version { get; set; }

    public IReadOnlyList<PriceListRow> Lists { get; private set; } = [];

    /// <summary>The list that is looked at, as JSON; null if there is none.</summary>
    public string? Document { get; private set; }

    public PriceListRow? Shown => Lists.FirstOrDefault(l => l.Version == Version);

    public async Task<IActionResult> OnPostDraftAsync(string? document, CancellationToken cancellationToken)
    {
        PriceList list;
        try
        {
            // Which version it is, the list itself says.
            list = PriceList.FromJson(document ?? "");
        }
        catch (FormatException e)
        {
            return await RefuseAsync("draft", [new Refusal("", "price_list.invalid", e.Message)], cancellationToken);
        }

        using var content = new StringContent(document!, Encoding.UTF8, "application/json");
        var answer = await SendAsync(HttpMethod.Put, $"/operations/price-lists/{Uri.EscapeDataString(list.Version)}", content, cancellationToken);
        return answer.IsDone ? Done(Reader.Say(Words.DraftKept, list.Version)) : await RefuseAsync("draft", answer.Refusals, cancellationToken);
    }

    public Task<IActionResult> OnPostActivateAsync(string version, string? validFrom, string? reason, CancellationToken cancellationToken)
    {
        // As it is typed on the page: in the reader's own time.
        DateTimeOffset? from = DateTime.TryParseExact(
            validFrom, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? Reader.Instant(local) : null;
        return DoAsync(
            $"activate-{version}", Reader.Say(Words.Activated, version), HttpMethod.Post, $"/operations/price-lists/{Uri.EscapeDataString(version)}/activate",
            new { validFrom = from, reason }, cancellationToken);
    }

    /// <summary>Billing writes on one line; a person reads line by line.</summary>
    private static string ToRead(string json)
    {
        try
        {
            return JsonNode.Parse(json)?.ToJsonString(Indented) ?? json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Lists = [.. (await ReadAsync<List<PriceListRow>>("/operations/price-lists", cancellationToken) ?? []).Reverse<PriceListRow>()];
        Version ??= Lists.FirstOrDefault(l => l.Status == "active")?.Version;
        if (!IsAway && Version is { } version
            && await _billing.FileAsync(Me, $"/operations/price-lists/{Uri.EscapeDataString(version)}", cancellationToken) is { } file)
        {
            Document = ToRead(Encoding.UTF8.GetString(file.Content));
        }
    }
}
