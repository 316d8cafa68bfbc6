using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Persistence;

/// <summary>Gives out the next number of a series. Others wait for it until the transaction ends, so take it last.</summary>
internal static class Numbers
{
    public const string Invoices = "ZR";
    public const string CreditNotes = "ZG";
    public const string Statements = "ZS";

    public static async Task<string> NextAsync(BillingDbContext db, string series, int year, CancellationToken cancellationToken)
    {
        var number = await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO number_series AS s (series, year, last) VALUES ({series}, {year}, 1)
            ON CONFLICT (series, year) DO UPDATE SET last = s.last + 1 RETURNING last AS "Value"
            """).ToListAsync(cancellationToken);
        return NumberSeries.Format(series, year, number[0]);
    }
}
