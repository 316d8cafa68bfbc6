using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Orders.Persistence;

internal static class NewestFirst
{
    /// <summary>The rows of a page, the newest first, and one more if there are more; the page before ended at <paramref name="after"/>.</summary>
    public static IQueryable<T> PageAfter<T>(this IQueryable<T> rows, Cursor? after, int limit)
        where T : class, IListed
    {
        if (after is { } at)
        {
            rows = rows.Where(r => EF.Functions.LessThan(ValueTuple.Create(r.CreatedAt, r.Id), ValueTuple.Create(at.CreatedAt, at.Id)));
        }

        return rows.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Take(limit + 1);
    }

    /// <summary>Where a page ends with this row.</summary>
    public static Cursor Position(this IListed row) => new(row.CreatedAt, row.Id);
}
