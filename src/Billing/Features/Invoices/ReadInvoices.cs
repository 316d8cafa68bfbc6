using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.ShowOpenInvoice;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Invoices;

/// <summary><c>GET /v1/invoices</c>, <c>/v1/invoices/{id}</c> and <c>/v1/invoices/{id}/lines</c></summary>
internal static class ReadInvoices
{
    private const string Example = """
        {"id": "inv_01jdc9f4xyz7m8n9p0q1r2s3t4", "number": "ZR-2026-000042", "kind": "invoice", "state": "issued", "month": "2026-11",
         "issuedOn": "2026-12-01", "dueOn": null, "lines": 2, "net": 480, "tax": 91, "gross": 571, "due": 0, "open": 0, "currency": "EUR",
         "taxes": [{"category": "S", "rate": 19.00, "net": 480, "tax": 91}], "paymentReference": "RF63ZR2026000042", "corrects": [],
         "note": null, "voidReason": null}
        """;

    private static readonly QueryParameters ListParameters = new(
        QueryParameters.Limit, QueryParameters.Cursor, new QueryParameter("month", "Only those of a month, for example 2026-11."));

    private static readonly QueryParameters LineParameters = new(QueryParameters.Limit, QueryParameters.Cursor);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/invoices", ListAsync)
            .RequireScope(Scope.Read)
            .WithName("listInvoices")
            .WithTags("Billing")
            .WithSummary("List your invoices and credit notes, the newest first")
            .WithDescription("A month's invoice is issued on the first of the next. A test key sees none: no money moves in test mode.")
            .WithMetadata(ListParameters)
            .Produces<Page<InvoiceView>>()
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .WithResponseExample(200, "invoices", "One month, paid from the balance", $$"""{"data": [{{Example}}], "nextCursor": null}""");
        app.MapGet("/v1/invoices/{id}", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getInvoice")
            .WithTags("Billing")
            .WithSummary("Get an invoice or credit note")
            .WithDescription("Its sums and what of it is open. The same as PDF and as XML is at `/pdf` and `/xml`.")
            .Produces<InvoiceView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .WithResponseExample(200, "invoice", "Paid from the balance", Example);
        app.MapGet("/v1/invoices/{id}/lines", LinesAsync)
            .RequireScope(Scope.Read)
            .WithName("listInvoiceLines")
            .WithTags("Billing")
            .WithSummary("List the lines of an invoice, in their order")
            .WithDescription("A line a job, with your reference and cost centre.")
            .WithMetadata(LineParameters)
            .Produces<Page<InvoiceLineView>>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
    }

    public static async Task<Invoice?> FindAsync(BillingDbContext db, string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(Ids.Invoice, id, out var invoiceId)
            ? await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.Id == invoiceId, cancellationToken)
            : null;

    private static async Task<IResult> ListAsync(
        HttpRequest request, BillingDbContext db, Caller caller, Cursors cursors, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query, ListParameters);
        var list = query.Filtered("invoices");
        var (limit, cursor) = (query.Limit(), query.Cursor(cursors, list, caller.MerchantId));
        var month = query.Value("month", "A month such as 2026-11.", ReadMonth);
        query.Faults.ThrowIfAny();

        var invoices = db.Invoices.AsNoTracking();
        if (month is { } only)
        {
            invoices = invoices.Where(i => i.Month == only);
        }

        if (cursor is { } after)
        {
            invoices = invoices.Where(i => EF.Functions.LessThan(ValueTuple.Create(i.NumberedAt, i.Id), ValueTuple.Create(after.CreatedAt, after.Id)));
        }

        var found = await invoices.OrderByDescending(i => i.NumberedAt).ThenByDescending(i => i.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, InvoiceView.Of, i => new Cursor(i.NumberedAt, i.Id), at => cursors.Protect(list, caller.MerchantId, at)));
    }

    private static async Task<IResult> GetAsync(string id, BillingDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) is { } invoice ? TypedResults.Ok(InvoiceView.Of(invoice)) : CommonProblems.NotFound("invoice");

    private static async Task<IResult> LinesAsync(
        string id, HttpRequest request, BillingDbContext db, Caller caller, Cursors cursors, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query, LineParameters);
        var list = $"invoice-lines:{id}";
        var (limit, cursor) = (query.Limit(), query.Cursor(cursors, list, caller.MerchantId));
        query.Faults.ThrowIfAny();
        if (await FindAsync(db, id, cancellationToken) is not { } invoice)
        {
            return CommonProblems.NotFound("invoice");
        }

        // Lines stand in an order of their own: a cursor holds the position where others hold a time.
        var after = cursor is { } last ? (int)(last.CreatedAt - DateTimeOffset.UnixEpoch).Ticks : int.MinValue;
        var found = await db.PaperEntries
            .Where(e => e.PaperId == invoice.Id && e.Position > after)
            .Join(db.InvoiceLines.IgnoreQueryFilters(), e => e.LineId, l => l.Id, (entry, line) => new { entry.Position, Line = line })
            .OrderBy(l => l.Position)
            .Take(limit + 1)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, l => InvoiceLineView.Of(l.Line), l => new Cursor(DateTimeOffset.UnixEpoch.AddTicks(l.Position), l.Line.Id),
            at => cursors.Protect(list, caller.MerchantId, at)));
    }

    private static DateOnly? ReadMonth(string text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;
}
