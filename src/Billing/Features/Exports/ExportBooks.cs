using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.Operations;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Exports;

/// <summary>Name for the bookkeeper's files, of a merchant whose own has signs that they cannot carry.</summary>
public sealed record BookNameItem(string? Name);

/// <summary>
/// The bookkeeper's files of a month: <c>GET /operations/exports/{month}/datev</c> (booking batch, EXTF) and <c>…/journal.csv</c> (every paper with its sums).
/// </summary>
internal static class ExportBooks
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/operations").RequireScope(Scope.Operator);
        operations.MapGet("/exports/{month}/datev", DatevAsync).WithName("exportDatev");
        operations.MapGet("/exports/{month}/journal.csv", JournalAsync).WithName("exportJournal");
        operations.MapPut("/merchants/{id:guid}/book-name", NameAsync).WithName("setBookName");
    }

    private static async Task<IResult> DatevAsync(
        string month, BillingDbContext db, IOptions<DatevOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var of = OperatorActions.Month(month);
        var faults = new Faults();
        var content = DatevBatch.Write(of, await Bookings.OfAsync(db, of, cancellationToken), options.Value, time.GetUtcNow(), faults);
        faults.ThrowIfAny();
        return TypedResults.File(content, "text/csv; charset=windows-1252", $"EXTF_Buchungsstapel_{month}.csv");
    }

    private static async Task<IResult> JournalAsync(string month, BillingDbContext db, TextVault vault, CancellationToken cancellationToken)
    {
        var of = OperatorActions.Month(month);
        var invoices = await db.Invoices.IgnoreQueryFilters().AsNoTracking().Where(i => i.Month == of).OrderBy(i => i.Number).ToListAsync(cancellationToken);
        var statements = await db.Statements.AsNoTracking().Where(s => s.Month == of).OrderBy(s => s.Number).ToListAsync(cancellationToken);
        var csv = new SafeCsv("number", "kind", "state", "issued_on", "party_number", "party", "country", "vat_id", "tax_category", "tax_rate", "net", "tax", "gross", "note");
        foreach (var i in invoices)
        {
            foreach (var tax in i.Taxes)
            {
                var sign = i.IsCredit ? -1 : 1;
                csv.Add(
                    i.Number, i.Kind, i.State, i.IssuedOn, i.CustomerNumber, i.Buyer.Name, i.Buyer.Country, i.Buyer.VatId, tax.Category, tax.Rate,
                    sign * tax.NetCents / 100m, sign * tax.TaxCents / 100m, sign * (tax.NetCents + tax.TaxCents) / 100m, i.VoidReason ?? i.Note);
            }
        }

        foreach (var s in statements)
        {
            var party = vault.Open<Party>(new WrappedDataKey(s.SellerKey), s.Id, TextPurpose.Statement, new SealedText(s.Seller));
            foreach (var tax in s.Taxes)
            {
                csv.Add(
                    s.Number, "self_billed", s.State, s.IssuedOn, s.SupplierNumber, party.Name, party.Country, party.VatId, tax.Category, tax.Rate,
                    tax.NetCents / 100m, tax.TaxCents / 100m, (tax.NetCents + tax.TaxCents) / 100m, null);
            }
        }

        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8", $"journal-{month}.csv");
    }

    private static async Task<IResult> NameAsync(
        Guid id, Body<BookNameItem> body, BillingDbContext db, OperatorActions actions, CancellationToken cancellationToken)
    {
        var name = body.Value.Name?.Trim();
        if (name is { Length: > 60 } || (name is not null && DatevBatch.Unprintable(name).Any()))
        {
            body.Faults.Add("/name", "text.charset", "At most 60 characters of Windows-1252.");
        }

        body.Faults.ThrowIfAny();
        var merchant = await db.Merchants.IgnoreQueryFilters().SingleOrDefaultAsync(m => m.Id == id, cancellationToken);
        if (merchant is null)
        {
            return OperatorActions.NotFound("merchant");
        }

        merchant.BookName = string.IsNullOrEmpty(name) ? null : name;
        actions.Note("book_name", id, "Name for the bookkeeper's files");
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
