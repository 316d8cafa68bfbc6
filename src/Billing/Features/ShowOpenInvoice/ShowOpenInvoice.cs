using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.ShowOpenInvoice;

/// <summary>A line of an invoice: one job that was charged, or one that was credited.</summary>
public sealed record InvoiceLineView(
    string Id,
    string JobId,
    [property: Description("charge or credit_note; a job can have one line of each.")] string Kind,
    [property: Description("For example `Translation de→fr, 2 lines, ORDER-4711`.")] string Description,
    string? Reference,
    string? CostCentre,
    [property: Description("Charged lines; negative on a credit note.")] int Lines,
    [property: Description("Cents; negative on a credit note.")] long Net,
    [property: Description("EN 16931 category code.")] string TaxCategory,
    [property: Description("Percent.")] decimal TaxRate,
    string Currency,
    DateTimeOffset CreatedAt)
{
    public static InvoiceLineView Of(InvoiceLine line) => new(
        PublicId.Format(Ids.InvoiceLine, line.Id), PublicId.Format(Ids.Job, line.JobId), SnakeCase.Name(line.Kind), line.Description, line.Reference,
        line.CostCentre, line.Lines, line.NetCents, line.TaxCategory, line.TaxRate, line.Currency, line.CreatedAt);
}

/// <summary>The sums of the open month and a page of its lines.</summary>
public sealed record OpenInvoiceView(OpenInvoiceSums Sums, IReadOnlyList<InvoiceLineView> Data, string? NextCursor);

/// <summary><c>GET /v1/invoices/open</c>: what the current month's invoice holds so far, the newest line first.</summary>
internal static class ShowOpenInvoice
{
    private static readonly QueryParameters Parameters = new(QueryParameters.Limit, QueryParameters.Cursor);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/invoices/open", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getOpenInvoice")
        .WithTags("Billing")
        .WithSummary("Get this month's invoice as far as it has come")
        .WithDescription("A line for each job that was charged this month (by the calendar in Berlin), and one for each that was credited, the newest first.")
        .WithMetadata(Parameters)
        .Produces<OpenInvoiceView>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, BillingDbContext db, Caller caller, Cursors cursors, TimeProvider time, CancellationToken cancellationToken)
    {
        var month = InvoiceMonth.Of(time.GetUtcNow());
        var list = $"invoice-lines:{month:O}";
        var query = new QueryReader(request.Query, Parameters);
        var (limit, cursor) = (query.Limit(), query.Cursor(cursors, list, caller.MerchantId));
        query.Faults.ThrowIfAny();

        var lines = db.InvoiceLines.AsNoTracking().Where(l => l.Month == month);
        if (cursor is { } after)
        {
            lines = lines.Where(l => EF.Functions.LessThan(ValueTuple.Create(l.CreatedAt, l.Id), ValueTuple.Create(after.CreatedAt, after.Id)));
        }

        var found = await lines.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = Page.Of(
            found, limit, InvoiceLineView.Of, l => new Cursor(l.CreatedAt, l.Id), at => cursors.Protect(list, caller.MerchantId, at));
        return TypedResults.Ok(new OpenInvoiceView(await OpenInvoiceSums.OfAsync(db, month, cancellationToken), page.Data, page.NextCursor));
    }
}
