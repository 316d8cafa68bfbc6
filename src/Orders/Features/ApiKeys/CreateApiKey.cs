using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary>A key to be made.</summary>
public sealed record ApiKeyItem
{
    [Description("What the key is for, so that you can tell your keys apart."), Required, Length(1, CreateApiKey.NameLength)]
    public string? Name { get; init; }

    [Description("What the key permits: quote, order, read, admin; nothing that the key which makes it does not permit itself."), Required, ValuesOf(typeof(Scope))]
    public IReadOnlyList<string>? Scopes { get; init; }

    [Description("When it ends by itself; never if not given.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("How much its jobs may cost; as much as the balance covers if not given.")]
    public SpendingLimitItem? SpendingLimit { get; init; }
}

/// <summary>How much a key's jobs may cost in a period, tax included.</summary>
public sealed record SpendingLimitItem
{
    [Description("Whole cents."), Required, Range(1, SpendingLimit.MostCents)]
    public long? Amount { get; init; }

    [Description("ISO 4217; EUR if not given.")]
    public string? Currency { get; init; }

    [Description("A day or month by the clock of the merchant's time zone, or once for all time."), Required, ValuesOf(typeof(SpendingLimit), nameof(SpendingLimit.AllPeriods))]
    public string? Period { get; init; }
}

/// <summary>A key that was just made: the only time that it is shown.</summary>
public sealed record CreatedApiKey : ApiKeyView
{
    public CreatedApiKey(string key, ApiKeyView view)
        : base(view) => Key = key;

    [Description("The key itself. Keep it safe: it is stored as a hash only and cannot be shown again.")]
    public string Key { get; }
}

/// <summary><c>POST /v1/api-keys</c>: a key makes keys of its own mode, that permit no more than itself.</summary>
internal sealed class CreateApiKey(OrdersDbContext db, Caller caller, PriceLists priceLists, ApiKeyViews views, TimeProvider time)
{
    public const int NameLength = 100;

    private const string Request = """
        {
          "name": "Shop, Black Friday",
          "scopes": ["quote", "order", "read"],
          "expiresAt": "2026-12-01T00:00:00Z",
          "spendingLimit": { "amount": 50000, "currency": "EUR", "period": "day" }
        }
        """;

    private const string Created = """
        {
          "key": "zz_live_4fGq0pXJ2mZ8cV5tYb7LkRhN3sWdA9eQuT6oIxC1gBj",
          "id": "key_01jdc9f4xyz7m8n9p0q1r2s3t4",
          "name": "Shop, Black Friday",
          "prefix": "zz_live_4fGq",
          "mode": "live",
          "scopes": ["quote", "order", "read"],
          "createdAt": "2026-11-23T14:00:00Z",
          "expiresAt": "2026-12-01T00:00:00Z",
          "lastUsedAt": null,
          "revokedAt": null,
          "spendingLimit": { "amount": 50000, "currency": "EUR", "period": "day", "spent": 0, "resetsAt": "2026-11-23T23:00:00Z" }
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/api-keys", (Body<ApiKeyItem> body, CreateApiKey create, CancellationToken cancellationToken) => create.HandleAsync(body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Admin)
        .WithName("createApiKey")
        .ShowsLocation()
        .WithTags("API keys")
        .WithSummary("Create an API key")
        .WithDescription(
            "The answer shows the key, once; we keep its hash. A live key makes live keys, a test key test keys, and none can permit more than the key that "
            + "makes it; one with a spending limit cannot give `order`. With an `Idempotency-Key` a repeated request shows the same key again, for 24 hours: "
            + "until then the answer is kept, encrypted. Keys are not edited: make a new one and revoke the old one.")
        .WithRequestExample("limited", "A key for one shop, for a week, that spends at most 500 euros a day", Request)
        .Produces<CreatedApiKey>(StatusCodes.Status201Created)
        .WithResponseExample(StatusCodes.Status201Created, "created", "The key, shown once", Created)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(Body<ApiKeyItem> body, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var maker = await LockMakerAsync(now, cancellationToken);
        var list = await priceLists.ActiveAsync(cancellationToken);
        Check(body.Value, body.Faults, maker, list.Currency, now);
        body.Faults.ThrowIfAny();

        var item = body.Value;
        var limit = item.SpendingLimit is { } wanted
            ? new SpendingLimit(SpendingLimit.PeriodOf(wanted.Period)!.Value, wanted.Amount!.Value, wanted.Currency ?? list.Currency)
            : null;
        var secret = ApiKey.Generate(maker.Mode);
        var key = ApiKey.From(secret, Guid.CreateVersion7(now), maker.MerchantId, item.Name!.Trim(), item.Scopes!, now, item.ExpiresAt, limit);
        db.ApiKeys.Add(key);
        var view = (await views.OfAsync([key], cancellationToken))[0];
        return Answer.Created($"/v1/api-keys/{view.Id}", new CreatedApiKey(secret, view));
    }

    /// <summary>The calling key, whose row is held until the end, so that it makes no key after it was revoked, however close the two are.</summary>
    private async Task<ApiKey> LockMakerAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM api_keys WHERE id = {caller.KeyId} FOR SHARE", cancellationToken);
        var maker = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == caller.KeyId, cancellationToken);
        return maker is not null && maker.IsUsable(now) ? maker : throw new ApiException(CommonProblems.ForStatus(StatusCodes.Status401Unauthorized));
    }

    private static void Check(ApiKeyItem item, Faults faults, ApiKey maker, string currency, DateTimeOffset now)
    {
        if (faults.Required("/name", item.Name))
        {
            faults.Text("/name", item.Name!.Trim(), NameLength, mayBeEmpty: false);
        }

        CheckScopes(item.Scopes, faults, maker);
        if (item.ExpiresAt <= now)
        {
            faults.Add("/expiresAt", "expiry.past", "A key must end in the future.");
        }

        if (item.SpendingLimit is { } limit)
        {
            CheckLimit(limit, faults, currency);
        }
    }

    private static void CheckScopes(IReadOnlyList<string>? scopes, Faults faults, ApiKey maker)
    {
        if (scopes is null)
        {
            faults.Add("/scopes", "field.required", "This field is required.");
            return;
        }

        if (scopes.Count == 0)
        {
            faults.Add("/scopes", "field.empty", "A key must permit something.");
        }

        for (var i = 0; i < scopes.Count; i++)
        {
            var (scope, at) = (scopes[i], $"/scopes/{i}");
            faults.OneOf(at, scope ?? "", "scope.unknown", [.. Scope.All]);
            if (scopes.Take(i).Contains(scope))
            {
                faults.Add(at, "scope.repeated", $"The scope '{scope}' is there already.");
            }
            else if (!maker.Scopes.Contains(scope))
            {
                faults.Add(at, "scope.exceeds", $"The key that you use does not permit '{scope}' itself and so cannot give it.");
            }
            else if (scope == Scope.Order && maker.SpendingLimit is not null)
            {
                // Otherwise a limited key would get past its limit by making others.
                faults.Add(at, "scope.limited", "The key that you use has a spending limit and so cannot give 'order'.");
            }
        }
    }

    private static void CheckLimit(SpendingLimitItem limit, Faults faults, string currency)
    {
        if (limit.Amount is null)
        {
            faults.Add("/spendingLimit/amount", "field.required", "This field is required: whole cents.");
        }
        else if (limit.Amount is < 1 or > SpendingLimit.MostCents)
        {
            faults.Add("/spendingLimit/amount", "field.range", $"The amount must be from 1 to {SpendingLimit.MostCents}.");
        }

        faults.OneOf("/spendingLimit/currency", limit.Currency, "currency.unsupported", currency);
        if (faults.Required("/spendingLimit/period", limit.Period))
        {
            faults.OneOf("/spendingLimit/period", limit.Period, "period.unknown", [.. SpendingLimit.AllPeriods]);
        }
    }
}
