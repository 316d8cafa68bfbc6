using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Invoices;

/// <summary><c>GET /v1/invoices/{id}/pdf</c> and <c>/v1/invoices/{id}/xml</c>: the papers, exactly as they were issued.</summary>
internal static class GetPaper
{
    private static readonly QueryParameters Parameters = new(
        new QueryParameter("language", "`de` or `en`; as it was issued if not given. In the other language it is a translation of the readable copy.") { Values = ["de", "en"] });

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/invoices/{id}/pdf", PdfAsync)
            .RequireScope(Scope.Read)
            .WithName("getInvoicePdf")
            .WithTags("Billing")
            .WithSummary("Get an invoice as PDF")
            .WithDescription("The readable copy; the XML is the invoice itself.")
            .WithMetadata(Parameters)
            .Produces<string>(StatusCodes.Status200OK, "application/pdf")
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
        app.MapGet("/v1/invoices/{id}/xml", XmlAsync)
            .RequireScope(Scope.Read)
            .WithName("getInvoiceXml")
            .WithTags("Billing")
            .WithSummary("Get an invoice as XML")
            .WithDescription("UBL 2.1, valid by EN 16931 and XRechnung 3.0.")
            .Produces<string>(StatusCodes.Status200OK, "application/xml")
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> XmlAsync(string id, BillingDbContext db, CancellationToken cancellationToken) =>
        await ReadInvoices.FindAsync(db, id, cancellationToken) is { } invoice
            && await ContentAsync(db, invoice.Id, DocumentForm.Xml, cancellationToken) is { } content
            ? TypedResults.File(content, "application/xml", $"{invoice.Number}.xml")
            : CommonProblems.NotFound("invoice");

    private static async Task<IResult> PdfAsync(string id, HttpRequest request, BillingDbContext db, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query, Parameters);
        var language = query.Text("language");
        if (language is not (null or "de" or "en"))
        {
            query.Faults.Add("?language", "parameter.invalid", "Papers are written in de and en.");
        }

        query.Faults.ThrowIfAny();
        if (await ReadInvoices.FindAsync(db, id, cancellationToken) is not { } invoice
            || await ContentAsync(db, invoice.Id, DocumentForm.Pdf, cancellationToken) is not { } content)
        {
            return CommonProblems.NotFound("invoice");
        }

        if (language is not null && language != invoice.Language)
        {
            content = PdfWriter.Write(await InvoicePaper.OfAsync(db, invoice, language, cancellationToken));
        }

        return TypedResults.File(content, "application/pdf", $"{invoice.Number}.pdf");
    }

    /// <summary>Null as long as it is not written.</summary>
    private static Task<byte[]?> ContentAsync(BillingDbContext db, Guid paper, DocumentForm form, CancellationToken cancellationToken) =>
        db.Documents.AsNoTracking().Where(d => d.PaperId == paper && d.Form == form).Select(d => d.Content).SingleOrDefaultAsync(cancellationToken);
}
