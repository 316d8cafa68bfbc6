using System.Globalization;
using System.Text;
using Zweizeiler.Billing.Domain;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Exports;

/// <summary>Who the platform is at its tax adviser (configuration <c>Datev</c>).</summary>
public sealed class DatevOptions
{
    public const string Section = "Datev";

    public int Adviser { get; init; } = 1001;

    public int Client { get; init; } = 1;

    /// <summary>Length of the ledger's accounts; those of persons have one digit more.</summary>
    public int AccountLength { get; init; } = 4;
}

/// <summary>
/// Writes a booking batch in DATEV's EXTF format (version 700, category 21, format 13), in Windows-1252. What that set of characters cannot carry is a
/// finding that names it, and nothing is written: a question mark in the books would be found years later.
/// </summary>
internal static class DatevBatch
{
    private const int LongestText = 60;
    private const int LongestNumber = 36;

    private static readonly string[] Columns =
    [
        "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)",
        "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext",
    ];

    private static readonly Encoding Ansi = CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static byte[] Write(DateOnly month, IReadOnlyList<Booking> bookings, DatevOptions options, DateTimeOffset now, Faults faults)
    {
        foreach (var booking in bookings)
        {
            foreach (var rune in Unprintable(booking.Text).Concat(Unprintable(booking.Number)).Distinct())
            {
                faults.Add(
                    $"{booking.Number}: {booking.Party}", "text.charset",
                    $"\"{rune}\" (U+{rune.Value:X4}) is not in Windows-1252. Give the merchant a name for the books.");
            }
        }

        if (faults.Any)
        {
            return [];
        }

        var lines = new StringBuilder();
        Line(lines, Header(month, options, now));
        Line(lines, Columns);
        foreach (var booking in bookings)
        {
            Line(
                lines,
                [
                    (booking.Cents / 100m).ToString("0.00", CultureInfo.GetCultureInfo("de-DE")), Quoted("S"), Quoted("EUR"), "", "", Quoted(""), booking.DebitAccount,
                    booking.CreditAccount, Quoted(""), booking.Day.ToString("ddMM", CultureInfo.InvariantCulture), Quoted(Cut(booking.Number, LongestNumber)), Quoted(""), "",
                    Quoted(Cut(booking.Text, LongestText)),
                ]);
        }

        return Ansi.GetBytes(lines.ToString());
    }

    /// <summary>Characters that Windows-1252 does not have, and control characters, which a line cannot have.</summary>
    public static IEnumerable<Rune> Unprintable(string text) => text.EnumerateRunes().Where(rune =>
    {
        if (Rune.IsControl(rune))
        {
            return true;
        }

        try
        {
            return Ansi.GetByteCount(rune.ToString()) == 0;
        }
        catch (EncoderFallbackException)
        {
            return true;
        }
    });

    private static string[] Header(DateOnly month, DatevOptions options, DateTimeOffset now)
    {
        var last = month.AddMonths(1).AddDays(-1);
        var local = InvoiceMonth.Day(now);
        return
        [
            Quoted("EXTF"), "700", "21", Quoted("Buchungsstapel"), "13", local.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "000000000", "", Quoted("ZZ"), Quoted(""),
            Quoted(""), options.Adviser.ToString(CultureInfo.InvariantCulture), options.Client.ToString(CultureInfo.InvariantCulture),
            $"{month.Year:0000}0101", options.AccountLength.ToString(CultureInfo.InvariantCulture), month.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            last.ToString("yyyyMMdd", CultureInfo.InvariantCulture), Quoted($"Zweizeiler {month:MM/yyyy}"), Quoted(""), "1", "0", "0", Quoted("EUR"), "", Quoted(""), "", "",
            Quoted("03"), "", "", Quoted(""), Quoted(""),
        ];
    }

    private static void Line(StringBuilder lines, IEnumerable<string> fields) => lines.AppendJoin(';', fields).Append("\r\n");

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
