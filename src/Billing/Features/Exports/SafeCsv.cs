using System.Globalization;
using System.Text;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.Exports;

/// <summary>
/// CSV (RFC 4180) that a spreadsheet opens without running anything: a text that it would take for a formula gets an apostrophe before it (OWASP, CSV
/// injection). Numbers are written by us and stay numbers, also below zero.
/// </summary>
internal sealed class SafeCsv
{
    private const string Starters = "=+-@\t\r\n|%";

    private readonly StringBuilder _text = new();

    public SafeCsv(params IReadOnlyList<string> header) => Line(header);

    public void Add(params IReadOnlyList<object?> cells) => Line(cells.Select(Text));

    public override string ToString() => _text.ToString();

    private static string Text(object? cell) => cell switch
    {
        null => "",
        decimal number => number.ToString("0.00", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Domain.Documents.InvoiceKind kind => SnakeCase.Name(kind),
        Domain.Documents.InvoiceState state => SnakeCase.Name(state),
        Enum other => other.ToString(),
        _ => Safe(cell.ToString() ?? ""),
    };

    private static string Safe(string text)
    {
        // Spreadsheets skip blanks before they look.
        var first = text.TrimStart(' ', '\u00A0', '\uFEFF');
        return first.Length > 0 && (Starters.Contains(first[0], StringComparison.Ordinal) || first[0] is '＝' or '＋' or '－' or '＠') ? $"'{text}" : text;
    }

    private void Line(IEnumerable<string> cells) => _text
        .AppendJoin(',', cells.Select(c => c.AsSpan().ContainsAny("\",\r\n;") || c.Length != c.Trim().Length ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c))
        .Append("\r\n");
}
