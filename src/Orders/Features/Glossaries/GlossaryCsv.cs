using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>
/// Glossaries as CSV (RFC 4180) with a header row: <c>source,target,note,forbidden</c>, the first two in any case. What spreadsheets of some
/// countries write, semicolons instead of commas, is read too.
/// </summary>
internal static partial class GlossaryCsv
{
    public const string MediaType = "text/csv";

    private static readonly string[] Columns = ["source", "target", "note", "forbidden"];

    public static List<RawTerm> Read(byte[] utf8, Faults faults)
    {
        var rows = Decode(utf8, faults) is { } text ? Rows(text, faults) : [];
        if (faults.Any)
        {
            return [];
        }

        if (rows.Count == 0)
        {
            faults.Add("/lines/1", "csv.header", $"The first line names the columns: {string.Join(",", Columns)}.");
            return [];
        }

        var header = rows[0].Fields.Select(f => f.Trim().ToLowerInvariant()).ToList();
        var unknown = header.Where(h => !Columns.Contains(h)).ToList();
        if (unknown.Count > 0 || header.Distinct().Count() != header.Count || !header.Contains("source") || !header.Contains("target"))
        {
            faults.Add($"/lines/{rows[0].Line}", "csv.header", $"The first line names the columns, each once: {string.Join(",", Columns)}; the last two may be missing.");
            return [];
        }

        var terms = new List<RawTerm>(rows.Count);
        foreach (var (line, fields) in rows.Skip(1))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"/lines/{line}");
            if (fields.Count != header.Count)
            {
                faults.Add(at, "csv.fields", $"The line has {fields.Count} fields, the header {header.Count}.");
                continue;
            }

            string? Field(string name) => header.IndexOf(name) is >= 0 and var i ? Unprotected(fields[i]) : null;
            terms.Add(new RawTerm(at, Field("source"), Field("target"), Field("note"), Flag($"{at}/forbidden", Field("forbidden"), faults)));
        }

        return terms;
    }

    public static string Write(IEnumerable<GlossaryTerm> terms)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Columns).Append("\r\n");
        foreach (var term in terms)
        {
            csv.AppendJoin(',', Cell(term.Source), Cell(term.Target), Cell(term.Note ?? ""), term.Forbidden ? "true" : "false").Append("\r\n");
        }

        return csv.ToString();
    }

    /// <summary>Quoted where it must be, and never a formula: a spreadsheet would work it out on somebody's machine.</summary>
    private static string Cell(string value)
    {
        var safe = Formula().IsMatch(value) ? $"'{value}" : value;
        return safe.AsSpan().IndexOfAny("\",;\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Unprotected(string cell) => cell.StartsWith('\'') && Formula().IsMatch(cell) ? cell[1..] : cell;

    private static string? Decode(byte[] utf8, Faults faults)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + utf8.AsSpan(0, Math.Clamp(e.Index, 0, utf8.Length)).Count((byte)'\n');
            faults.Add($"/lines/{line}", "text.malformed", "The line is not encoded in UTF-8.");
            return null;
        }
    }

    private static bool Flag(string at, string? value, Faults faults)
    {
        switch (value?.Trim().ToLowerInvariant())
        {
            case null or "" or "false" or "no" or "0":
                return false;
            case "true" or "yes" or "1":
                return true;
            default:
                faults.Add(at, "csv.flag", "One of: true, false.");
                return false;
        }
    }

    /// <summary>Rows with the number of the line that each begins on; empty lines are none.</summary>
    private static List<(int Line, List<string> Fields)> Rows(string text, Faults faults)
    {
        var rows = new List<(int, List<string>)>();
        var headerEnd = text.IndexOf('\n', StringComparison.Ordinal);
        var header = headerEnd < 0 ? text : text[..headerEnd];
        var separator = header.Contains(';', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal) ? ';' : ',';
        var line = 1;
        var at = 0;
        while (at < text.Length)
        {
            var begin = line;
            var fields = new List<string>();
            do
            {
                if (Field(text, ref at, ref line, separator) is not { } field)
                {
                    faults.Add($"/lines/{begin}", "csv.quotes", "A quoted field must end with a quote, followed by the next field or the next line; a quote inside it is written twice.");
                    return rows;
                }

                fields.Add(field);
            }
            while (at < text.Length && text[at++] == separator);

            if (at > 0 && text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            line++;
            if (fields is not [""])
            {
                rows.Add((begin, fields));
            }
        }

        return rows;
    }

    /// <summary>Reads a field and stops at what ends it; null if its quotes do not close.</summary>
    private static string? Field(string text, ref int at, ref int line, char separator)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var begin = at;
            while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
            {
                at++;
            }

            return text[begin..at];
        }

        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[++at]);
            }
            else
            {
                at++;
                return at >= text.Length || text[at] == separator || text[at] is '\r' or '\n' ? field.ToString() : null;
            }
        }

        return null;
    }

    // A cell that begins like a protected one is protected once more, so that taking one apostrophe off always gives back what was there.
    [GeneratedRegex(@"^'*[=+\-@\t\r]", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
