using System.Globalization;
using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>A query parameter that a handler reads through <see cref="QueryReader"/>, described for the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type">JSON schema type; an <c>array</c> may be given several times, an <c>object</c> is given by member: <c>name[member]=value</c>.</param>
public sealed record QueryParameter(string Name, string Description, string Type = "string")
{
    public const string Array = "array";
    public const string Object = "object";

    /// <summary>The values that it takes; any if null.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    /// <summary>What holds if it is not given.</summary>
    public int? Default { get; init; }

    internal bool Takes(string name) => Type == Object ? MemberOf(name) is not null : name == Name;

    /// <summary>What stands in the brackets; null if <paramref name="name"/> is none of this parameter's.</summary>
    internal string? MemberOf(string name) =>
        name.Length > Name.Length + 2 && name.StartsWith(Name, StringComparison.Ordinal) && name[Name.Length] == '[' && name[^1] == ']'
            ? name[(Name.Length + 1)..^1]
            : null;
}

/// <summary>All query parameters of an endpoint; endpoint metadata.</summary>
public sealed record QueryParameters(params IReadOnlyList<QueryParameter> All)
{
    public static readonly QueryParameter Limit = new("limit", $"Entries a page, 1 to {QueryReader.MaxLimit}; {QueryReader.DefaultLimit} if not given.", "integer")
    {
        Minimum = 1,
        Maximum = QueryReader.MaxLimit,
        Default = QueryReader.DefaultLimit,
    };

    public static readonly QueryParameter Cursor = new("cursor", "`nextCursor` of the page before.");
}

/// <summary>Reads query parameters as strictly as bodies are read: unknown ones and wrong values are faults, all at once.</summary>
public sealed class QueryReader
{
    internal const int DefaultLimit = 20;
    internal const int MaxLimit = 100;

    private readonly IQueryCollection _query;
    private readonly QueryParameters _known;

    public QueryReader(IQueryCollection query, QueryParameters known)
    {
        (_query, _known) = (query, known);
        foreach (var name in query.Keys.Where(name => !known.All.Any(p => p.Takes(name))))
        {
            var names = known.All.Select(p => p.Type == QueryParameter.Object ? $"{p.Name}[…]" : p.Name);
            Faults.Add($"?{name}", "parameter.unknown", known.All.Count == 0 ? "No parameters are taken here." : $"Known parameters: {string.Join(", ", names)}.");
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

    /// <summary>Every value of a parameter that may be given several times, each once.</summary>
    public IReadOnlyList<T> Values<T>(string name, string expected, Func<string, T?> read)
        where T : struct
    {
        var values = new List<T>();
        foreach (var text in _query[name])
        {
            if (text is null || read(text) is not { } value)
            {
                Faults.Add($"?{name}", "parameter.invalid", expected);
            }
            else if (!values.Contains(value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>The pairs of a parameter that is given by member.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name)
    {
        var parameter = _known.All.Single(p => p.Name == name);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in _query.Keys.Where(parameter.Takes))
        {
            if (parameter.MemberOf(key)!.Contains('\0', StringComparison.Ordinal))
            {
                Faults.Add($"?{name}", "parameter.invalid", "A name has no U+0000.");
            }
            else if (Text(key) is { } value)
            {
                pairs[parameter.MemberOf(key)!] = value;
            }
        }

        return pairs;
    }

    /// <summary>
    /// Names a list together with the filters of this request, for its cursors: a cursor says where a walk through one list stands, and means
    /// nothing in a list that is filtered otherwise. Page size and what is shown with an entry may change on the way.
    /// </summary>
    public string Filtered(string list, params ReadOnlySpan<string> notFilters)
    {
        var parts = new List<string> { list };
        foreach (var name in _query.Keys.Order(StringComparer.Ordinal))
        {
            if (name is not ("limit" or "cursor") && !notFilters.Contains(name))
            {
                // Escaped, so that no value can be taken for another filter.
                parts.AddRange(_query[name].Order(StringComparer.Ordinal).Select(value => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value ?? "")}"));
            }
        }

        return string.Join('&', parts);
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
