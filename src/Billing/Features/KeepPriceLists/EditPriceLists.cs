using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.Operations;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.KeepPriceLists;

/// <summary>A version of the price list as operators see it.</summary>
public sealed record PriceListVersion(string Version, string Status, DateTimeOffset? ValidFrom, DateTimeOffset? ActivatedAt);

/// <summary>From when new jobs are priced with a draft, and why it is activated.</summary>
public sealed record ActivatePriceListItem(DateTimeOffset? ValidFrom, string? Reason);

/// <summary>
/// Drafts and their activation: <c>PUT /operations/price-lists/{version}</c> with the list as JSON, <c>POST …/activate</c>. Once active a list never changes;
/// order intake learns of it by message, and a job keeps the list that it was priced with.
/// </summary>
internal static class EditPriceLists
{
    /// <summary>By then every copy has it.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/operations/price-lists").RequireScope(Scope.Operator);
        operations.MapGet("", ListAsync).WithName("listPriceLists");
        operations.MapGet("/{version}", GetAsync).WithName("getPriceListVersion");
        operations.MapPut("/{version}", PutAsync).WithName("putPriceListDraft");
        operations.MapPost("/{version}/activate", ActivateAsync).SavesOnce().WithName("activatePriceList");
    }

    private static async Task<IResult> ListAsync(BillingDbContext db, CancellationToken cancellationToken) => TypedResults.Ok(
        (await db.PriceLists.AsNoTracking().OrderBy(p => p.CreatedAt).ToListAsync(cancellationToken)).Select(View));

    private static async Task<IResult> GetAsync(string version, BillingDbContext db, CancellationToken cancellationToken) =>
        await db.PriceLists.AsNoTracking().SingleOrDefaultAsync(p => p.Version == version, cancellationToken) is { } list
            ? TypedResults.Text(PriceList.FromJson(list.Document).ToJson(), "application/json")
            : OperatorActions.NotFound("price_list");

    private static async Task<IResult> PutAsync(
        string version, HttpRequest request, BillingDbContext db, OperatorActions actions, TimeProvider time, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var faults = new Faults();
        var list = Read(await reader.ReadToEndAsync(cancellationToken), version, faults);
        faults.ThrowIfAny();

        var stored = await db.PriceLists.SingleOrDefaultAsync(p => p.Version == version, cancellationToken);
        if (stored is { Status: PriceListStatus.Active })
        {
            return Active();
        }

        if (stored is null)
        {
            db.PriceLists.Add(new StoredPriceList { Version = version, Document = list!.ToJson(), Status = PriceListStatus.Draft, CreatedAt = time.GetUtcNow() });
        }
        else
        {
            stored.Document = list!.ToJson();
        }

        actions.Note("price_list_draft", Guid.Empty, $"Draft of {version}");
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ActivateAsync(
        string version, Body<ActivatePriceListItem> body, BillingDbContext db, OperatorActions actions, IPublishEndpoint publish, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (item, faults, now) = (body.Value, body.Faults, time.GetUtcNow());
        var reason = OperatorActions.Reason(item.Reason, faults);
        if (item.ValidFrom is not { } validFrom || validFrom < now + Notice)
        {
            faults.Add("/validFrom", "time.too_soon", "A list is valid from one minute from now at the earliest, so that everybody who prices has it by then.");
        }

        faults.ThrowIfAny();
        var stored = (await db.PriceLists.FromSql($"SELECT * FROM price_lists WHERE version = {version} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
        if (stored is null)
        {
            return OperatorActions.NotFound("price_list");
        }

        if (stored.Status == PriceListStatus.Active)
        {
            return Active();
        }

        (stored.Status, stored.ValidFrom, stored.ActivatedAt) = (PriceListStatus.Active, item.ValidFrom!.Value.ToUniversalTime(), now);
        actions.Note("price_list_activate", Guid.Empty, $"{version}: {reason}");
        await publish.Publish(
            new PriceListActivated(version, stored.ValidFrom.Value, PriceList.FromJson(stored.Document).ToJson(), now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static PriceList? Read(string json, string version, Faults faults)
    {
        try
        {
            var list = PriceList.FromJson(json);
            if (list.Version != version)
            {
                faults.Add("/version", "field.invalid", $"The list says that it is {list.Version}, the address that it is {version}.");
            }

            if (list.Currency != "EUR")
            {
                faults.Add("/currency", "field.invalid", "The ledger is kept in euros.");
            }

            return list;
        }
        catch (FormatException e)
        {
            faults.Add("", "price_list.invalid", e.Message);
            return null;
        }
    }

    private static PriceListVersion View(StoredPriceList list) => new(list.Version, SnakeCase.Name(list.Status), list.ValidFrom, list.ActivatedAt);

    private static ApiProblem Active() => OperatorActions.Conflict("price_list.active", "The price list is active", "An active list never changes. Make a new version.");
}
