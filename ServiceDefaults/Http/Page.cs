using System.ComponentModel;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>A page of a list.</summary>
public sealed record Page<T>(
    IReadOnlyList<T> Data,
    [property: Description("Give it as `cursor` to get the next page; null on the last one.")] string? NextCursor);

/// <summary>A list that is short enough to come whole.</summary>
public sealed record DataList<T>(IReadOnlyList<T> Data);

public static class Page
{
    /// <summary>Makes a page of one row more than was asked for; that row tells whether there is a next page.</summary>
    public static Page<TView> Of<TRow, TView>(
        IReadOnlyList<TRow> found, int limit, Func<TRow, TView> view, Func<TRow, Cursor> position, Func<Cursor, string> protect)
    {
        var rows = found.Take(limit).ToList();
        return new Page<TView>([.. rows.Select(view)], found.Count > limit ? protect(position(rows[^1])) : null);
    }
}
