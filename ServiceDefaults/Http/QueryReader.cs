using System.Globalization;
using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>A query parameter that a handler reads through <see cref="QueryReader"/>, described for the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type">JSON schema type.</param>
public sealed record QueryParameter(string Name, string Description, string Type = "string");

/// <summary>All query parameters of an endpoint; endpoint metadata.</summary>
public sealed record QueryParameters(params IReadOnlyList<QueryParameter> All)
{
    public static readonly QueryParameter Limit = new("limit", "Entries a page, 1 to 100; 20 if not given.", "integer");

    public static readonly QueryParameter Cursor = new("cursor", "`nextCursor` of the page before.");
}

/// <summary>Reads query parameters as strictly as bodies are read: unknown ones and wrong values are faults, all at once.</summary>
public sealed class QueryReader
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    private readonly IQueryCollection _query;

    public QueryReader(IQueryCollection query, QueryParameters known)
    {
        _query = query;
        foreach (var name in query.Keys.Where(name => known.All.All(p => p.Name != name)))
        {
            Faults.Add($"?{name}", "parameter.unknown", $"Known parameters: {string.Join(", ", known.All.Select(p => p.Name))}.");
        }
    }

    public Faults Faults { get; } = new();

    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1 || values.ToString().Contains('\0', StringComparison.Ordinal))
        {
            Faults.Add($"?{name}", "parameter.invalid", "Give one value, without U+0000.");
            return null;
        }

        return values.Count == 0 ? null : values.ToString();
    }

    public T? Value<T>(string name, string expected, Func<string, T?> read, string code = "parameter.invalid")
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            Faults.Add($"?{name}", code, expected);
        }

        return value;
    }

    public int Limit() => Value("limit", $"A whole number from 1 to {MaxLimit}.", ReadLimit) ?? DefaultLimit;

    /// <param name="cursors">Checks the signature.</param>
    /// <param name="list">Name of the list; a cursor of another list is refused.</param>
    /// <param name="tenant">Whose list; a cursor of somebody else is refused.</param>
    public Cursor? Cursor(Cursors cursors, string list, Guid tenant) => Value(
        "cursor",
        "This is no cursor of this list; begin again without one.",
        text => cursors.TryUnprotect(list, tenant, text, out var at) ? at : (Cursor?)null,
        "cursor.invalid");

    public DateTimeOffset? Time(string name) =>
        Value(name, "A time in ISO 8601 with offset, for example 2026-11-23T00:00:00Z.", ReadTime);

    private static int? ReadLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit : null;

    // A plus sign in a query string is a space when the client did not escape it.
    private static DateTimeOffset? ReadTime(string text) => DateTimeOffset.TryParseExact(
        text.Replace(' ', '+'),
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var time)
        ? time
        : null;
}
