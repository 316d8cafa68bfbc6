using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.ListLedger;

/// <summary>An entry on the merchant's accounts. Its postings make zero together.</summary>
public sealed record LedgerEntryView(
    string Id,
    [property: Description("opening, reservation, charge, release or credit.")] string Kind,
    [property: Description("The job that it is about.")] string? JobId,
    [property: Description("What made it, for example DeliveryAccepted.")] string Event,
    [property: Description("Id of the message that made it.")] string? EventId,
    string Reason,
    IReadOnlyList<LedgerPostingView> Postings,
    [property: Description("ISO 4217.")] string Currency,
    [property: Description("When what it tells of happened.")] DateTimeOffset OccurredAt,
    [property: Description("When it was booked.")] DateTimeOffset CreatedAt);

/// <summary>One side of an entry.</summary>
public sealed record LedgerPostingView(
    [property: Description("merchant_balance and merchant_reserved are yours; revenue, tax and clearing are the other side.")] string Account,
    [property: Description("Cents; plus is more on the account.")] long Amount);

/// <summary><c>GET /v1/ledger</c>: the newest entry first.</summary>
internal static class ListLedger
{
    private const string List = "ledger";

    private static readonly QueryParameters Parameters = new(
        QueryParameters.Limit, QueryParameters.Cursor, new QueryParameter("job", "Only entries about this job."));

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/ledger", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listLedger")
        .WithTags("Billing")
        .WithSummary("List the entries on your accounts, the newest first")
        .WithDescription("Entries are never changed or removed; a mistake is corrected by a counter-entry.")
        .WithMetadata(Parameters)
        .Produces<Page<LedgerEntryView>>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, BillingDbContext db, Caller caller, Cursors cursors, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query, Parameters);
        var (limit, cursor) = (query.Limit(), query.Cursor(cursors, List, caller.MerchantId));
        var job = query.Value("job", "The id of a job, job_….", text => PublicId.TryParse(Ids.Job, text, out var id) ? id : (Guid?)null);
        query.Faults.ThrowIfAny();

        var entries = db.Entries.AsNoTracking();
        if (job is { } jobId)
        {
            entries = entries.Where(e => e.JobId == jobId);
        }

        if (cursor is { } after)
        {
            entries = entries.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.CreatedAt, e.Id), ValueTuple.Create(after.CreatedAt, after.Id)));
        }

        var found = await entries.Include(e => e.Postings)
            .OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id)
            .Take(limit + 1).ToListAsync(cancellationToken);
        var kinds = await KindsAsync(db, found, cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, e => View(e, kinds), e => new Cursor(e.CreatedAt, e.Id), at => cursors.Protect(List, caller.MerchantId, at)));
    }

    private static Task<Dictionary<Guid, AccountKind>> KindsAsync(BillingDbContext db, List<Entry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.SelectMany(e => e.Postings).Select(p => p.AccountId).Distinct().ToArray();
        return db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Kind, cancellationToken);
    }

    private static LedgerEntryView View(Entry entry, Dictionary<Guid, AccountKind> kinds) => new(
        PublicId.Format(Ids.Entry, entry.Id),
        SnakeCase.Name(entry.Kind),
        PublicId.Format(Ids.Job, entry.JobId),
        entry.Event,
        PublicId.Format(Ids.Message, entry.MessageId),
        entry.Reason,
        [.. entry.Postings.OrderBy(p => p.Position).Select(p => new LedgerPostingView(SnakeCase.Name(kinds[p.AccountId]), p.AmountCents))],
        "EUR",
        entry.OccurredAt,
        entry.CreatedAt);
}
